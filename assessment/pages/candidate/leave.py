"""Stopping: one tap with a reason or without."""

import streamlit as st

from assessment.pages.parts.candidate_frame import begin, bottom, go_on, top
from assessment.services import sitting as verbs

here = begin()
words = here.words.left
hiring = here.sitting.purpose == "hiring"
top(here, "leave", words.ask_title, words.ask if hiring else here.words.growth["stop_line"])

for at, reason in enumerate((*(words.reasons if hiring else ()), words.no_reason)):
    if st.button(reason, key=f"reason-{at}", width="stretch"):
        verbs.leave(here.house, "" if reason == words.no_reason else reason, actor=here.actor, now=here.now)
        go_on(here)
if st.button(words.stay, type="primary", width="stretch"):
    go_on(here)
bottom(here, leave=False)
