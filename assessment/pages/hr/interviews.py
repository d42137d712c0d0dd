"""My interviews: whom I talk with, when and where, and what is still missing."""

from html import escape

import streamlit as st

from assessment.pages.parts.dress import card, chip, html
from assessment.pages.parts.staff_frame import begin, top, ways
from assessment.reports.words import plural
from assessment.services.actor import STAFF
from assessment.services.my_interviews import QUESTIONS, MyInterview, my_interviews

desk = begin()
mine = my_interviews(desk.house, actor=desk.actor, now=desk.now)
open_ones = [i for i in mine if i.handed_in_at is None and not i.closed]
first = desk.actor.name.split()[0] if desk.actor.name.split() else "you"
said = f"{plural(len(open_ones), 'talk')} still to rate." if open_ones else "Nothing waits for you."
top(desk, "interviews", "My interviews", said, above=f"{first} · {desk.organisation.name}")
if desk.actor.role in STAFF:
    ways(("/slots", "Interviews"), ("/calibration", "Practise rating"))


def state(interview: MyInterview) -> str:
    if interview.handed_in_at:
        if interview.waiting:
            return chip("quiet", f"Handed in, waiting for {plural(interview.waiting, 'other rater')}")
        return chip("good", "Handed in")
    if interview.closed:
        return chip("quiet", "No longer open")
    return (
        chip("attend", f"{interview.rated} of {QUESTIONS} rated") if interview.rated else chip("quiet", "Not rated yet")
    )


def line(interview: MyInterview) -> str:
    when = interview.when or "No time is picked yet."
    missing = f'<div class="sub">{escape(interview.missing)}</div>' if interview.missing and interview.when else ""
    page, words = ("ratings", "See ratings") if interview.handed_in_at else ("rate", "Open")
    link = f'<a class="go" href="/{page}?application={interview.application_id}" target="_self">{words}</a>'
    return (
        f'<li><div><span class="who">{escape(interview.name)}</span><div class="sub">{escape(interview.title)} · '
        f"{escape(when)}</div>{missing}<div>{state(interview)}</div></div>{link}</li>"
    )


if not mine:
    html(
        '<div class="empty"><p class="lead">The people you talk with will stand here.</p>'
        "<p>HR assigns you to a talk; then you find the questions, the time and the rating here.</p></div>"
    )
    if st.button("Practise rating", type="primary"):
        st.switch_page("hr/calibration.py")
    st.stop()
with card("interviews"):
    html(f'<ul class="rows todo">{"".join(line(i) for i in mine)}</ul>')
html(
    '<p class="muted">You see nothing of what people answered before you have handed in your rating. New to this? '
    '<a href="/calibration" target="_self">Practise rating</a> on made-up people.</p>'
)
