"""Dates, seats, who comes, who was there."""

import streamlit as st

from assessment.pages.parts.dress import add_sheet, card, chip, html
from assessment.pages.parts.seminar_card import offer_form, past_card, seminar_card
from assessment.pages.parts.staff_frame import begin, top
from assessment.reports.words import plural
from assessment.services.actor import STAFF
from assessment.services.seminars import invitees, list_seminars

desk = begin()
add_sheet("learning.css")
hr = desk.actor.role in STAFF
found = list_seminars(desk.house, actor=desk.actor)
coming = [one for one in found if not one.seminar.cancelled and one.seminar.starts_at > desk.now]
begun = [one for one in found if not one.seminar.cancelled and one.seminar.starts_at <= desk.now]
off = [one for one in found if one.seminar.cancelled]
free = sum(one.seminar.free for one in coming)
top(desk, "seminars", "Seminars", f"{plural(len(coming), 'date')} to come, {plural(free, 'seat')} free.")
html('<p class="eyebrow"><a href="/training" target="_self">Training</a></p>')
if said := st.session_state.pop("seminars-said", ""):
    html(f'<p role="status">{chip("good", said)}</p>')
people = invitees(desk.house, actor=desk.actor, now=desk.now)
left, right = st.columns([5, 4], gap="medium") if hr else (st.container(), None)
with left:
    for one in coming:
        seminar_card(desk, one, people, hr=hr)
    if not coming:
        with card("none"):
            html('<p class="lead">Dates for seminars stand here.</p>')
            html(
                f'<p class="muted">{"Offer one beside it." if hr else "HR offers them."} Newcomers sign up on their phone.</p>'
            )
    for one in reversed(begun):
        past_card(desk, one)
    if off:
        with st.expander(f"Called off: {len(off)}"):
            html("".join(f"<p>{chip('quiet', one.seminar.when())}</p>" for one in off))
if right is not None:
    with right, card("offer-seminar"):
        html("<h2>Offer a date</h2>")
        offer_form(desk)
