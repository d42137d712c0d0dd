"""Rating a talk on a phone: one question after the other, saved as typed, then handed in."""

from html import escape

import streamlit as st

from assessment.errors import IncompleteError
from assessment.pages.parts.as_typed.component import PREFIX, send_as_typed
from assessment.pages.parts.document_buttons import document_buttons
from assessment.pages.parts.dress import add_sheet, card, chip, html
from assessment.pages.parts.interview_words import NO_CHANCE_WORDS, given_words, heading, home, listed
from assessment.pages.parts.staff_frame import begin, nothing_yet, parameter, top
from assessment.pages.parts.trouble import said_here
from assessment.reports.words import day
from assessment.roles.interview_guide import HIGHEST, LOWEST, NO_CHANCE
from assessment.services.kit_questions import KitQuestion
from assessment.services.ratings import LONGEST_NOTE, Given, hand_in, rating_form, save_rating

STEPS = (*range(LOWEST, HIGHEST + 1), NO_CHANCE)
desk = begin()
add_sheet("rating.css")
application = parameter("application")
if not application:
    top(desk, "rate", "Rate a talk")
    nothing_yet("Choose one of your interviews.", "", button="My interviews", page="hr/interviews.py")
    st.stop()

form = rating_form(desk.house, application, actor=desk.actor, now=desk.now)
number = {question.id: n for n, question in enumerate(form.questions, start=1)}
top(desk, "rate", form.name, form.when or "No time is picked yet.", above=form.title)
html(f'<p class="eyebrow"><a href="{home(desk.actor)}" target="_self">My interviews</a></p>')


def captions(question: KitQuestion) -> list[str]:
    """What each step means, under it."""
    return [question.anchors.get(step, form.between.get(step, form.no_rating)) for step in STEPS]


def step_words(step: int) -> str:
    return NO_CHANCE_WORDS if step == NO_CHANCE else str(step)


def ask_on(question: KitQuestion) -> None:
    with st.expander("Ask on, and what to listen for"):
        html(f"{listed(question.probes)}<p class='muted small'>Listen for: {escape(question.listen_for)}</p>")
    if question.do_not_ask:
        html(f'<p class="muted small">{escape(question.do_not_ask)}</p>')


def rate(question: KitQuestion, given: Given) -> None:
    """One question. What another device changed since this page last looked is shown, not written over."""
    chosen_key, note_key = f"rate-{application}-{question.id}", f"{PREFIX}{application}-{question.id}"
    seen: dict[str, int] = st.session_state.setdefault(f"seen-{application}", {})
    if chosen_key not in st.session_state or note_key not in st.session_state or seen.get(question.id) != given.rev:
        st.session_state[chosen_key], st.session_state[note_key] = given.rating, given.note
    seen[question.id] = given.rev
    chosen = st.radio(
        f"Your rating of question {number[question.id]}",
        STEPS,
        format_func=step_words,
        captions=captions(question),
        key=chosen_key,
        width="stretch",
    )
    note = st.text_area(
        f"Note on question {number[question.id]}: what was said and done",
        key=note_key,
        max_chars=LONGEST_NOTE,
        height=120,
        placeholder="Their words and deeds, not how it sounded",
    )
    if (chosen, note) != (given.rating, given.note):
        stands = save_rating(
            desk.house,
            application,
            question.id,
            rating=chosen,
            note=note,
            rev=given.rev + 1,
            actor=desk.actor,
            now=desk.now,
        )
        seen[question.id] = stands.rev
        st.rerun()


def change(question: KitQuestion, given: Given) -> None:
    """After handing in: another rating with a reason; the first one is kept beside it."""
    html(f'<div class="given">{given_words("You gave", given)}</div>')
    with st.expander("Change it"), st.form(f"change-{question.id}", border=False):
        chosen = st.radio(
            "Your rating now",
            STEPS,
            index=STEPS.index(given.rating or NO_CHANCE),
            format_func=step_words,
            captions=captions(question),
            key=f"rate-again-{application}-{question.id}",
            width="stretch",
        )
        because = st.text_input("Why do you change it?", max_chars=1000, placeholder="What the talk with Una showed")
        if st.form_submit_button("Change it"):
            with said_here():
                save_rating(
                    desk.house,
                    application,
                    question.id,
                    rating=chosen,
                    note=given.note,
                    rev=given.rev + 1,
                    because=because,
                    actor=desk.actor,
                    now=desk.now,
                )
                st.rerun()


def in_words(missing: tuple[str, ...]) -> str:
    numbers = [str(number[id_]) for id_ in missing]
    listed_ = numbers[0] if len(numbers) == 1 else f"{', '.join(numbers[:-1])} and {numbers[-1]}"
    return f"Please rate question{'s' * (len(numbers) > 1)} {listed_}, or choose “{NO_CHANCE_WORDS}”."


if form.handed_in_at:
    html(
        f"<p>{chip('good', f'Handed in on {day(form.handed_in_at)}')}</p>"
        f'<p><a href="/ratings?application={escape(application)}" target="_self">See it beside what the other rater gave</a></p>'
    )
else:
    if form.early:
        html(f"<p>{chip('attend', 'The talk has not begun yet. Please rate after it.')}</p>")
    html(
        "<p>Ask every question in this order. Rate alone, before you talk with the other rater: what the person did, never "
        "how it sounded. Everything is saved as you type.</p>"
    )
with st.expander("What not to ask"):
    html(listed(form.do_not_ask))
if not form.handed_in_at:
    document_buttons(desk, application, {"interview_sheet": "Print the questions"})

for question in form.questions:
    with card(f"question-{question.id}"):
        html(heading(number[question.id], question))
        ask_on(question)
        (change if form.handed_in_at else rate)(question, form.given[question.id])

if not form.handed_in_at:
    send_as_typed()
    rated = len(form.questions) - len(form.open)
    html(f'<p role="status">{rated} of {len(form.questions)} rated. All of it is saved.</p>')
    if st.button("Hand in", type="primary", width="stretch"):
        try:
            hand_in(desk.house, application, actor=desk.actor, now=desk.now)
        except IncompleteError as error:
            html(f'<p role="alert">{chip("attend", in_words(error.missing))}</p>')
        else:
            st.rerun()
    html('<p class="muted small">After that a change needs a reason, and you see what the other rater gave.</p>')
