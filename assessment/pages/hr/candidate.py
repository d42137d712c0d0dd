"""One person beside what the work asks for, with the error shown, down to the exact answers."""

from html import escape

import streamlit as st

from assessment.pages.parts.candidate_reading import (
    answers_card,
    asked_line,
    comments_card,
    explore_card,
    facts_card,
    fit_card,
    own_words_card,
    questions_card,
    roles_card,
    scenarios_card,
    shape_card,
)
from assessment.pages.parts.dress import chip, html
from assessment.pages.parts.staff_frame import begin, draft_note, nothing_yet, parameter, top
from assessment.pages.parts.why import why_card
from assessment.reports.words import (
    PERSON_CHIPS,
    STATES,
    UNSTEADY,
    band_advice,
    band_words,
    day,
    names_of,
    plural,
    waiting,
)
from assessment.services.reading import reading

LANGUAGES = {"en": "English", "es": "Spanish"}

desk = begin()
application = parameter("application")
if not application:
    top(desk, "candidate", "Candidate")
    nothing_yet("Choose somebody from the list.", "", button="Candidates", page="hr/candidates.py")
    st.stop()

read = reading(desk.house, application, actor=desk.actor, now=desk.now)
back = f'<a href="/candidates?vacancy={read.vacancy_id}" target="_self">{escape(read.vacancy_title)}</a>'
how = []
if read.finished_at:
    took = "less than a minute" if not read.minutes_taken else plural(read.minutes_taken, "minute")
    how.append(f"Finished on {day(read.finished_at)} in {took}, in {LANGUAGES[read.language]}.")
    if read.answered_before:
        how.append(f"These are new answers; the first, of {day(read.answered_before)}, are kept and no longer read.")
    how.append(f"{read.quality_note}.")
    how.append(f"{waiting(read.waiting_days).capitalize()}.")
    how.append(asked_line(read))
else:
    how.append(f"{STATES[read.state]} since {day(read.invited_at)}. The link is good until {day(read.expires_at)}.")
if read.reused:
    how.append("Earlier answers were taken over, with consent.")
if read.typed_by:
    how.append(f"Typed from paper by {' and '.join(read.typed_by)}.")
top(desk, "candidate", read.name, " ".join(part for part in how if part))
html(f'<p class="eyebrow">{back}</p>')

if read.state != "finished":
    if read.left_because:
        html(f"<p>{escape(read.name)} has left and says: “{escape(read.left_because)}”</p>")
    html(
        '<div class="empty"><p class="lead">The answers are not here yet.</p>'
        "<p>Results appear in the minute in which the person finishes.</p></div>"
    )
    questions_card(desk, read)
    comments_card(desk, read)
    st.stop()

named = names_of(read.fit.named, read.facet_names)
html(
    f"<p>{chip(PERSON_CHIPS[read.fit.band], band_words(read.fit.band, named))}</p><p>{escape(band_advice(read.fit.band))}</p>"
)
draft_note(more=UNSTEADY)

left, right = st.columns([5, 3], gap="medium")
with left:
    fit_card(read)
    shape_card(read)
with right:
    explore_card(read)
    own_words_card(read)
    questions_card(desk, read)
why_card(read, library=desk.house.library)
roles_card(desk, read)
scenarios_card(read)
answers_card(desk, read)
facts_card(read)
comments_card(desk, read)
