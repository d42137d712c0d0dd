"""Where the application stands: steps with dates, the time of the talk, what was decided, what we wrote, a way to ask."""

from html import escape

import streamlit as st

from assessment.messages.plain_pages import put_in, say_date
from assessment.pages.parts.candidate_decision import decision_cards
from assessment.pages.parts.candidate_frame import begin, bottom, top
from assessment.pages.parts.candidate_talk import talk_card
from assessment.pages.parts.dress import card, html, icon
from assessment.pages.parts.trouble import said_here
from assessment.services import own_words
from assessment.services import sitting as verbs
from assessment.services.outbox import mark_read, messages_for
from assessment.services.reminders import no_reminders
from assessment.services.status import StatusStep, status

here = begin()
sitting, words, organisation = here.sitting, here.words.progress, here.sitting.organisation
contact = f"{organisation.contact_name}, {organisation.contact}"
found = status(here.house, actor=here.actor, now=here.now)
top(
    here,
    "status",
    put_in(words["title"], name=sitting.person_name),
    put_in(words["line"], role=found.title, organisation=organisation.name),
)
if sitting.works_here:
    home = escape(here.words.check_in["back"])
    html(f'<p><a class="button" href="/first-days" target="_self">{home}</a></p>')
ICONS = {"done": "done", "now": "now", "next": "next"}


def line(step: StatusStep) -> str:
    """One step in words, with its day."""
    on, by = (say_date(day, sitting.language) if day else "" for day in (step.on, step.by))
    contact_name = organisation.contact_name
    if step.id == "received":
        return put_in(words["received_done"], date=on) if on else put_in(words["received_open"], date=by)
    if step.id == "talk":
        if step.state == "done":
            return put_in(words["talk_over"], date=on)
        if found.picked is not None:
            return put_in(words["talk_booked"], slot=found.picked.when)
        return put_in(words["talk_late" if step.late else "talk_choose"], date=by) if by else words["talk_next"]
    if step.state == "next":
        return words[f"{step.id}_next"]
    if step.state == "done":
        return put_in(words[f"{step.id}_done"], date=on)
    return put_in(words["late" if step.late else f"{step.id}_now"], date=by, contact_name=contact_name)


def step_item(step: StatusStep) -> str:
    quiet = ' class="next"' if step.state == "next" else ""
    current = ' aria-current="step"' if step.state == "now" else ""
    return (
        f"<li{quiet}{current}>{icon(ICONS[step.state])}<span class='what'>{escape(words[step.id])}</span><br>"
        f'<span class="muted">{escape(line(step))}</span></li>'
    )


if found.withdrawn:
    with card("left"):
        html(f"<h2>{escape(words['left'])}</h2><p>{escape(words['left_line'])}</p>")
        if st.button(words["back"], key="come-back", width="stretch"):
            with said_here():
                verbs.come_back(here.house, actor=here.actor, now=here.now)
                st.rerun()
else:
    decision_cards(here)
    talk_card(here, found)

with card("steps"):
    html(f"<h2>{escape(words['steps'])}</h2><ol class='steps'>{''.join(map(step_item, found.steps))}</ol>")
    href, label = (
        ("/questionnaire", words["result"]) if found.handed_in else ("/questionnaire", here.words.welcome["go_on"])
    )
    if found.handed_in or sitting.status == "open":
        html(f'<p><a class="button" href="{href}" target="_self">{escape(label)}</a></p>')

with card("ask"):
    html(f"<h2>{escape(words['ask'])}</h2><p>{escape(put_in(words['ask_line'], contact=contact))}</p>")
    with st.form("ask", border=False, clear_on_submit=True):
        text = st.text_area(words["words"], max_chars=2000, key="question")
        if st.form_submit_button(words["send"], width="stretch") and text.strip():
            with said_here():
                own_words.ask(here.house, text, actor=here.actor, now=here.now)
                st.session_state["asked"] = True
    if st.session_state.pop("asked", False):
        html(f'<p role="status">{escape(words["asked"])}</p>')

with card("messages"):
    html(f"<h2>{escape(words['messages'])}</h2>")
    messages = messages_for(here.house, actor=here.actor, now=here.now)
    if not messages:
        html(f'<p class="muted">{escape(words["messages_none"])}</p>')
    for message in messages:
        day = say_date(organisation.day(message.at), sitting.language)
        html(
            f'<details class="message"><summary><b>{escape(message.subject)}</b><br>{escape(day)}</summary>'
            f'<p class="typed">{escape(message.text)}</p></details>'
        )
    if unread := [message.id for message in messages if not message.read]:
        mark_read(here.house, unread, actor=here.actor, now=here.now)
    if found.open:
        kept = found.no_reminders
        chosen = st.checkbox(words["no_reminders"], value=kept, key=f"no-reminders-{kept}")
        if chosen != kept:  # the key changes with what is kept, so that another tab cannot put it back
            no_reminders(here.house, chosen, actor=here.actor, now=here.now)
            st.rerun()
        if kept:
            html(f'<p class="muted">{escape(words["reminders_off"])}</p>')

if sitting.kiosk:
    html(
        '<form method="post" action="/kiosk/done"><button class="button" type="submit">'
        f"{escape(here.words.result['hand_back'])}</button></form>"
    )
if found.open and st.button(words["leave"], key="leave-here", type="tertiary"):
    st.switch_page("candidate/leave.py")
bottom(here, leave=False)
