"""Rating at day 90 on a phone: one scale after the other with its anchors, saved as chosen, then handed in."""

from html import escape

import streamlit as st

from assessment.errors import IncompleteError
from assessment.pages.parts.as_typed.component import PREFIX, send_as_typed
from assessment.pages.parts.dress import add_sheet, card, chip, html
from assessment.pages.parts.interview_words import listed
from assessment.pages.parts.staff_frame import begin, nothing_yet, parameter, top
from assessment.pages.parts.trouble import said_here
from assessment.reports.words import day
from assessment.services.outcomes import (
    LONGEST_NOTE,
    RatingSheet,
    hand_in,
    may_rate,
    open_again,
    rating_sheet,
    save_note,
    save_rating,
)
from assessment.training.outcome_scales import HIGHEST, LOWEST, NO_CHANCE, OutcomeScale

STEPS = (*range(LOWEST, HIGHEST + 1), NO_CHANCE)
desk = begin()
add_sheet("rating.css")
application = parameter("application")
back = f"/newcomer?application={escape(application, quote=True)}"
if not application:
    top(desk, "outcome", "Rating at day 90")
    nothing_yet("Choose one of your people.", "", button="My people", page="hr/newcomers.py")
    st.stop()
if not may_rate(desk.house, application, actor=desk.actor):
    top(desk, "outcome", "Rating at day 90")
    html(
        '<div class="empty"><p class="lead">Only who leads this person rates their work.</p>'
        f'<p>If that is you, name yourself as supervisor on <a href="{back}" target="_self">the page of the person</a>.</p></div>'
    )
    st.stop()

sheet = rating_sheet(desk.house, application, actor=desk.actor, now=desk.now)
number = {scale.id: n for n, scale in enumerate(sheet.scales.scales, start=1)}
line = f"Day {sheet.day}" if sheet.day is not None and sheet.day > 0 and not sheet.left_on else ""
if sheet.left_on:
    line = f"Was here until {sheet.left_on.day} {sheet.left_on:%B %Y}"
top(desk, "outcome", f"The work of {sheet.name}", line, above=f"Rating at day 90 · {sheet.title}")
html(f'<p class="eyebrow"><a href="{back}" target="_self">{escape(sheet.name)}</a></p>')


def step_words(step: int) -> str:
    return sheet.scales.no_chance if step == NO_CHANCE else str(step)


def captions(scale: OutcomeScale) -> list[str]:
    """What each step means, under it."""
    words: dict[int, str] = {**sheet.scales.between, **scale.anchors}  # type: ignore[dict-item]
    return [words.get(step, "") for step in STEPS]


def heading(scale: OutcomeScale) -> str:
    said = f"Scale {number[scale.id]} of {len(number)} · {escape(scale.title)}"
    return f'<p class="question-number">{said}</p><h2>{escape(scale.question)}</h2>'


def fill_in(stands: RatingSheet) -> None:
    """Every scale and the note. What another device changed since this page last looked is shown, not written over."""
    note_key, seen_key = f"{PREFIX}{application}-outcome", f"seen-outcome-{application}"
    keys = {id_: f"rate-{application}-{id_}" for id_ in number}
    fresh = st.session_state.get(seen_key) != stands.rev
    if fresh or not {note_key, *keys.values()} <= set(st.session_state):
        st.session_state.update({keys[id_]: stands.given[id_] for id_ in number})
        st.session_state[note_key] = stands.note
    rev = stands.rev
    for scale in sheet.scales.scales:
        with card(f"scale-{scale.id}"):
            html(heading(scale))
            chosen = st.radio(
                f"Your rating: {scale.title}",
                STEPS,
                format_func=step_words,
                captions=captions(scale),
                key=keys[scale.id],
                label_visibility="collapsed",
                width="stretch",
            )
        if chosen != stands.given[scale.id]:
            stands = save_rating(
                desk.house, application, scale.id, chosen, rev=stands.rev + 1, actor=desk.actor, now=desk.now
            )
    with card("note"):
        note = st.text_area(
            "What you saw, in a few words. You may leave it empty.",
            key=note_key,
            max_chars=LONGEST_NOTE,
            height=120,
            placeholder="What was done, never how somebody is",
        )
    if note != stands.note:
        stands = save_note(desk.house, application, note, rev=stands.rev + 1, actor=desk.actor, now=desk.now)
    st.session_state[seen_key] = stands.rev
    if stands.rev != rev:
        st.rerun()


def to_read(stands: RatingSheet) -> None:
    """The scales, with what was given where something was."""
    for scale in stands.scales.scales:
        given = stands.given[scale.id]
        with card(f"scale-{scale.id}"):
            html(heading(scale))
            if given is not None:
                words = step_words(given) if given == NO_CHANCE else f"{given} of {HIGHEST}"
                html(
                    f'<div class="given"><div><p class="muted small">You gave</p><p class="value">{words}</p></div></div>'
                )
            elif stands.handed_in_at:
                html('<p class="muted">Not rated.</p>')
            lines = "".join(f"<dt>{step}</dt><dd>{escape(words)}</dd>" for step, words in scale.anchors.items())
            with st.expander("What the numbers mean", expanded=not stands.handed_in_at):
                html(f'<dl class="anchors">{lines}</dl>')
    if stands.note:
        with card("note"):
            html(f'<p class="muted small">Your note</p><p style="white-space: pre-wrap">{escape(stands.note)}</p>')


if sheet.handed_in_at:
    html(f"<p>{chip('good', f'Handed in on {day(sheet.handed_in_at)}')}</p>")
    html("<p>Thank you. It is kept as evidence about our hiring, and it is no basis for pay or the contract.</p>")
    if sheet.may_open_again and st.button("Open it again", help="Possible within a day after it was handed in"):
        with said_here():
            open_again(desk.house, application, actor=desk.actor, now=desk.now)
            st.rerun()
    to_read(sheet)
    st.stop()

if not sheet.is_open:
    when = f"from {sheet.opens_on.day} {sheet.opens_on:%B %Y} on" if sheet.opens_on else "once there is a first day"
    html(f"<p class='lead'>{escape(f'You can rate {when}, when there was time to see the work.')}</p>")
    html("<h2>What will be asked</h2>")
    to_read(sheet)
    st.stop()

html(
    "<p>Everything is saved as you choose. Your ratings are kept as evidence about our hiring: they are shown neither to "
    f"{escape(sheet.name)} nor to colleagues, and are no basis for pay or the contract.</p>"
)
with st.expander("How to rate"):
    html(listed(sheet.scales.how_to_rate))
fill_in(sheet)
send_as_typed()
rated = len(number) - len(sheet.missing)
html(f'<p role="status">{rated} of {len(number)} rated. All of it is saved.</p>')
if st.button("Hand in", type="primary", width="stretch"):
    try:
        hand_in(desk.house, application, actor=desk.actor, now=desk.now)
    except IncompleteError as error:
        titles = [scale.title.lower() for scale in sheet.scales.scales if scale.id in error.missing]
        left = f"Please rate “{'”, “'.join(titles)}”, or say that you had no chance to see it."
        html(f'<p role="alert">{chip("attend", left)}</p>')
    else:
        st.rerun()
html('<p class="muted small">Within a day you can open it again. After that it stays as it is.</p>')
