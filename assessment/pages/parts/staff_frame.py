"""What stands around every page of the staff: who is signed in, and whether the people are made up."""

from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape

import streamlit as st

from assessment.pages.parts.arrival.component import arrive
from assessment.pages.parts.dress import dress, head, html
from assessment.pages.parts.who import current_staff
from assessment.reports.words import DRAFT
from assessment.services.actor import Actor
from assessment.services.house import House, the_house
from assessment.services.organisation import Organisation, organisation
from assessment.services.vacancies import Vacancy, list_vacancies


@dataclass(frozen=True)
class Desk:
    """Whose page this is."""

    house: House
    actor: Actor
    organisation: Organisation

    @property
    def now(self) -> datetime:
        return datetime.now(UTC)


def begin() -> Desk:
    house, actor = the_house(), current_staff()
    dress()
    return Desk(house, actor, organisation(house, actor=actor))


def top(desk: Desk, page: str, title: str, line: str = "", *, above: str = "") -> None:
    """The head of a page; `line` and `above` are plain text. Made-up people are called so on every page."""
    where = " · ".join(part for part in (above, "made-up people" if desk.organisation.made_up else "") if part)
    head(title, escape(line), above=escape(where))
    arrive(page, title=f"{title} · Carefit", language="en")


def ways(*links: tuple[str, str]) -> None:
    """Quiet links under the head to pages that do not stand in the navigation: address, words."""
    html(
        '<p class="eyebrow">'
        + " · ".join(f'<a href="{escape(to, quote=True)}" target="_self">{escape(words)}</a>' for to, words in links)
        + "</p>"
    )


def draft_note(*, more: str = "") -> None:
    """What the numbers on this page may be used for."""
    html(f'<p class="muted small"><b>{escape(DRAFT)}</b> {escape(more)}</p>')


def parameter(name: str) -> str:
    """One value of the address, empty when it is not there."""
    return str(st.query_params.get(name, ""))


def choose_vacancy(desk: Desk) -> Vacancy | None:
    """The opening that the address names, or one that is picked; None while there is none."""
    known = list_vacancies(desk.house, actor=desk.actor, now=desk.now)
    if not known:
        return None
    ids = [v.id for v in known]
    asked = parameter("vacancy")
    titles = {v.id: f"{v.title} · {v.site}{' (closed)' if v.closed_at else ''}" for v in known}
    if len(known) == 1 and (not asked or asked in ids):
        return known[0]
    chosen = st.selectbox(
        "Opening", ids, index=ids.index(asked) if asked in ids else 0, format_func=lambda id_: titles[id_]
    )
    if chosen != asked:
        st.query_params["vacancy"] = chosen
    return next(v for v in known if v.id == chosen)


def nothing_yet(lead: str, line: str, *, button: str = "", page: str = "") -> None:
    """An empty page: what will be here, how, and the one thing to do."""
    html(f'<div class="empty"><p class="lead">{escape(lead)}</p><p>{escape(line)}</p></div>')
    if button and st.button(button, type="primary"):
        st.switch_page(page)
