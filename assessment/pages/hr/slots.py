"""Interviews: who comes when, who was asked and has not picked, free times, and offering more of them."""

import streamlit as st

from assessment.pages.parts.dress import add_sheet, card, chip, html
from assessment.pages.parts.interview_day import asked_rows, change_talk, free_times, talks
from assessment.pages.parts.offer_times import offer_times
from assessment.pages.parts.staff_frame import begin, choose_vacancy, nothing_yet, parameter, top, ways
from assessment.pages.parts.trouble import said_here
from assessment.reports.words import STAGES, plural, waiting
from assessment.services.actor import STAFF
from assessment.services.interview_lists import askable, asked_people
from assessment.services.interviews import ask_to_pick
from assessment.services.slots import list_slots, slot_openings

desk = begin()
add_sheet("slots.css")
hr = desk.actor.role in STAFF


def opening() -> tuple[str, bool] | None:
    """The opening that is looked at, and whether times can be offered for it."""
    if hr:
        vacancy = choose_vacancy(desk)
        return (vacancy.id, vacancy.closed_at is None) if vacancy else None
    known = {one.id: one.title for one in slot_openings(desk.house, actor=desk.actor)}
    if not known:
        return None
    asked = parameter("vacancy")
    ids = list(known)
    at = ids.index(asked) if asked in ids else 0
    if len(ids) == 1:
        return ids[0], True
    return st.selectbox("Opening", ids, index=at, format_func=lambda id_: known[id_], key="slots-opening"), True


title = "Interviews" if hr else "My times"
lead = "People pick the time that suits them; nobody gets the same one twice."
head = st.container()  # said when the opening is known
chosen = opening()
if chosen is None:
    with head:
        top(desk, "slots", title, lead)
    if hr:
        nothing_yet("Here people get their time.", "Open an opening first.", button="Openings", page="hr/openings.py")
    else:
        nothing_yet("Your times will stand here.", "HR names you for a talk first; then you can offer times yourself.")
    st.stop()

vacancy_id, is_open = chosen
slots = list_slots(desk.house, vacancy_id, actor=desk.actor)
booked = [slot for slot in slots if slot.application_id and slot.ends_at > desk.now]
over = [slot for slot in slots if slot.application_id and slot.ends_at <= desk.now]
free = [slot for slot in slots if not slot.application_id and slot.starts_at > desk.now]
asked = asked_people(desk.house, vacancy_id, actor=desk.actor, now=desk.now) if hr else ()
open_ones = [one for one in asked if not one.closed]
with head:
    counts = f"{plural(len(booked), 'talk')} to come, {plural(len(free), 'free time')}"
    top(desk, "slots", title, f"{counts}{f', {len(open_ones)} asked and not picked yet' if open_ones else ''}.")
if hr:
    ways(("/interviews", "My interviews"), ("/calibration", "Practise rating"))
if words := st.session_state.pop("slots-said", ""):
    with head:
        html(f'<p role="status">{chip("good", words)}</p>')

left, right = st.columns([5, 4], gap="medium")
with left:
    with card("talks"):
        html("<h2>Talks to come</h2>")
        if booked:
            talks(desk, booked)
        else:
            html('<p class="muted">Nobody has picked a time yet.</p>')
        if booked or open_ones:
            change_talk(desk, booked, open_ones, free)
        if over:
            with st.expander(f"{plural(len(over), 'talk')} over"):
                talks(desk, over[::-1][:20])
    if hr:
        with card("asked"):
            html("<h2>Asked, and no time yet</h2>")
            if open_ones:
                html(f'<ul class="rows todo">{asked_rows(open_ones)}</ul>')
            else:
                html('<p class="muted">Nobody waits to pick.</p>')
        with card("ask"):
            html("<h2>Ask people to pick a time</h2>")
            may = askable(desk.house, vacancy_id, actor=desk.actor, now=desk.now)
            options = {
                one.application_id: f"{one.name} · {STAGES[one.stage]}, {waiting(one.waiting_days)}" for one in may
            }
            options |= {
                one.application_id: f"{one.name} · gave the time back" for one in open_ones if one.status == "cancelled"
            }
            if not options:
                html(
                    '<p class="muted">Whoever has handed in stands here. Everybody is asked already, or still answers.</p>'
                )
            elif not free:
                html('<p class="muted">Offer times first, so that people have something to pick from.</p>')
            else:
                who = st.multiselect("Who", list(options), format_func=lambda id_: options[id_], key="ask-who")
                html(
                    '<p class="muted small">Each gets a message in their language with the first times and their own link.</p>'
                )
                label = f"Ask {len(who)} {'person' if len(who) == 1 else 'people'}" if who else "Ask"
                if st.button(label, key="ask-now", type="primary", width="stretch", disabled=not who):
                    with said_here():
                        done = ask_to_pick(desk.house, who, actor=desk.actor, now=desk.now)
                        n = len(done.application_ids)
                        said = f"{n} {'person is' if n == 1 else 'people are'} asked."
                        st.session_state["slots-said"] = " ".join((said, *done.notes))
                        st.rerun()
with right:
    with card("free"):
        html("<h2>Free times</h2>")
        if free:
            free_times(desk, free)
        else:
            html('<p class="muted">None. Offer some below.</p>' if is_open else '<p class="muted">None.</p>')
    if is_open:
        with card("offer"):
            html("<h2>Offer times</h2>")
            offer_times(desk, vacancy_id, first=not free)
