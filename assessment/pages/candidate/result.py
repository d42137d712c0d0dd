"""The candidate's own result: what you bring, where support may help, how sure, what comes next, and ways to be heard."""

from html import escape

import streamlit as st

from assessment.messages.plain_pages import put_in, say_date
from assessment.pages.parts.candidate_frame import begin, bottom, top
from assessment.pages.parts.dress import card, html, icon, strip
from assessment.pages.parts.growth_cards import growth_next
from assessment.services import own_words
from assessment.services.result import FacetFeedback, result
from assessment.services.status import lands_on_status

here = begin()
sitting, words, organisation = here.sitting, here.words.result, here.sitting.organisation
found = result(here.house, actor=here.actor, now=here.now)
top(here, "result", put_in(words["title"], name=found.person_name), words["line"])


def pictures(feedback: tuple[FacetFeedback, ...]) -> str:
    return "".join(
        strip(f.name, f.text, low_pole=f.low_pole, high_pole=f.high_pole, at=f.t, low=f.low, high=f.high)
        for f in feedback
    )


def lines(text: str) -> str:
    """What somebody typed, with their line breaks."""
    return escape(text).replace("\n", "<br>")


if not found.strong:
    html(f"<p>{escape(words['none'])}</p>")
else:
    with card("strong"):
        html(f"<h2>{escape(words['strong'])}</h2>{pictures(found.strong)}")
if found.support:
    with card("support"):
        html(f"<h2>{escape(words['support'])}</h2>{pictures(found.support)}")
if found.about:
    with card("about"):
        html(f"<h2>{escape(words['about'])}</h2><p>{escape(words['about_line'])}</p>{pictures(found.about)}")
with card("sure"):
    html(f"<h2>{escape(words['sure'])}</h2><p>{escape(found.sure)}</p>")
    for line in (found.fewer, found.compared):
        if line:
            html(f"<p>{escape(line)}</p>")
    if found.provisional:
        html(f"<p>{escape(found.trial.strip())}</p>")
    if found.not_scored:
        html(f"<p>{escape(put_in(words['not_scored'], names=', '.join(found.not_scored)))}</p>")

if found.growth:
    growth_next(here, found)
    st.stop()

with card("next"):
    by = put_in(
        words["status_by"], contact_name=organisation.contact_name, date=say_date(found.read_by, sitting.language)
    )
    finished = say_date(found.finished_at.date(), sitting.language)
    steps = (
        ("done", "", words["status_done"], finished),
        ("now", "", words["status_read"], by),
        ("next", "next", words["status_talk"], words["status_talk_line"]),
    )
    listed = "".join(
        f'<li class="{kind}">{icon(sign)}<span class="what">{escape(what)}</span><br>'
        f'<span class="muted">{escape(line)}</span></li>'
        for sign, kind, what, line in steps
    )
    beyond = lands_on_status(here.house, actor=here.actor)  # then the page of the status says what comes next
    html(
        f"<h2>{escape(words['next'])}</h2>"
        + ("" if beyond else f"<ol class='steps'>{listed}</ol>")
        + f'<p><a class="button" href="/status" target="_self">{escape(here.words.progress["result_back"])}</a></p>'
    )

with card("not-me"):
    html(f"<h2>{escape(words['not_me'])}</h2><p>{escape(words['not_me_line'])}</p>")
    names = {f.facet: f.name for f in (*found.strong, *found.support, *found.about)}
    for note in own_words.notes(here.house, actor=here.actor):
        about = names.get(note.facet or "", words["about_all"])
        html(f'<blockquote class="lead">{escape(note.text)}</blockquote><p class="muted small">{escape(about)}</p>')
        if note.answer:
            html(f"<p><b>{escape(words['answer'])}:</b> {lines(note.answer)}</p>")
    with st.form("not-me", border=False, clear_on_submit=True):
        facet = st.selectbox(
            words["which"], [None, *names], format_func=lambda f: words["about_all"] if f is None else names[f]
        )
        text = st.text_area(words["words"], max_chars=2000, key="note")
        if st.form_submit_button(words["send"], width="stretch") and text.strip():
            own_words.note(here.house, text, facet=facet, actor=here.actor, now=here.now)
            st.session_state["noted"] = True
            st.rerun()
    if st.session_state.pop("noted", False):
        html(f'<p role="status">{escape(words["thanks"])}</p>')

with card("ask"):
    html(f"<h2>{escape(words['ask'])}</h2><p>{escape(put_in(words['ask_line'], contact=organisation.contact))}</p>")
    for question in own_words.questions(here.house, actor=here.actor):
        reply = (
            f"<b>{escape(words['answer'])}:</b> {lines(question.answer)}"
            if question.answer
            else escape(words["waiting"])
        )
        html(f'<p class="lead">{escape(question.text)}</p><p>{reply}</p>')
    with st.form("ask", border=False, clear_on_submit=True):
        text = st.text_area(words["words"], max_chars=2000, key="question")
        if st.form_submit_button(words["send"], width="stretch") and text.strip():
            own_words.ask(here.house, text, actor=here.actor, now=here.now)
            st.session_state["asked"] = True
            st.rerun()
    if st.session_state.pop("asked", False):
        html(f'<p role="status">{escape(words["asked"])}</p>')

html(
    f'<p><a class="button" href="/my/result.pdf">{escape(words["download"])} (PDF)</a></p>'
    f'<p><a class="button" href="/my/result.html">{escape(words["download"])}</a></p>'
)
html(
    f'<p class="muted">{escape(put_in(words["erase"], contact=f"{organisation.contact_name}, {organisation.contact}"))}</p>'
)
if sitting.kiosk:
    html(
        f'<form method="post" action="/kiosk/done"><button class="button" type="submit">{escape(words["hand_back"])}'
        "</button></form>"
    )
bottom(here, leave=False)
