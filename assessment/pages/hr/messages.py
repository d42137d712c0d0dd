"""Messages: what was written to people and what became of it; and the words they are written in."""

import streamlit as st

from assessment.pages.parts.dress import add_sheet
from assessment.pages.parts.message_templates import templates
from assessment.pages.parts.messages_sent import one_message, sent
from assessment.pages.parts.staff_frame import begin, parameter, top
from assessment.reports.words import plural
from assessment.services.outbox import counts

VIEWS = {"outbox": "Outbox", "templates": "Templates"}

desk = begin()
add_sheet("messages.css")
found = counts(desk.house, actor=desk.actor, now=desk.now)
waits = f"{plural(found.by_hand, 'message')} to send by hand, " if found.by_hand else ""
top(desk, "messages", "Messages", f"{waits}{found.failed or 'none'} not delivered, {found.sent:,} sent.")

if parameter("id"):
    one_message(desk, parameter("id"))
    st.stop()
view = st.segmented_control(
    "View",
    list(VIEWS),
    default="templates" if parameter("view") == "templates" else "outbox",
    format_func=lambda v: VIEWS[v],
    key="view",
    label_visibility="collapsed",
)
if view == "templates":
    templates(desk)
else:
    sent(desk)
