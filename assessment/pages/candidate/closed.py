"""The days for answering are over: what was saved is kept, nothing is scored, and there is somebody to ask."""

import streamlit as st

from assessment.messages.plain_pages import put_in
from assessment.pages.parts.candidate_frame import begin, bottom, top

here = begin()
words, organisation = here.words.closed, here.sitting.organisation
top(here, "closed", words["title"], words["line"])
st.text(put_in(words["contact"], contact=f"{organisation.contact_name}, {organisation.contact}"))
bottom(here, leave=False)
