"""Growth on candidate pages: the notice before it, what is beside the result, what has changed, and a way there."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from assessment.messages.plain_pages import put_in, say_date
from assessment.pages.parts.candidate_frame import Here, bottom, go_on, go_to, top
from assessment.pages.parts.dress import card, html, icon
from assessment.scoring.reliable_change import by_chance
from assessment.services import sitting as verbs
from assessment.services.change_since import Change, FacetChange
from assessment.services.measuring_again import own_page
from assessment.services.result import CandidateResult

SHOWN = (20.0, 80.0)  # the part of T that a line shows, or more where somebody stands outside


def growth_welcome(here: Here) -> None:
    """The notice of somebody who answers for their own growth: no job, no pass mark, nobody reads along."""
    sitting, organisation, words = here.sitting, here.sitting.organisation, here.words.growth
    top(
        here,
        "growth-welcome",
        put_in(words["hello"], name=sitting.person_name),
        put_in(words["hello_line"], organisation=organisation.name),
    )
    if sitting.again:
        html(f'<p class="lead">{escape(words["hello_again"])}</p>')
    welcome = here.words.welcome
    what = put_in(
        welcome["what"], n=len(sitting.form.items), scenes=len(sitting.form.scenarios), minutes=sitting.minutes
    )
    facts = (
        ("clock", what, welcome["what_more"]),
        ("leaf", words["only_growth"], words["only_growth_more"]),
        ("eye", words["only_you"], put_in(words["only_you_more"], organisation=organisation.name)),
        ("person", words["group"], put_in(words["group_more"], organisation=organisation.name)),
        ("talk", welcome["how"], welcome["how_more"]),
        ("keep", words["free"], words["free_more"]),
    )
    lines = "".join(
        f"<li>{icon(sign)}<span><b>{escape(said)}</b><br><small>{escape(more)}</small></span></li>"
        for sign, said, more in facts
    )
    html(f'<ul class="facts">{lines}</ul>')
    if sitting.norms_kind == "provisional":
        html(f'<p class="trial">{escape(words["trial"])}</p>')
    if st.button(welcome["go_on"] if sitting.agreed else welcome["start"], type="primary", width="stretch"):
        if sitting.agreed:
            go_to(here, "questions" if sitting.answers else "practice")
        verbs.agree(here.house, actor=here.actor, now=here.now)
        go_on(here)
    contact = f"{organisation.contact_name}, {organisation.contact}"
    html(f'<p class="muted">{escape(put_in(words["help"], contact=contact))}</p>')
    bottom(here)


def growth_next(here: Here, found: CandidateResult) -> None:
    """What comes after a result that is the person's alone, in place of the steps of a hiring."""
    words = here.words.result
    with card("next"):
        html(
            f"<h2>{escape(words['next'])}</h2><p>{escape(found.next_words)}</p>"
            f'<p><a class="button" href="/my-growth" target="_self">{escape(here.words.growth["to_page"])}</a></p>'
        )
    html(
        f'<p><a class="button" href="/my/result.pdf">{escape(words["download"])} (PDF)</a></p>'
        f'<p><a class="button" href="/my/result.html">{escape(words["download"])}</a></p>'
    )
    bottom(here, leave=False)


def growth_card(here: Here) -> None:
    """On the page of the first days: the way to one's own growth, and what waits there."""
    words = here.words.growth
    found = own_page(here.house, actor=here.actor, now=here.now)
    line = words["own_link"] if found.begun and not found.own else words["line"]
    if found.own and found.waits:
        line = words["again_waits"]
    with card("growth"):
        html(
            f"<h2>{escape(words['title'])}</h2><p>{escape(line)}</p>"
            f'<p><a class="button" href="/my-growth" target="_self">{escape(words["to_page"])}</a></p>'
        )


def change_card(here: Here, found: Change | None) -> None:
    """The finding in words, then the lines; what is within the error is told as no change."""
    words, language = here.words.growth, here.sitting.language
    with card("change"):
        if found is None:
            html(f"<h2>{escape(words['change'])}</h2><p>{escape(words['change_once'])}</p>")
            return
        first, last = (say_date(day, language) for day in (found.first_on, found.last_on))
        dates = escape(put_in(words["change_dates"], first=first, last=last))
        if not found.comparable:
            html(f"<h2>{escape(words['change'])}</h2><p>{escape(words['change_cannot'])}</p><p>{dates}</p>")
            return
        html(f"<h2>{escape(_finding(words, found))}</h2><p>{dates} {escape(words['change_error'])}</p>")
        notes = [words["change_applying"]] if found.when_applying else []
        if found.moved:
            in_ten = round(10 * by_chance(len(found.facets)))
            notes.append(put_in(words["change_chance"], n=len(found.facets), k=in_ten))
        notes += [words["change_anew"]] if found.read_anew else []
        if found.not_compared:
            notes.append(put_in(words["change_left_out"], names=", ".join(found.not_compared)))
        html("".join(f"<p>{escape(note)}</p>" for note in notes) + f'<p class="muted">{escape(words["legend"])}</p>')
        if found.moved:
            html(_strips(words, found.moved))
        rest = [facet for facet in found.facets if facet.verdict == "within_error"]
        if rest:
            with st.expander(words["change_all"] if not found.moved else words["within"]):
                html(_strips(words, rest))


def _finding(words: dict[str, str], found: Change) -> str:
    n = len(found.moved)
    return words["change_none"] if not n else words["change_one"] if n == 1 else put_in(words["change_some"], n=n)


def _strips(words: dict[str, str], facets: Sequence[FacetChange]) -> str:
    return "".join(
        change_strip(facet, words["within" if f == "within_error" else f]) for facet in facets if (f := facet.verdict)
    )


def change_strip(facet: FacetChange, said: str) -> str:
    """Two times between two poles: a ring, a dot, and the soft band within which a difference is noise."""
    ends = min(SHOWN[0], facet.t1, facet.t2), max(SHOWN[1], facet.t1, facet.t2)
    before, after = _at(facet.t1, ends), _at(facet.t2, ends)
    low, high = _at(facet.t1 - facet.margin, ends), _at(facet.t1 + facet.margin, ends)
    return (
        f'<div class="strip"><h3>{escape(facet.name)}</h3><p>{escape(said)}</p>'
        f'<div class="track" aria-hidden="true"><span class="sure" style="left:{low:.0f}%;right:{100 - high:.0f}%"></span>'
        f'<span class="way" style="left:{min(before, after):.0f}%;right:{100 - max(before, after):.0f}%"></span>'
        f'<span class="ring" style="left:{before:.0f}%"></span><span class="dot" style="left:{after:.0f}%"></span></div>'
        f'<div class="poles"><span>{escape(facet.low_pole)}</span><span>{escape(facet.high_pole)}</span></div></div>'
    )


def _at(t: float, ends: tuple[float, float]) -> float:
    low, high = ends
    return min(max((t - low) / (high - low) * 100, 1.5), 98.5)
