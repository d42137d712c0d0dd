"""What a team has already, from five people up and by their own word; who was asked, and which opening it is for."""

from html import escape

import streamlit as st

from assessment.pages.parts.dress import card, chip, html
from assessment.pages.parts.staff_frame import begin, nothing_yet, parameter, top
from assessment.pages.parts.trouble import said_here
from assessment.reports.team_words import team_line
from assessment.reports.words import plural
from assessment.services.shortlist import facet_names
from assessment.services.team_summary import team_summary
from assessment.services.teams import (
    Team,
    ask_members,
    choose_team,
    close_team,
    list_teams,
    make_team,
    possible_members,
    rename_team,
    team_members,
    team_of,
)
from assessment.services.vacancies import list_vacancies

ANSWERS = {"yes": ("good", "counts"), "no": ("quiet", "left out"), "waiting": ("attend", "not answered yet")}

desk = begin()
top(desk, "teams", "Teams", "What a team has on the whole, so that hiring adds to it. By everybody's own word.")
teams = list_teams(desk.house, actor=desk.actor, now=desk.now)
vacancies = list_vacancies(desk.house, actor=desk.actor, now=desk.now)


def new_team() -> None:
    with card("new"), st.form("new-team", border=False, clear_on_submit=True):
        html("<h2>A new team</h2>")
        name = st.text_input("Name", placeholder="Ward 3, day shift", max_chars=100)
        site = st.text_input("Site", max_chars=200)
        if st.form_submit_button("Make it"):
            with said_here():
                made = make_team(desk.house, name, site=site, actor=desk.actor, now=desk.now)
                st.query_params["team"] = made
                st.rerun()


def members_card(team: Team) -> None:
    with card("members"):
        html(
            "<h2>Who counts</h2><p class='muted'>Everybody is asked by message and may say no or take their word back, "
            "and nothing hangs on it.</p>"
        )
        members = team_members(desk.house, team.id, actor=desk.actor, now=desk.now)
        rows = "".join(
            f'<li><div><span class="who">{escape(member.name)}</span><div class="sub">{escape(member.title)}</div></div>'
            f"{chip(*ANSWERS[member.answer])}</li>"
            for member in members
        )
        html(f'<ul class="rows">{rows}</ul>' if rows else '<p class="muted">Nobody was asked yet.</p>')
        others = {
            m.application_id: f"{m.name} · {m.title}"
            for m in possible_members(desk.house, team.id, actor=desk.actor, now=desk.now)
        }
        if not others:
            html('<p class="muted small">Nobody else works here yet as far as this house knows.</p>')
            return
        with st.form(f"ask-{team.id}", border=False, clear_on_submit=True):
            chosen = st.multiselect(
                "Ask people who work here", list(others), format_func=lambda id_: others[id_], placeholder="Choose"
            )
            if st.form_submit_button("Ask them") and chosen:
                with said_here():
                    ask_members(desk.house, team.id, chosen, actor=desk.actor, now=desk.now)
                    st.rerun()


def summary_card(team: Team) -> None:
    summary = team_summary(desk.house, team.id, actor=desk.actor, now=desk.now)
    names = facet_names(desk.house.library)
    with card("summary"):
        html("<h2>What the team has already</h2>")
        if not summary.facets:
            html(f"<p>{escape(team_line(summary.team.name, summary.team.counts, summary.fewest))}</p>")
            return
        rows = "".join(
            f'<tr><td><b>{escape(names[facet])}</b></td><td class="n" data-label="Mean (T)">{one.mean:.0f}</td>'
            f'<td class="n" data-label="Spread (SD)">{one.sd:.0f}</td><td class="n" data-label="People">{one.n}</td></tr>'
            for facet, one in summary.facets.items()
        )
        html(
            '<table class="stack"><thead><tr><th>Facet</th><th class="n">Mean (T)</th><th class="n">Spread (SD)</th>'
            f'<th class="n">People</th></tr></thead><tbody>{rows}</tbody></table>'
            '<p class="muted small">T 50 is the middle of the comparison group, SD 10. A summary says nothing about how '
            "a team works, and nothing about one of its members. It changes only when five people or more have joined.</p>"
        )


def openings_card(team: Team) -> None:
    open_ones = [v for v in vacancies if v.closed_at is None]
    with card("openings"):
        html(
            "<h2>For which openings</h2><p class='muted'>Compare and Decision then show what each person would add.</p>"
        )
        if not open_ones:
            html('<p class="muted">There is no opening now.</p>')
        for vacancy in open_ones:
            chosen = team_of(desk.house, vacancy.id, actor=desk.actor, now=desk.now)
            mine = chosen is not None and chosen.id == team.id
            wanted = st.checkbox(
                f"{vacancy.title} · {vacancy.site}", value=mine, key=f"for-{vacancy.id}-{team.id}-{mine}"
            )
            if chosen is not None and not mine:
                html(f'<p class="muted small">Now: {escape(chosen.name)}</p>')
            if wanted != mine:
                choose_team(desk.house, vacancy.id, team.id if wanted else None, actor=desk.actor, now=desk.now)
                st.rerun()


def edit_card(team: Team) -> None:
    with st.expander("Name, site, or close it"):
        with st.form(f"rename-{team.id}", border=False):
            name = st.text_input("Name", value=team.name, max_chars=100)
            site = st.text_input("Site", value=team.site, max_chars=200)
            if st.form_submit_button("Save"):
                with said_here():
                    rename_team(desk.house, team.id, name, site=site, actor=desk.actor, now=desk.now)
                    st.rerun()
        html('<p class="muted small">A closed team is shown nowhere any more, and nobody is asked about it.</p>')
        if st.button("Close this team", key=f"close-{team.id}"):
            with said_here():
                close_team(desk.house, team.id, actor=desk.actor, now=desk.now)
                st.query_params.clear()
                st.rerun()


if not teams:
    nothing_yet(
        "Here you will see what a team has already.", "Make a team, then ask its people whether they may count."
    )
    new_team()
    st.stop()
of_opening = team_of(desk.house, parameter("vacancy"), actor=desk.actor, now=desk.now) if parameter("vacancy") else None
asked = parameter("team") or (of_opening.id if of_opening else "")
ids = [team.id for team in teams]
by_id = {team.id: team for team in teams}
chosen_id = st.selectbox(
    "Team",
    ids,
    index=ids.index(asked) if asked in ids else 0,
    format_func=lambda id_: " · ".join(filter(None, (by_id[id_].name, by_id[id_].site))),
)
if chosen_id != asked:
    st.query_params["team"] = chosen_id
team = by_id[chosen_id]
html(f'<p class="muted">{plural(team.asked, "person").replace("persons", "people")} asked, {team.counts} count.</p>')
summary_card(team)
members_card(team)
openings_card(team)
edit_card(team)
with st.expander("Another team"):
    new_team()
