"""Thanked for having taken part, and free to come back while the link is good."""

import streamlit as st

from assessment.messages.plain_pages import put_in
from assessment.pages.parts.candidate_frame import begin, bottom, go_on, top
from assessment.services import sitting as verbs

here = begin()
words, organisation = here.words.left, here.sitting.organisation
top(here, "left", words.title, words.line)
st.text(put_in(words.contact, contact=f"{organisation.contact_name}, {organisation.contact}"))
if st.button(words.back, width="stretch"):
    verbs.come_back(here.house, actor=here.actor, now=here.now)
    go_on(here)
bottom(here, leave=False)
