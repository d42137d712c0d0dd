"""One person decides about one application: both sides, what they weigh, the reasons, and the words that go out."""

from html import escape

import streamlit as st

from assessment.pages.parts.decide_form import decide_form
from assessment.pages.parts.decision_outcome import answer_card, history_card, message_card
from assessment.pages.parts.decision_sides import order_card, questionnaire_card, talk_card, weights_card
from assessment.pages.parts.dress import add_sheet, chip, html
from assessment.pages.parts.masked import masked_view
from assessment.pages.parts.staff_frame import begin, draft_note, nothing_yet, parameter, top
from assessment.pages.parts.team_cards import team_card
from assessment.reports.words import STAGES
from assessment.services.decision_view import decision_view

desk = begin()
add_sheet("decision.css")
application = parameter("application")
if not application:
    top(desk, "decision", "Decision")
    nothing_yet("Choose somebody from the list.", "", button="Candidates", page="hr/candidates.py")
    st.stop()

view = masked_view(desk, decision_view(desk.house, application, actor=desk.actor, now=desk.now))
top(desk, "decision", view.name, f"Stage: {STAGES[view.stage].lower()}. A person decides, and says why.")
html(
    f'<p class="eyebrow"><a href="/candidates?vacancy={view.vacancy_id}" target="_self">{escape(view.title)}</a> · '
    f'<a href="/candidate?application={application}" target="_self">Report</a> · '
    f'<a href="/kit?application={application}" target="_self">Questions for the talk</a> · '
    f'<a href="/ratings?application={application}" target="_self">Ratings</a></p>'
)
if view.weights.questionnaire == 0 and view.questionnaire is not None:
    draft_note()
for warning in st.session_state.pop("decision-said", ()):
    html(f'<p role="status">{chip("attend", warning)}</p>')

left, right = st.columns(2, gap="medium")
with left:
    questionnaire_card(view)
with right:
    talk_card(view)
weights_card(view)
if view.questionnaire is not None:
    team_card(desk, view.vacancy_id, {view.name: view.questionnaire.standings})
order_card(view)
decide_form(desk, view)
message_card(desk, view)
answer_card(desk, view)
history_card(desk, view)
