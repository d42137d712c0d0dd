"""One thing of the inbox: what was written, whose it is, the answer with ready ones to begin from, and its history."""

from datetime import datetime
from html import escape

import streamlit as st

from assessment.pages.parts.dress import card, chip, html
from assessment.pages.parts.staff_frame import Desk
from assessment.pages.parts.trouble import said_here
from assessment.services.answering import Ready, answer_inquiry, next_step_of, ready_answers
from assessment.services.inquiries import Inquiry, inquiry
from assessment.services.inquiry_assignment import assign_inquiry, colleagues
from assessment.services.inquiry_history import inquiry_history
from assessment.services.today import settle_adjustment

WROTE = {
    "question": "{} asks",
    "note": "{} says: this is not me",
    "adjustment": "{} asks for another way to answer",
}
LANGUAGES = {"en": "English", "es": "Spanish"}


def inquiry_card(desk: Desk, kind: str, inquiry_id: str) -> None:
    """Everything about one inquiry; what goes wrong with it is said by the page."""
    found = inquiry(desk.house, kind, inquiry_id, actor=desk.actor, now=desk.now)
    with card("wrote"):
        _wrote(desk, found)
    if found.kind == "adjustment":
        if found.answered_at is None:
            _settle(desk, found)
    else:
        with card("answer"):
            _answer(desk, found)
    with card("history"):
        _history(desk, found)


def _wrote(desk: Desk, found: Inquiry) -> None:
    if found.answered_at:
        state = chip("good", "Seen to" if found.kind == "adjustment" else "Answered")
    else:
        state = chip("attend" if found.overdue else "quiet", found.clock)
    about = f"About: {found.about}. " if found.about else ""
    person = f'<a href="/candidate?application={found.application_id}" target="_self">{escape(found.name)}</a>'
    html(
        f"<h2>{escape(WROTE[found.kind].format(found.name))}</h2>"
        f'<p class="lead">“{_lines(found.text)}”</p>'
        f'<p class="muted">{escape(about)}{person} · {escape(found.vacancy_title)} · {_when(desk, found.asked_at)}</p>'
        f"<p>{state}</p>"
    )
    if found.kind == "adjustment":
        html('<p class="muted small">Kept apart from the answers. It stays with the owner of the opening.</p>')
    elif found.answered_at is None:
        if found.stands_in:
            html(
                f'<p class="muted small">{escape(found.responsible)} is away: {escape(found.stands_in)} stands in.</p>'
            )
        _assign(desk, found)


def _assign(desk: Desk, found: Inquiry) -> None:
    names = {c.account_id: c.name for c in colleagues(desk.house, actor=desk.actor)}
    whose: list[str | None] = [None, *names]
    owner = f"The owner of the opening{f' ({found.responsible})' if found.assigned_id is None else ''}"
    chosen = st.selectbox(
        "Who answers",
        whose,
        index=whose.index(found.assigned_id) if found.assigned_id in names else 0,
        format_func=lambda id_: owner if id_ is None else names[id_],
        key=f"assign-{found.id}-{found.assigned_id}",
    )
    if chosen != found.assigned_id:
        with said_here():
            assign_inquiry(desk.house, found.kind, found.id, chosen, actor=desk.actor, now=desk.now)
            st.rerun()


def _settle(desk: Desk, found: Inquiry) -> None:
    with card("settle"):
        html("<h2>See to it</h2><p>Call or write to the person and agree on what helps. Then say so here.</p>")
        if st.button("It is seen to", type="primary"):
            settle_adjustment(desk.house, found.id, actor=desk.actor, now=desk.now)
            st.rerun()


def _answer(desk: Desk, found: Inquiry) -> None:
    language = LANGUAGES.get(found.language, found.language)
    html(f"<h2>{'Add to the answer' if found.answer else 'Your answer'}</h2>")
    if found.answer:
        html(f'<p class="lead">{_lines(found.answer)}</p>')
    where = "beside the note" if found.kind == "note" else "below the question"
    html(f'<p class="muted">{escape(found.name)} gets it as a message in {language} and sees it {where}.</p>')
    field = f"answer-{found.id}-{bool(found.answer)}-{len(found.answer or '')}"
    _ready(desk, found, field)
    with st.form("answer", border=False):
        text = st.text_area(f"Answer, in {language}", max_chars=4000, height=180, key=field)
        step, on = "", None
        if found.kind == "question":
            usual = next_step_of(desk.house, found.kind, found.id, actor=desk.actor, now=desk.now)
            left, right = st.columns([3, 2])
            step = left.text_input(f"Your next step, in {language}", usual.words, max_chars=80)
            on = right.date_input("By", usual.on, format="DD/MM/YYYY")
        if st.form_submit_button("Send", type="primary"):
            with said_here():
                answer_inquiry(
                    desk.house, found.kind, found.id, text, next_step=step, next_on=on, actor=desk.actor, now=desk.now
                )
                st.rerun()


def _ready(desk: Desk, found: Inquiry, field: str) -> None:
    ready = {r.id: r for r in ready_answers(desk.house, found.kind, found.id, actor=desk.actor, now=desk.now)}
    chosen = st.selectbox(
        "Begin from a ready answer",
        [None, *ready],
        format_func=lambda id_: "My own words" if id_ is None else ready[id_].title,
        key=f"ready-{found.id}",
    )
    if chosen is None:
        return
    html(f'<p class="muted small">In English: {_lines(ready[chosen].english)}</p>' if found.language != "en" else "")
    st.button("Put it in", on_click=_put_in, args=(field, ready[chosen]), help="What stands in [ ] is yours to fill.")


def _put_in(field: str, ready: Ready) -> None:
    before = str(st.session_state.get(field, "")).strip()
    st.session_state[field] = f"{before}\n\n{ready.text}" if before else ready.text


def _history(desk: Desk, found: Inquiry) -> None:
    html("<h2>History</h2>")
    rows = "".join(
        f'<li><div>{escape(h.what)}</div><div class="sub">{_when(desk, h.at)}</div></li>'
        for h in inquiry_history(desk.house, found.kind, found.id, actor=desk.actor, now=desk.now)
    )
    html(f'<ul class="rows todo">{rows}</ul>')


def _when(desk: Desk, at: datetime) -> str:
    local = at.astimezone(desk.organisation.zone)
    return f"{local.day} {local:%B}, {local:%H:%M}"


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")
