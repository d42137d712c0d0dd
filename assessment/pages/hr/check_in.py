"""Five plain questions to whoever leads a newcomer, on a phone in two minutes; then what the newcomer said, side by side."""

from html import escape

import streamlit as st

from assessment.pages.parts.check_in_form import answered_list, ask
from assessment.pages.parts.dress import add_sheet, card, chip, html
from assessment.pages.parts.staff_frame import begin, nothing_yet, parameter, top
from assessment.pages.parts.trouble import said_here
from assessment.services.check_ins import ManagerCheckIn, answer_for, check_in_for

CHANGING = "manager-check-in-changing"
desk = begin()
add_sheet("check_in.css")
application, day = parameter("application"), parameter("day")
if not application or not day.isdigit():
    top(desk, "check-in", "Check-in")
    nothing_yet("Choose somebody in their first 90 days.", "", button="First 90 days", page="hr/newcomers.py")
    st.stop()

found = check_in_for(desk.house, application, int(day), actor=desk.actor, now=desk.now)
until = found.check_in.open_until
line = f"Two minutes, until {until.day} {until:%B}." if found.may_answer else ""
top(desk, "check-in", f"How does it go with {found.name}?", line, above=f"{found.title} · day {found.check_in.day}")
back = f"/newcomer?application={escape(application, quote=True)}"
html(f'<p class="eyebrow"><a href="{back}" target="_self">First 90 days of {escape(found.name)}</a></p>')


def other_side(found: ManagerCheckIn) -> str:
    """What is known of the newcomer's side, in a sentence."""
    name = escape(found.name)
    if found.readable_from is None:
        return f"What {name} says stands on the page of the first 90 days." if found.newcomer_answered else ""
    when = f"{found.readable_from.day} {found.readable_from:%B}"
    said = "has answered" if found.newcomer_answered else "has not answered yet"
    return f"{name} {said}. What {name} says can be read once you have given your view, or from {when} on."


if found.wants_talk:
    html(f"<p>{chip('attend', f'{found.name} would like to talk')}</p>")
answered = found.check_in.answered_at is not None
if found.may_answer and (not answered or CHANGING in st.session_state):
    html(f"<p>{escape(found.form.intro)}</p><p class='muted'>{other_side(found)}</p>")
    with card("check-in"):
        said = ask(found.form, found.check_in, send="Save my view")
        if said is not None:
            with said_here():
                answer_for(
                    desk.house,
                    application,
                    int(day),
                    said.answers,
                    own_words=said.own_words,
                    actor=desk.actor,
                    now=desk.now,
                )
                st.session_state.pop(CHANGING, None)
                st.rerun()
elif answered:
    talk = found.check_in.talk_by
    with card("check-in-thanks"):
        html(
            f'<p class="lead" role="status">Thank you. Your view is saved.</p><p>{other_side(found)}</p>'
            f"<p>{escape(found.name)} was told that the two of you talk by {talk.day} {talk:%B}.</p>"
            f'<p><a class="button" href="{back}" target="_self">See both sides</a></p>'
        )
        if found.may_answer:
            html(f'<p class="muted">You can change it until {escape(found.name)} answers, for two days at most.</p>')
            if st.button("Change it"):
                st.session_state[CHANGING] = True
                st.rerun()
    with st.expander("What you said"):
        html(answered_list(found.form, found.check_in))
else:
    due = found.check_in.due_on
    over = desk.organisation.day(desk.now) > until
    words = f"It was open until {until.day} {until:%B}." if over else f"It opens on {due.day} {due:%B}."
    html(f'<div class="empty"><p class="lead">This check-in is not open.</p><p>{words}</p></div>')
