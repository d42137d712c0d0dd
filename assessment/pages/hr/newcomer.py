"""One newcomer: plan, modules, check-ins, and what came of it."""

from html import escape

import streamlit as st

from assessment.pages.parts.check_in_cards import check_ins_card, newcomer_warnings_card
from assessment.pages.parts.dress import add_sheet, html
from assessment.pages.parts.leads_card import leads_card
from assessment.pages.parts.learning import learning_card
from assessment.pages.parts.outcome_card import outcome_card
from assessment.pages.parts.own_page_card import own_page_card
from assessment.pages.parts.plan_card import no_plan_card, plan_card
from assessment.pages.parts.staff_frame import begin, nothing_yet, parameter, top
from assessment.services.newcomers import PLAN_DAYS
from assessment.services.plan_view import NoPlan, PlanView, plan_of

desk = begin()
add_sheet("first_days.css")
application_id = parameter("application")
if not application_id:
    top(desk, "newcomer", "Newcomer")
    nothing_yet(
        "Choose somebody from the list.", "Then the plan stands here.", button="First 90 days", page="hr/newcomers.py"
    )
    st.stop()


def day_line(found: PlanView) -> str:
    if found.day < 1:
        left = 1 - found.day
        return f"First day in {left} {'day' if left == 1 else 'days'}, on {found.starts_on.day} {found.starts_on:%B %Y}"
    if found.day > PLAN_DAYS:
        return f"Day {found.day}. The first 90 days are over."
    return f"Day {found.day} of {PLAN_DAYS}"


found = plan_of(desk.house, application_id, actor=desk.actor, now=desk.now)
line = found.title if isinstance(found, NoPlan) else f"{found.title} · {day_line(found)}"
top(desk, "newcomer", found.name, line, above="First 90 days")
links = [("/newcomers" if desk.actor.role != "supervisor" else "/", "All newcomers")]
if desk.actor.role != "supervisor":
    links += [
        (f"/candidate?application={application_id}", "Answers"),
        (f"/decision?application={application_id}", "Decision"),
    ]
html(" · ".join(f'<a href="{escape(href)}" target="_self">{words}</a>' for href, words in links))

newcomer_warnings_card(desk, application_id)
if isinstance(found, NoPlan):
    no_plan_card(desk, found)
else:
    plan_card(desk, found)
learning_card(desk, application_id)
check_ins_card(desk, application_id)
outcome_card(desk, application_id)
leads_card(desk, application_id)
own_page_card(desk, application_id)
