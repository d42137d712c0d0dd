"""Everybody in their first 90 days: who needs a word, and how far each has come."""

import streamlit as st

from assessment.pages.parts.check_in_cards import warnings_card
from assessment.pages.parts.dress import add_sheet, card, html
from assessment.pages.parts.masked import mask_toggle
from assessment.pages.parts.newcomer_rows import newcomer_rows
from assessment.pages.parts.outcome_card import ratings_due_card
from assessment.pages.parts.staff_frame import begin, top
from assessment.pages.parts.trouble import escaped
from assessment.services.newcomers import (
    PLAN_STATES,
    Newcomer,
    filter_newcomers,
    newcomers,
    newcomers_csv,
)

SORTS = {"started": "Began last", "check_in": "Next check-in", "name": "Name"}

desk = begin()
add_sheet("first_days.css")
found = newcomers(desk.house, actor=desk.actor, now=desk.now)
mine = desk.actor.role == "supervisor"
running = [one for one in found if one.hired and not one.over]
to_share = sum(one.plan != "shared" for one in running)
people = "person is" if len(running) == 1 else "people are"
line = f"{len(running)} {people} in their first 90 days"
line += f"; {to_share} {'plan waits' if to_share == 1 else 'plans wait'} to be shared." if to_share else "."
top(desk, "newcomers", "My people" if mine else "First 90 days", line)


def choose(label: str, key: str, options: dict[str, str]) -> list[str]:
    return st.multiselect(label, list(options), key=key, format_func=lambda value: options[value], width=220)


def filtered(rows: tuple[Newcomer, ...]) -> tuple[Newcomer, ...]:
    leads = {id_: name for one in rows for id_, name in zip(one.supervisor_ids, one.supervisors, strict=True)}
    with st.container(horizontal=True, vertical_alignment="bottom", key="newcomer-filters"):
        search = st.text_input("Search a name", key="search", placeholder="Part of a name", width=220)
        sort = st.selectbox("Order", list(SORTS), format_func=lambda s: SORTS[s], key="sort", width=180)
        set_ = sum(bool(st.session_state.get(name)) for name in ("roles", "supervisors", "plans", "over"))
        with st.popover(f"More filters, {set_} set" if set_ else "More filters", key="more-filters"):
            roles = choose("Job", "roles", {one.role: escaped(one.title) for one in rows})
            with_names = {id_: escaped(name) for id_, name in leads.items()} if not desk.actor.masked else {}
            chosen = choose("Supervisor", "supervisors", with_names) if with_names and not mine else []
            plans = choose("Plan", "plans", {str(state): name for state, name in PLAN_STATES.items()})
            over = st.checkbox("Also after day 90, and who has left", key="over")
    return filter_newcomers(rows, search=search, roles=roles, supervisors=chosen, plans=plans, over=over, sort=sort)


if not found:
    with card("newcomers"):
        how = (
            "Your HR manager assigns them to you once there is an offer."
            if mine
            else "Confirm a hire, and the person stands here with a plan to look at."
        )
        html(f'<div class="empty"><p class="lead">Here will stand the people who begin.</p><p>{how}</p></div>')
    st.stop()

warnings_card(desk)
ratings_due_card(desk)
shown = filtered(found)
with st.container(horizontal=True, vertical_alignment="center"):
    masked = mask_toggle(desk) if not mine else False
    st.download_button(
        "Export as CSV",
        data=lambda: newcomers_csv(shown, masked=masked).encode("utf-8-sig"),
        file_name="carefit-newcomers.csv",
        mime="text/csv",
        on_click="ignore",
    )

with card("newcomers"):
    if shown:
        html(newcomer_rows(shown, desk.organisation.day(desk.now), masked=masked))
    else:
        html('<div class="empty"><p class="lead">Nobody fits.</p><p>Take a filter away to see more people.</p></div>')
