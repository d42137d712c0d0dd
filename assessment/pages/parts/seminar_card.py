"""A seminar on the staff's page: who comes, putting in and taking out, moving it, calling it off, and who was there."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from html import escape
from zoneinfo import ZoneInfo

import streamlit as st

from assessment.pages.parts.dress import card, chip, html
from assessment.pages.parts.staff_frame import Desk, parameter
from assessment.pages.parts.trouble import said_here
from assessment.reports.words import plural
from assessment.services.learning import training_library
from assessment.services.seminar import Seminar
from assessment.services.seminar_places import give_place, note_attendance, take_out
from assessment.services.seminars import (
    MOST_SEATS,
    MayJoin,
    OnList,
    SeminarList,
    cancel_seminar,
    move_seminar,
    offer_seminar,
)

SAID = "seminars-said"
STANDINGS = {"place": "Has a place", "waiting": "Waits"}


def seminar_card(desk: Desk, one: SeminarList, people: Sequence[MayJoin], *, hr: bool) -> None:
    """One that is still to come."""
    seminar = one.seminar
    with card(f"seminar-{seminar.id}"):
        html(_head(seminar))
        html(_people(one))
        with st.expander("Put in or take out"):
            _put_in(desk, one, people)
            if one.people:
                _take_out(desk, one)
        if hr:
            with st.expander("Move, change or call off"):
                _move(desk, seminar)
                _call_off(desk, seminar)


def past_card(desk: Desk, one: SeminarList) -> None:
    """One that has begun: who was there."""
    seminar = one.seminar
    had_place = {person.application_id: person for person in one.people if person.standing == "place"}
    with card(f"seminar-{seminar.id}"):
        html(_head(seminar))
        html(_people(one))
        if not had_place:
            return
        noted = any(person.attended is not None for person in had_place.values())
        there = st.multiselect(
            "Who was there",
            list(had_place),
            [id_ for id_, person in had_place.items() if person.attended or not noted],
            format_func=lambda id_: had_place[id_].name,
            key=f"there-{seminar.id}",
        )
        html('<p class="muted small">Whoever was there has done the module. Your name stands beside it.</p>')
        with said_here():
            if st.button("Note it", key=f"note-{seminar.id}"):
                for id_ in had_place:
                    attended = id_ in there
                    note_attendance(desk.house, seminar.id, id_, attended=attended, actor=desk.actor, now=desk.now)
                _again(f"Noted: {len(there)} of {len(had_place)} were there.")


def offer_form(desk: Desk) -> None:
    """A new date, on the clock of the organisation."""
    known = {
        one.module.id: one.title for one in training_library(desk.house, actor=desk.actor) if not one.module.retired
    }
    ids, asked = list(known), parameter("module")
    module = st.selectbox(
        "Module", ids, ids.index(asked) if asked in ids else 0, format_func=lambda id_: known[id_], key="offer-module"
    )
    title = st.text_input("What it is called", known[module], max_chars=200, key=f"offer-title-{module}")
    first = desk.organisation.day(desk.now) + timedelta(days=7)
    day, at, minutes = _when(first, time(14), 90, "offer")
    place = st.text_input("Where", max_chars=300, key="offer-place", placeholder="Room 2, or the link of a video call")
    led_by = st.text_input("Who leads it", max_chars=200, key="offer-leader")
    seats = st.number_input("Seats", 1, MOST_SEATS, 12, key="offer-seats")
    html(f'<p class="muted small">Times are those of {escape(desk.organisation.time_zone)}.</p>')
    with said_here():
        if st.button("Offer this date", type="primary", width="stretch", key="offer-seminar"):
            made = offer_seminar(
                desk.house,
                module,
                title=title,
                day=day,
                at=at,
                minutes=minutes,
                place=place,
                seats=int(seats),
                led_by=led_by,
                actor=desk.actor,
                now=desk.now,
            )
            _again(" ".join(("The date is offered.", *made.notes)))


def _head(seminar: Seminar) -> str:
    free = f"{seminar.taken} of {plural(seminar.seats, 'seat')} taken"
    waits = f", {seminar.waiting} waiting" if seminar.waiting else ""
    return (
        f'<h2>{escape(seminar.title)}</h2><div class="learn-facts"><b>{escape(seminar.when())}</b>'
        f"<span>{seminar.minutes} minutes · {escape(seminar.place)}</span><span>With {escape(seminar.led_by)}</span>"
        f'<span>{free}{waits}</span></div><p><a href="/staff/seminar/{seminar.id}.ics">Save it in a calendar</a> · '
        f'<a href="/module?id={escape(seminar.module)}" target="_self">Read the module</a></p>'
    )


def _people(one: SeminarList) -> str:
    rows = "".join(
        f'<li><div><span class="who">{escape(person.name)}</span><div class="sub">{escape(person.job)}</div></div>'
        f"{_mark(person)}</li>"
        for person in one.people
    )
    others = f'<p class="muted">Others on the list: {one.others}.</p>' if one.others else ""
    empty = '<p class="muted">Nobody is on the list yet.</p>' if not one.people and not one.others else ""
    return f'<ul class="rows todo">{rows}</ul>{others}{empty}'


def _mark(person: OnList) -> str:
    if person.attended is not None:
        words = "Was there" if person.attended else "Was not there"
        return chip("good" if person.attended else "quiet", f"{words}, noted by {person.noted_by}")
    return chip("good" if person.standing == "place" else "quiet", STANDINGS[person.standing])


def _put_in(desk: Desk, one: SeminarList, people: Sequence[MayJoin]) -> None:
    on_it = {person.application_id for person in one.people}
    may = {
        person.application_id: f"{person.name} · {person.job}"
        for person in people
        if person.application_id not in on_it
    }
    if not may:
        html('<p class="muted">Everybody you may put in is on the list.</p>')
        return
    who = st.selectbox("Who comes as well", list(may), format_func=lambda id_: may[id_], key=f"in-{one.seminar.id}")
    with said_here():
        if st.button("Put in", key=f"put-{one.seminar.id}"):
            standing = give_place(desk.house, one.seminar.id, who, actor=desk.actor, now=desk.now)
            _again("A place is taken, and a message is on its way." if standing == "place" else "They wait in line.")


def _take_out(desk: Desk, one: SeminarList) -> None:
    names = {person.application_id: person.name for person in one.people}
    who = st.selectbox(
        "Who does not come", list(names), format_func=lambda id_: names[id_], key=f"out-{one.seminar.id}"
    )
    with said_here():
        if st.button("Take out", key=f"take-{one.seminar.id}"):
            take_out(desk.house, one.seminar.id, who, actor=desk.actor, now=desk.now)
            _again("They are off the list and are told. Whoever waits first moves up.")


def _move(desk: Desk, seminar: Seminar) -> None:
    local = seminar.starts_at.astimezone(ZoneInfo(seminar.time_zone))
    day, at, minutes = _when(local.date(), local.time(), seminar.minutes, seminar.id)
    place = st.text_input("Where", seminar.place, max_chars=300, key=f"place-{seminar.id}")
    led_by = st.text_input("Who leads it", seminar.led_by, max_chars=200, key=f"leader-{seminar.id}")
    seats = st.number_input("Seats", 1, MOST_SEATS, seminar.seats, key=f"seats-{seminar.id}")
    with said_here():
        if st.button("Change it and tell everybody", key=f"move-{seminar.id}"):
            made = move_seminar(
                desk.house,
                seminar.id,
                day=day,
                at=at,
                minutes=minutes,
                place=place,
                seats=int(seats),
                led_by=led_by,
                actor=desk.actor,
                now=desk.now,
            )
            _again(" ".join(("It is changed.", *made.notes)))


def _call_off(desk: Desk, seminar: Seminar) -> None:
    html("<p>Called off, everybody on the list is told. This cannot be taken back.</p>")
    with said_here():
        if st.button("Call it off", key=f"off-{seminar.id}"):
            cancel_seminar(desk.house, seminar.id, actor=desk.actor, now=desk.now)
            _again("It is called off, and everybody on the list is told.")


def _when(first: date, at: time, minutes: int, key: str) -> tuple[date, time, int]:
    day = st.date_input("Day", first, key=f"day-{key}", format="DD/MM/YYYY")
    left, right = st.columns(2)
    begins = left.time_input("Begins", at, step=timedelta(minutes=15), key=f"at-{key}")
    long = right.number_input("Minutes", 15, 600, minutes, 15, key=f"long-{key}")
    return day, begins, int(long)


def _again(said: str) -> None:
    st.session_state[SAID] = said
    st.rerun()
