"""The statements and scenes. The component pages and saves by itself; this page only waits for the end."""

import streamlit as st

from assessment.pages.parts.candidate_frame import begin, bottom, go_on, top
from assessment.pages.parts.questions.component import questions

here = begin()
top(here, "questions", "")

if questions(here.sitting, here.words, library=here.house.library):
    go_on(here)

if st.button(here.words.simple["link"], key="simple", type="tertiary"):
    st.switch_page("candidate/simple.py")
bottom(here)
