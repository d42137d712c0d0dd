"""The job as it is: honest facts, each fine, to talk about, or not for me. Never scored."""

from html import escape

import streamlit as st

from assessment.messages.plain_pages import put_in, say_date
from assessment.pages.parts.candidate_frame import begin, bottom, go_to, top
from assessment.pages.parts.dress import card, html
from assessment.services.answers import reuse_earlier
from assessment.services.sitting import answer_fact

here = begin()
words, wording = here.words.job, here.house.library.job_facts(here.sitting.language)
top(here, "job", words["title"], words["line"])

sitting, welcome = here.sitting, here.words.welcome
if sitting.may_reuse and not sitting.reused:
    with card("reuse"):
        before = sitting.may_reuse
        date = say_date(before.finished_on, sitting.language)
        said = put_in(welcome["reuse"], date=date, role=before.role_title, n=before.items)
        html(f"<h2>{escape(welcome['reuse_title'])}</h2><p>{escape(said)}</p>")
        if st.button(welcome["reuse_yes"], width="stretch"):
            reuse_earlier(here.house, actor=here.actor, now=here.now)
            st.rerun()
elif sitting.reused:
    html(f'<p role="status">{escape(welcome["reuse_done"])}</p>')

for fact in here.sitting.facts:
    with card(f"fact-{fact.id}"):
        html(f"<h2>{escape(fact.title)}</h2><p>{escape(fact.text)}</p>")
        saved = here.sitting.fact_answers.get(fact.id)
        options = list(wording.answers)
        chosen = st.radio(
            fact.title,
            options,
            index=options.index(saved) if saved in options else None,
            format_func=lambda answer: wording.answers[answer],
            key=f"fact-{fact.id}-{here.sitting.language}",
            label_visibility="collapsed",
            width="stretch",
        )
        if chosen is not None and chosen != saved:
            answer_fact(here.house, fact.id, chosen, actor=here.actor, now=here.now)

html(f'<p class="muted">{escape(wording.change_note)} {escape(words["open"])}</p>')
if st.button(words["next"], type="primary", width="stretch"):
    go_to(here, "practice")
if st.button(here.words.simple["back"], width="stretch"):
    go_to(here, "welcome")
bottom(here)
