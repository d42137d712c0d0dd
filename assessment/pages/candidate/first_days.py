"""The home of somebody who works here: plan, modules, check-ins, what this work asks."""

from html import escape

from assessment.messages.plain_pages import put_in, say_date
from assessment.pages.parts.candidate_frame import begin, bottom, top
from assessment.pages.parts.check_in_due import due_card
from assessment.pages.parts.dress import add_sheet, card, html
from assessment.pages.parts.growth_cards import growth_card
from assessment.pages.parts.learning import modules_card, seminars_card
from assessment.pages.parts.own_plan_cards import call_card, first_day_card, no_plan_yet, week_card, whole_plan
from assessment.pages.parts.team_cards import team_question
from assessment.services.own_plan import MyPlan, my_plan

here = begin()
add_sheet("first_days.css")
words, sitting = here.words.first_days, here.sitting
newcomer = sitting.purpose == "hiring"


def line(found: MyPlan | None) -> str:
    if found is None:
        return ""
    if found.over:
        return put_in(words["after"], name=sitting.person_name)
    if found.day < 1:
        return put_in(words["before"], name=sitting.person_name, date=say_date(found.starts_on, sitting.language))
    return put_in(words["day"], n=found.day)


found = my_plan(here.house, actor=here.actor, now=here.now)
top(here, "first-days", words["title" if newcomer else "growth_title"], line(found) if newcomer else "")
if newcomer:
    due_card(here)
if found is not None:
    if found.day <= 1:
        first_day_card(here, found)
    week_card(here, found)
    whole_plan(here, found)
    if found.day > 1:
        first_day_card(here, found)
elif newcomer:
    no_plan_yet(here)
planned = found.modules if found else ()
modules_card(here, planned)
seminars_card(here, planned)
if newcomer:
    call_card(here)
with card("work"):
    to_status = f'<p><a href="/status" target="_self">{escape(words["status"])}</a></p>' if newcomer else ""
    html(
        f'<h2>{escape(words["work"])}</h2><p><a class="button" href="/this-work" target="_self">{escape(words["work_open"])}</a></p>'
        f"{to_status}"
    )
growth_card(here)
team_question(here)
bottom(here, leave=False)
