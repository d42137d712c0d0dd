"""Teams on other pages: the question to a member, and beside candidates what a team has and what each would add."""

from collections.abc import Mapping
from html import escape

import streamlit as st

from assessment.messages.plain_pages import put_in
from assessment.pages.parts.candidate_frame import Here
from assessment.pages.parts.dress import card, chip, html
from assessment.pages.parts.staff_frame import Desk
from assessment.pages.parts.trouble import said_here
from assessment.reports.team_words import added_line, team_line
from assessment.roles.complement import Complement
from assessment.scoring.standing import Standing
from assessment.services.shortlist import facet_names
from assessment.services.team_answers import answer_team, my_team_questions
from assessment.services.team_summary import TeamSummary, team_summary, what_is_added
from assessment.services.teams import team_of

CHIPS = {"more": "good", "less": "attend", "alike": "quiet"}


def team_question(here: Here) -> None:
    """The teams somebody was asked about; yes and no are one tap and may be changed."""
    words = here.words.team
    for question in my_team_questions(here.house, actor=here.actor):
        with card(f"team-{question.team_id}"):
            html(
                f"<h2>{escape(put_in(words['ask'], team=question.name))}</h2><p>{escape(words['what'])}</p>"
                f'<p class="muted">{escape(words["rules"])}</p>'
            )
            if question.answer != "waiting":
                html(f'<p class="lead" role="status">{escape(words["said_" + question.answer])}</p>')
            for yes, key in ((True, "yes"), (False, "no")):
                if question.answer == key:
                    continue
                label = words[f"take_{key}"] if question.answer != "waiting" else words[key]
                primary = question.answer == "waiting" and yes
                if st.button(
                    label,
                    key=f"team-{key}-{question.team_id}",
                    type="primary" if primary else "secondary",
                    width="stretch",
                ):
                    with said_here():
                        answer_team(here.house, question.team_id, yes, actor=here.actor, now=here.now)
                        st.rerun()


def team_card(desk: Desk, vacancy_id: str, people: Mapping[str, Mapping[str, Standing]]) -> None:
    """What the team of an opening has already, and what each of these people would add; `people`: name → standings."""
    team = team_of(desk.house, vacancy_id, actor=desk.actor, now=desk.now)
    with card("team"):
        html("<h2>What the team has, and what each would add</h2>")
        if team is None:
            html(
                '<p class="muted">No team is chosen for this opening. '
                f'<a href="/teams?vacancy={escape(vacancy_id, quote=True)}" target="_self">Choose one</a>, '
                "and its members are asked whether they may count.</p>"
            )
            return
        summary = team_summary(desk.house, team.id, actor=desk.actor, now=desk.now)
        if not summary.facets:
            html(f'<p class="muted">{escape(team_line(summary.team.name, summary.team.counts, summary.fewest))}</p>')
            return
        names = facet_names(desk.house.library)
        html(_table(summary, {name: what_is_added(summary, stood) for name, stood in people.items()}, names))
        html(
            '<p class="muted small">A team of people who differ sees more. More is not better: what a range is good for '
            "stands in the role profile. A difference within the error counts as alike. Means of "
            f"{_numbers(summary)} people of {escape(summary.team.name)}, who said yes to it; nobody is shown alone.</p>"
        )


def _table(summary: TeamSummary, added: Mapping[str, tuple[Complement, ...]], names: Mapping[str, str]) -> str:
    by_facet = {name: {one.facet: one for one in found} for name, found in added.items()}
    heads = "".join(f"<th>{escape(name)}</th>" for name in added)
    rows = ""
    for facet, team in summary.facets.items():
        cells = "".join(
            f'<td data-label="{escape(name, quote=True)}">{_cell(found.get(facet))}</td>'
            for name, found in by_facet.items()
        )
        rows += f'<tr><td><b>{escape(names[facet])}</b></td><td class="n" data-label="Team">{team.mean:.0f}</td>{cells}</tr>'
    return (
        f'<table class="stack"><thead><tr><th>Facet</th><th class="n">Team (T)</th>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _cell(one: Complement | None) -> str:
    if one is None:
        return '<span class="muted">not measured</span>'
    return f'{chip(CHIPS[one.adds], one.adds)} <span class="muted small">{escape(added_line(one))}</span>'


def _numbers(summary: TeamSummary) -> str:
    counts = sorted({one.n for one in summary.facets.values()})
    return str(counts[0]) if len(counts) == 1 else f"{counts[0]} to {counts[-1]}"
