"""The form that offers times: which days, from when to when, how long, where, and who asks."""

from datetime import date, time, timedelta
from html import escape

import streamlit as st

from assessment.errors import AssessmentError
from assessment.messages.times import say_day
from assessment.pages.parts.dress import chip, html
from assessment.pages.parts.staff_frame import Desk
from assessment.pages.parts.trouble import escaped, said_here
from assessment.reports.words import plural
from assessment.services.accounts import list_accounts
from assessment.services.actor import STAFF
from assessment.services.organisation import time_zones
from assessment.services.slot_times import MOST, days_between, times_between, typed_times
from assessment.services.slots import LENGTHS, LONGEST_BUFFER, LONGEST_PLACE, RATERS, offer_slots

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def offer_times(desk: Desk, vacancy_id: str, *, first: bool) -> None:
    """`first`: nothing is offered yet, so this is the one thing to do."""
    interviewer, second = _who(desk)
    today = desk.organisation.day(desk.now)
    chosen = st.date_input(
        "From and to",
        (today + timedelta(days=1), today + timedelta(days=7)),
        min_value=today,
        max_value=today + timedelta(days=365),
        format="YYYY-MM-DD",
        key="offer-days",
    )
    weekdays = st.pills("On", WEEKDAYS, selection_mode="multi", default=WEEKDAYS[:5], key="offer-weekdays")
    left, right = st.columns(2)
    start = left.time_input("Between", time(9), step=timedelta(minutes=15), key="offer-start")
    end = right.time_input("and", time(12), step=timedelta(minutes=15), key="offer-end")
    exact = st.text_input("Or at these times", key="offer-exact", placeholder="9:00, 10:30, 14:15", max_chars=400)
    left, right = st.columns(2)
    length = int(left.number_input("Minutes each", *LENGTHS, 45, step=5, key="offer-length"))
    pause = int(right.number_input("Minutes between", 0, LONGEST_BUFFER, 15, step=5, key="offer-pause"))
    place = st.text_input(
        "Where", key="offer-place", max_chars=LONGEST_PLACE, placeholder="Room 2, second floor, or a link"
    )
    zones = time_zones()
    zone = st.selectbox(
        "On the clock of", zones, index=zones.index(desk.organisation.time_zone), format_func=escaped, key="offer-zone"
    )
    try:
        times = typed_times(exact) or times_between(start, end, length_minutes=length, buffer_minutes=pause)
    except AssessmentError as error:
        html(f'<p role="alert">{chip("attend", str(error))}</p>')
        times = ()
    days = _days(chosen, {WEEKDAYS.index(day) for day in weekdays})
    n = len(days) * len(times)
    html(f'<p class="muted" role="status">{escape(_sum(days, times))}</p>')
    label = f"Offer {plural(n, 'time')}" if n else "Offer times"
    fits = 0 < n <= MOST
    if st.button(label, key="offer", type="primary" if first else "secondary", width="stretch", disabled=not fits):
        with said_here():
            made = offer_slots(
                desk.house,
                vacancy_id,
                interviewer=interviewer,
                second=second,
                days=days,
                times=times,
                length_minutes=length,
                buffer_minutes=pause,
                time_zone=zone,
                place=place,
                actor=desk.actor,
                now=desk.now,
            )
            done = f"{plural(len(made.slot_ids), 'time')} {'are' if len(made.slot_ids) > 1 else 'is'} offered."
            st.session_state["slots-said"] = " ".join((done, *made.notes))
            st.rerun()


def _who(desk: Desk) -> tuple[str, str | None]:
    """HR says who asks; an interviewer offers their own time."""
    own = desk.actor.account_id or ""
    if desk.actor.role not in STAFF:
        return own, None
    known = {
        account.id: account.name
        for account in list_accounts(desk.house, actor=desk.actor)
        if account.disabled_at is None and account.role in RATERS
    }
    ids = sorted(known, key=lambda id_: (id_ != own, known[id_].casefold()))
    interviewer = st.selectbox(
        "Who asks", ids, format_func=lambda id_: f"{known[id_]}{' (you)' if id_ == own else ''}", key="offer-who"
    )
    others = [id_ for id_ in ids if id_ != interviewer]
    second = st.selectbox(
        "And with them",
        [None, *others],
        format_func=lambda id_: "Nobody else" if id_ is None else known[id_],
        key=f"offer-second-{interviewer}",
        help="Two who rate alone judge better than one.",
    )
    return interviewer, second


def _days(chosen: object, weekdays: set[int]) -> tuple[date, ...]:
    """A range of which only the first day is chosen yet is that day."""
    days = [day for day in (chosen if isinstance(chosen, tuple) else (chosen,)) if isinstance(day, date)]
    return days_between(days[0], days[-1], weekdays) if days else ()


def _sum(days: tuple[date, ...], times: tuple[time, ...]) -> str:
    """What will be offered, in words."""
    if not days or not times:
        return "No time fits yet: please choose days, and a part of the day that is long enough."
    if len(days) * len(times) > MOST:
        return f"{len(days) * len(times)} times at once; please offer at most {MOST}."
    clock = ", ".join(f"{at:%H:%M}" for at in times[:8]) + (" …" if len(times) > 8 else "")
    if len(days) == 1:
        return f"{say_day(days[0], 'en')} at {clock}"
    return f"{plural(len(days), 'day')}, {say_day(days[0], 'en')} to {say_day(days[-1], 'en')}, each at {clock}"
