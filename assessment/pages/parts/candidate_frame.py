"""What stands around every page of a candidate: who asks, the language, the size of letters, a way to stop."""

from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from typing import Literal

import streamlit as st

from assessment.messages.words import Words
from assessment.messages.words import words as words_in
from assessment.pages.parts.arrival.component import arrive
from assessment.pages.parts.dress import dress, html, icon
from assessment.pages.parts.who import current_candidate
from assessment.services import sitting as verbs
from assessment.services.actor import Actor
from assessment.services.first_days import lands_on_first_days
from assessment.services.growth_sheet import lands_on_growth
from assessment.services.house import House, the_house
from assessment.services.sitting import Sitting
from assessment.services.status import lands_on_status

Step = Literal["welcome", "job", "practice", "questions"]


@dataclass(frozen=True)
class Here:
    """Whose page this is, and in which words."""

    house: House
    actor: Actor
    sitting: Sitting
    words: Words

    @property
    def now(self) -> datetime:
        return datetime.now(UTC)


def begin() -> Here:
    """Find the sitting of this browser and dress its page."""
    house, actor = the_house(), current_candidate()
    sitting = verbs.look(house, actor=actor, now=datetime.now(UTC))
    dress("candidate.css")
    if sitting.large_text:
        st.html("<style>html { font-size: 122% !important; }</style>")
    return Here(house, actor, sitting, words_in(sitting.language))


def page_of(sitting: Sitting) -> str:
    """The page file on which somebody is now."""
    return {"expired": "closed", "withdrawn": "left", "submitted": "result"}.get(sitting.status, sitting.step)


def go_to(here: Here, step: Step) -> None:
    """Move on, or back: the store remembers where, and any device opens there."""
    verbs.move_to(here.house, step, actor=here.actor, now=here.now)
    go_on(here)


def go_on(here: Here) -> None:
    """To the address of the questionnaire, where main.py opens the page that the store says, or to where things stand."""
    if lands_on_growth(here.house, actor=here.actor):
        st.switch_page("candidate/growth.py")
    if lands_on_first_days(here.house, actor=here.actor):
        st.switch_page("candidate/first_days.py")
    if lands_on_status(here.house, actor=here.actor):
        st.switch_page("candidate/status.py")
    st.switch_page(f"candidate/{page_of(here.sitting)}.py")


def top(here: Here, page: str, title: str, line: str = "") -> None:
    """The brand line with language and size of letters, then the heading of the page."""
    words, sitting = here.words.frame, here.sitting
    with st.container(horizontal=True, vertical_alignment="center", key="brand-line"):
        html(f'<div class="brand">{icon("leaf")}<span>{escape(sitting.organisation.name)}</span></div>')
        st.space("stretch")
        size = words["smaller"] if sitting.large_text else words["larger"]
        if st.button("A−" if sitting.large_text else "A+", key="text-size", type="tertiary", help=size):
            verbs.choose_text_size(here.house, large=not sitting.large_text, actor=here.actor, now=here.now)
            st.rerun()
        if st.button(words["other_language"], key="language", type="tertiary"):
            other = "es" if sitting.language == "en" else "en"
            verbs.choose_language(here.house, other, actor=here.actor, now=here.now)
            st.rerun()
    if title:
        said = f"<p>{escape(line)}</p>" if line else ""
        st.html(f'<div class="cf cf-head"><h1>{escape(title)}</h1>{said}</div>')
    arrive(f"{page}-{sitting.language}", title=f"{title or sitting.role_title} · Carefit", language=sitting.language)


def bottom(here: Here, *, leave: bool = True) -> None:
    """A way to stop on every page, and what kind of questionnaire this is."""
    if leave and st.button(here.words.frame["leave"], key="leave", type="tertiary"):
        st.switch_page("candidate/leave.py")
    notes = [here.words.frame["draft"]] if here.sitting.norms_kind == "provisional" else []
    if here.sitting.organisation.made_up:
        notes.append(here.words.frame["made_up"])
    if notes:
        html(f'<p class="muted small">{escape(" ".join(notes))}</p>')
