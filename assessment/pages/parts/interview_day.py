"""Interviews and free times as lists by day, and the ways to change them."""

from collections.abc import Sequence
from datetime import date
from html import escape

import streamlit as st

from assessment.messages.times import listed, say_day
from assessment.pages.parts.dress import chip, html
from assessment.pages.parts.staff_frame import Desk
from assessment.pages.parts.trouble import said_here
from assessment.reports.words import waiting
from assessment.services.actor import STAFF
from assessment.services.interview_lists import AskedPerson
from assessment.services.interviews import LONGEST_REASON, cancel_interview, move_interview
from assessment.services.slot import Slot
from assessment.services.slots import take_back_slots

LATE_DAYS = 5
BUSY = 6  # free times of a day that stand without being opened


def by_day(slots: Sequence[Slot]) -> dict[date, list[Slot]]:
    found: dict[date, list[Slot]] = {}
    for slot in slots:
        found.setdefault(slot.day, []).append(slot)
    return found


def talks(desk: Desk, slots: Sequence[Slot]) -> None:
    """Who comes when, by day."""
    hr = desk.actor.role in STAFF
    for day, of_day in by_day(slots).items():
        rows = "".join(_talk(slot, hr=hr) for slot in of_day)
        html(f'<h3 class="day">{escape(say_day(day, "en"))}</h3><ul class="rows todo">{rows}</ul>')


def change_talk(desk: Desk, booked: Sequence[Slot], asked: Sequence[AskedPerson], free: Sequence[Slot]) -> None:
    """Another time for somebody, a first one, or none; with a reason, and the person is told."""
    names = {slot.application_id: slot.name for slot in booked if slot.application_id}
    held = {slot.application_id: slot.when() for slot in booked}
    names |= {one.application_id: one.name for one in asked}
    with st.expander("Set, move or cancel a talk", key="change-talk"):
        chosen = st.selectbox(
            "Whose",
            list(names),
            format_func=lambda id_: f"{names[id_]}, {held.get(id_, 'no time yet')}",
            key="change-whose",
        )
        times = {slot.id: slot for slot in free}
        to = st.selectbox(
            "To",
            list(times),
            index=None,
            format_func=lambda id_: f"{times[id_].when()}, {listed(times[id_].interviewers, 'en')}",
            placeholder="Choose a free time" if times else "There is no free time",
            key="change-to",
        )
        because = st.text_input("Why", max_chars=LONGEST_REASON, key="change-because", placeholder="It stays with us")
        with st.container(horizontal=True):
            move = "Move it" if chosen in held else "Set it"
            if st.button(move, key="move-talk", disabled=to is None) and chosen and to:
                with said_here():
                    slot = move_interview(desk.house, chosen, to, because=because, actor=desk.actor, now=desk.now)
                    _say(f"{names[chosen]} has {slot.when()} now. Everybody is told.")
            if st.button("Cancel it", key="cancel-talk", disabled=chosen not in held) and chosen:
                with said_here():
                    cancel_interview(desk.house, chosen, because=because, actor=desk.actor, now=desk.now)
                    _say(f"The talk with {names[chosen]} is off. Everybody is told.")


def free_times(desk: Desk, free: Sequence[Slot]) -> None:
    """Free times by day, and a way to take them back."""
    for day, of_day in by_day(free).items():
        alike: dict[str, list[str]] = {}
        for slot in of_day:
            alike.setdefault(_where(slot), []).append(slot.hours())
        clock = "".join(
            f'<li><b class="num">{", ".join(hours)}</b> <span class="sub">{escape(where)}</span></li>'
            for where, hours in alike.items()
        )
        html(
            f'<details class="free"{" open" if len(of_day) <= BUSY and len(free) <= 3 * BUSY else ""}>'
            f"<summary>{escape(say_day(day, 'en'))} <span class='num'>· {len(of_day)} free</span></summary>"
            f"<ul>{clock}</ul></details>"
        )
    by_id = {slot.id: slot for slot in free}
    with st.expander("Take times back", key="take-back"):
        gone = st.multiselect(
            "Which",
            list(by_id),
            format_func=lambda id_: f"{by_id[id_].when()}, {listed(by_id[id_].interviewers, 'en')}",
            key="take-back-which",
        )
        if st.button("Take back", key="take-back-now", disabled=not gone):
            with said_here():
                take_back_slots(desk.house, gone, actor=desk.actor, now=desk.now)
                _say("Taken back. Nobody can pick it any more.")


def asked_rows(people: Sequence[AskedPerson]) -> str:
    """Who was asked and has not picked, with how long that is."""
    return "".join(_asked(one) for one in people)


def _talk(slot: Slot, *, hr: bool) -> str:
    page = "candidate" if hr else "rate"
    who = f'<a class="who" href="/{page}?application={slot.application_id}" target="_self">{escape(slot.name)}</a>'
    go = f'<a class="go" href="/staff/interview/{slot.application_id}.ics">Calendar file</a>'
    return (
        f'<li><div><b class="num">{escape(slot.hours())}</b> {who}'
        f'<div class="sub">{escape(_where(slot))}</div></div>{go}</li>'
    )


def _where(slot: Slot) -> str:
    return f"{listed(slot.interviewers, 'en')} · {slot.place} · {slot.time_zone}"


def _asked(one: AskedPerson) -> str:
    who = f'<a class="who" href="/candidate?application={one.application_id}" target="_self">{escape(one.name)}</a>'
    if one.status == "cancelled":
        because = f": “{escape(one.because)}”" if one.because else ""
        return f'<li><div>{who}<div class="sub">Gave the time back{because}</div></div>{chip("attend", "no time now")}</li>'
    kind = "attend" if one.waiting_days >= LATE_DAYS else "quiet"
    return f'<li><div>{who}<div class="sub">Asked, no time picked yet</div></div>{chip(kind, waiting(one.waiting_days))}</li>'


def _say(words: str) -> None:
    st.session_state["slots-said"] = words
    st.rerun()
