"""The inbox: what candidates ask, say about their result or wish; each with a clock, a person, an answer and a history."""

from datetime import timedelta
from html import escape

import streamlit as st

from assessment.pages.parts.dress import card, chip, html
from assessment.pages.parts.inquiry import inquiry_card
from assessment.pages.parts.staff_frame import begin, parameter, top
from assessment.reports.words import day, plural
from assessment.services.answer_times import answer_times
from assessment.services.inquiries import Inquiry, Which, inbox

KINDS = {"question": "Question", "note": "This is not me", "adjustment": "Another way to answer"}
FILTERS: dict[Which, str] = {
    "open": "Open",
    "mine": "Mine",
    "unassigned": "Given to nobody",
    "overdue": "Overdue",
    "answered": "Answered",
}
EMPTY: dict[Which, str] = {
    "open": "Everybody who wrote has an answer.",
    "mine": "Nothing waits for you.",
    "unassigned": "Everything is given to somebody.",
    "overdue": "Nothing is late.",
    "answered": "Here will stand what was answered.",
}
DAYS = 30
EXCERPT = 160


def row(found: Inquiry) -> str:
    whose = f"given to {found.assigned_to}" if found.assigned_to else f"with {found.responsible}"
    if found.stands_in:
        whose += f", who is away: {found.stands_in} stands in"
    words = " ".join(found.text.replace("•", "").split())
    short = words if len(words) <= EXCERPT else f"{words[:EXCERPT]}…"
    about = f"{KINDS[found.kind]}{f' · {found.about}' if found.about else ''}"
    if found.answered_at:
        state = chip("good", f"{'Seen to' if found.kind == 'adjustment' else 'Answered'} {day(found.answered_at)}")
        whose = f"answered by {found.answered_by}" if found.answered_by else ""
    else:
        state = chip("attend" if found.overdue else "quiet", found.clock)
    line = " · ".join(part for part in (about, found.vacancy_title, whose) if part)
    return (
        f'<li><div><a class="who" href="{found.link}" target="_self">{escape(found.name)}</a>'
        f"<div>“{escape(short)}”</div>"
        f'<div class="sub">{escape(line)}</div></div>{state}</li>'
    )


desk = begin()
kind, id_ = parameter("kind"), parameter("id")
if id_:
    top(desk, "inbox", "Inbox")
    html('<p><a href="/inbox" target="_self">All of the inbox</a></p>')
    inquiry_card(desk, kind, id_)
    st.stop()

waiting = inbox(desk.house, which="open", actor=desk.actor, now=desk.now)
late = sum(found.overdue for found in waiting)
times = answer_times(desk.house, actor=desk.actor, since=desk.now - timedelta(days=DAYS), now=desk.now)
said = f"{plural(len(waiting), 'thing')} wait{'s' * (len(waiting) == 1)} for an answer, {late or 'none'} overdue."
if times.share is not None:
    counted = times.within + times.later + times.overdue
    said += f" In {DAYS} days {times.within} of {counted} were answered within one working day."
top(desk, "inbox", "Inbox", said)

which: Which = (
    st.segmented_control(
        "Show",
        list(FILTERS),
        default="open",
        format_func=lambda f: FILTERS[f],
        key="which",
        label_visibility="collapsed",
    )
    or "open"
)
shown = waiting if which == "open" else inbox(desk.house, which=which, actor=desk.actor, now=desk.now)
with card("inbox"):
    html(f"<h2>{FILTERS[which]}</h2>")
    if shown:
        html(f'<ul class="rows todo">{"".join(map(row, shown))}</ul>')
    else:
        html(f'<div class="empty"><p class="lead">{EMPTY[which]}</p><p>One working day is the aim for each.</p></div>')
