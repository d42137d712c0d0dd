"""One line to try out; what is answered here is not kept."""

from html import escape

import streamlit as st

from assessment.pages.parts.candidate_frame import begin, bottom, go_to, top
from assessment.pages.parts.dress import html

here = begin()
words = here.words.practice
wording = here.house.library.wording(here.sitting.form.questionnaire, here.sitting.language)
top(here, "practice", wording.instructions.title)

html("<ul class='points'>" + "".join(f"<li>{escape(point)}</li>" for point in wording.instructions.points) + "</ul>")
html(f"<h2>{escape(words['title'])}</h2><p>{escape(wording.practice.intro)}</p>")
for line in wording.practice.lines.values():
    html(f'<p class="lead">{escape(line)}</p>')
    answered = st.radio(
        f"{words['try']} {line}",
        [wording.scale[value] for value in sorted(wording.scale)],
        index=None,
        key=f"practice-{here.sitting.language}",
        label_visibility="collapsed",
        width="stretch",
    )
    if answered:
        html(f'<p role="status">{escape(wording.practice.done)}</p>')

if st.button(words["next"], type="primary", width="stretch"):
    go_to(here, "questions")
if st.button(here.words.simple["back"], width="stretch"):
    go_to(here, "job" if here.sitting.purpose == "hiring" else "welcome")
bottom(here)
