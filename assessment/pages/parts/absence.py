"""Going away: from when, until when, and who stands in."""

from datetime import date
from html import escape

import streamlit as st

from assessment.errors import SheetError
from assessment.pages.parts.dress import card, html
from assessment.pages.parts.staff_frame import Desk
from assessment.pages.parts.trouble import said_here
from assessment.services.absences import Absence, absences, come_back_early, go_away, possible_deputies


def absence_card(desk: Desk, *, accounts: dict[str, str] | None = None) -> None:
    """One's own absences, and those an administrator enters; `accounts` are the people to choose from, by id."""
    today = desk.organisation.day(desk.now)
    names = {**(accounts or {}), desk.actor.account_id or "": "Myself"}
    with card("absence"):
        html(
            "<h2>Going away</h2><p class='muted'>While you are away, what waits for you stands on the first page of your "
            "deputy, and messages of the app go there. A deputy who is away too hands on to theirs.</p>"
        )
        known = absences(desk.house, actor=desk.actor, now=desk.now)
        for absence in known:
            _row(desk, absence, today)
        deputies = {d.account_id: d.name for d in possible_deputies(desk.house, actor=desk.actor)}
        with st.expander("Enter an absence", expanded=False), st.form("absence", border=False):
            who = desk.actor.account_id or ""
            if accounts:
                order = sorted(names, key=lambda id_: id_ != who)
                who = st.selectbox("Who", order, format_func=lambda id_: names[id_])
            left, right = st.columns(2)
            first = left.date_input("First day away", today, format="DD/MM/YYYY")
            last = right.date_input("Last day away", today, format="DD/MM/YYYY")
            others = [id_ for id_ in deputies if id_ != who or accounts]
            deputy = st.selectbox("Who stands in", others, format_func=lambda id_: deputies[id_], index=None)
            if st.form_submit_button("Enter it"):
                with said_here():
                    if deputy is None:
                        raise SheetError("Please choose who stands in.")
                    go_away(desk.house, first, last, deputy or "", account_id=who, actor=desk.actor, now=desk.now)
                    st.rerun()


def _row(desk: Desk, absence: Absence, today: date) -> None:
    whose = "You are" if absence.account_id == desk.actor.account_id else f"{absence.name} is"
    html(
        f"<p><b>{escape(whose)} away</b> {_days(absence)}. {escape(absence.deputy)} stands in.</p>",
    )
    mine = absence.account_id == desk.actor.account_id or desk.actor.role == "administrator"
    begun = absence.from_on <= today
    if mine and st.button("Back again: end it now" if begun else "Take it back", key=f"back-{absence.id}"):
        come_back_early(desk.house, absence.id, actor=desk.actor, now=desk.now)
        st.rerun()


def _days(absence: Absence) -> str:
    first, last = (f"{d.day} {d:%B}" for d in (absence.from_on, absence.until_on))
    return f"on {first}" if first == last else f"from {first} to {last}"
