"""One person beside what the work asks for, with the error shown, down to the exact answers."""

from html import escape

import streamlit as st

from assessment.pages.parts.candidate_reading import (
    answers_card,
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
from assessment.pages.parts.document_buttons import PERSON, document_buttons
from assessment.pages.parts.dress import chip, html
from assessment.pages.parts.engagement import engagement_card
from assessment.pages.parts.hire_checks import checks_card
from assessment.pages.parts.masked import under_a_number
from assessment.pages.parts.staff_frame import begin, draft_note, nothing_yet, parameter, top
from assessment.pages.parts.stage_history import stage_card
from assessment.pages.parts.why import why_card
from assessment.reports.words import (
    PERSON_CHIPS,
    UNSTEADY,
    band_advice,
    band_words,
    names_of,
)
from assessment.services.reading import reading
from assessment.services.reading_words import how_line

desk = begin()
application = parameter("application")
if not application:
    top(desk, "candidate", "Candidate")
    nothing_yet("Choose somebody from the list.", "", button="Candidates", page="hr/candidates.py")
    st.stop()

read = under_a_number(desk, reading(desk.house, application, actor=desk.actor, now=desk.now))
back = f'<a href="/candidates?vacancy={read.vacancy_id}" target="_self">{escape(read.vacancy_title)}</a>'
top(desk, "candidate", read.name, how_line(read))
onward = (
    ("Times for a talk", f"/slots?vacancy={read.vacancy_id}"),
    ("Questions for the talk", f"/kit?application={read.application_id}"),
    ("Ratings", f"/ratings?application={read.application_id}"),
    ("Decision", f"/decision?application={read.application_id}"),
)
links = " · ".join(f'<a href="{url}" target="_self">{words}</a>' for words, url in onward)
html(f'<p class="eyebrow">{back} · {links}</p>')

if read.state != "finished":
    if read.left_because:
        html(f"<p>{escape(read.name)} has left and says: “{escape(read.left_because)}”</p>")
    html(
        '<div class="empty"><p class="lead">The answers are not here yet.</p>'
        "<p>Results appear in the minute in which the person finishes.</p></div>"
    )
    stage_card(desk, read)
    questions_card(desk, read)
    checks_card(desk, application)
    engagement_card(desk, application)
    comments_card(desk, read)
    st.stop()

named = names_of(read.fit.named, read.facet_names)
html(
    f"<p>{chip(PERSON_CHIPS[read.fit.band], band_words(read.fit.band, named))}</p><p>{escape(band_advice(read.fit.band))}</p>"
)
draft_note(more=UNSTEADY)
document_buttons(desk, application, PERSON)

left, right = st.columns([5, 3], gap="medium")
with left:
    fit_card(read)
    shape_card(read)
with right:
    stage_card(desk, read)
    explore_card(read)
    own_words_card(read)
    questions_card(desk, read)
why_card(read, library=desk.house.library)
roles_card(desk, read)
scenarios_card(read)
answers_card(desk, read)
facts_card(read)
checks_card(desk, application)
engagement_card(desk, application)
comments_card(desk, read)
