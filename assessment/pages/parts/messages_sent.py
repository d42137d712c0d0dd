"""The outbox on the page: a list with filters, and one message with what can be done about it."""

from datetime import datetime
from html import escape

import streamlit as st

from assessment.pages.parts.dress import card, chip, html
from assessment.pages.parts.staff_frame import Desk, parameter
from assessment.pages.parts.trouble import said_here
from assessment.reports.message_words import MESSAGE_STATES, MESSAGES
from assessment.services import outbox as services
from assessment.services import outbox_by_hand as by_hand
from assessment.services.outbox import Letter

PER_PAGE = 25
LANGUAGES = {"en": "English", "es": "Spanish"}
KINDS = {
    "draft": "attend",
    "queued": "quiet",
    "sending": "quiet",
    "sent": "good",
    "failed": "outside",
    "dropped": "quiet",
}


def sent(desk: Desk) -> None:
    """Every message, newest first."""
    asked = parameter("status")
    left, middle, right = st.columns([1, 1.4, 1.4])
    states = ["", *MESSAGE_STATES]
    status = left.selectbox(
        "State",
        states,
        index=states.index(asked) if asked in states else 0,
        format_func=lambda s: MESSAGE_STATES.get(s, "All"),
        key="status",
    )
    kind = middle.selectbox("Kind", ["", *MESSAGES], format_func=lambda k: MESSAGES.get(k, "All"), key="kind")
    person = right.text_input("Person", placeholder="Name or address", key="person")
    found = services.outbox(
        desk.house,
        status=status or None,
        template=kind or None,
        person=person,
        application_id=parameter("application") or None,
        actor=desk.actor,
        now=desk.now,
    )
    if not desk.house.sends_mail:
        html(
            '<p class="muted small">No mail server is set, so messages wait here: open one, copy it, send it your way, '
            "and mark it as sent. Once a mail server is set up for Carefit, they go by themselves.</p>"
        )
    with card("outbox"):
        if not found:
            html('<div class="empty"><p class="lead">Here will stand what was written to people.</p></div>')
            return
        pages = -(-len(found) // PER_PAGE)
        at = st.pagination(pages, key="page") if pages > 1 else 1
        shown = found[(at - 1) * PER_PAGE : at * PER_PAGE]
        html(f'<ul class="rows todo">{"".join(_row(desk, letter) for letter in shown)}</ul>')


def one_message(desk: Desk, id_: str) -> None:
    """One message whole, and what can be done about it."""
    html('<p><a href="/messages" target="_self">All messages</a></p>')
    letter = services.message(desk.house, id_, actor=desk.actor)
    with card("message"):
        to = letter.to or "no e-mail address"
        lines = [
            f"{MESSAGES.get(letter.template, letter.template)}, in {LANGUAGES.get(letter.language, letter.language)}",
            f"To {letter.name or 'somebody'}, {to}",
            _became(desk, letter),
        ]
        html(
            f"<p>{_chips(letter, desk.now)}</p>{''.join(f'<p>{escape(line)}</p>' for line in lines)}"
            f'<div class="letter"><p class="subject">{escape(letter.subject)}</p>'
            f'<p class="body">{escape(letter.text)}</p></div>'
        )
        if letter.calendar:
            html('<p class="muted small">A calendar entry goes with it.</p>')
        if letter.application_id:
            html(f'<p><a href="/candidate?application={letter.application_id}" target="_self">Open the person</a></p>')
    _act(desk, letter)


def _row(desk: Desk, letter: Letter) -> str:
    kind = MESSAGES.get(letter.template, letter.template)
    when = letter.sent_at or letter.not_before
    line = " · ".join((kind, LANGUAGES.get(letter.language, letter.language), _moment(desk, when)))
    return (
        f'<li><div><a class="who" href="/messages?id={letter.id}" target="_self">{escape(letter.name or "Somebody")}</a>'
        f"<div>{escape(letter.subject)}</div>"
        f'<div class="sub">{escape(line)}</div></div><div>{_chips(letter, desk.now)}</div></li>'
    )


def _chips(letter: Letter, now: datetime) -> str:
    chips = [chip(KINDS[letter.status], MESSAGE_STATES[letter.status])]
    due = letter.by_hand and not letter.for_staff and letter.not_before <= now
    if letter.status == "queued" and due:
        chips = [chip("attend", "To send by hand")]
    if letter.read_at:
        chips.append(chip("good", "Read in the app"))
    if letter.maybe_twice:
        chips.append(chip("attend", "Perhaps twice"))
    return " ".join(chips)


def _became(desk: Desk, letter: Letter) -> str:
    """What became of it, in a sentence."""
    if letter.status == "sent":
        how = "sent by hand" if letter.how == "hand" else "handed to the mail server"
        return f"It was {how} on {_moment(desk, letter.sent_at or letter.not_before)}."
    if letter.status == "failed":
        tried = f"Tried {letter.tries} time{'s' * (letter.tries != 1)}. " if letter.tries else ""
        return f"{tried}{letter.error}"
    if letter.status == "dropped":
        return f"It was dropped: {letter.error or 'by hand'}."
    if letter.status == "draft":
        return "It is a draft. Nobody has got it."
    error = f" Last time: {letter.error}" if letter.error else ""
    return f"It waits to go from {_moment(desk, letter.not_before)}.{error}"


def _moment(desk: Desk, when: datetime) -> str:
    local = when.astimezone(desk.organisation.zone)
    return f"{local.day} {local:%B}, {local:%H:%M}"


def _act(desk: Desk, letter: Letter) -> None:
    house, actor, now = desk.house, desk.actor, desk.now
    if letter.of_decision and letter.status == "draft":
        html(
            f'<p>This message belongs to a decision. <a href="/decision?application={letter.application_id}" '
            'target="_self">Read, change and send it there.</a></p>'
        )
        return
    if letter.status == "draft":
        with card("draft"):
            html("<h2>Change and send</h2>")
            subject = st.text_input("Subject", letter.subject, max_chars=by_hand.LONGEST_SUBJECT)
            text = st.text_area("Message", letter.text, height=320)
            with st.container(horizontal=True), said_here():
                if st.button("Send", type="primary"):
                    if (subject, text) != (letter.subject, letter.text):
                        by_hand.edit_draft(house, letter.id, subject=subject, text=text, actor=actor, now=now)
                    by_hand.send_draft(house, letter.id, actor=actor, now=now)
                    st.rerun()
                if st.button("Save"):
                    by_hand.edit_draft(house, letter.id, subject=subject, text=text, actor=actor, now=now)
                    st.rerun()
                if st.button("Drop"):
                    by_hand.drop(house, letter.id, actor=actor, now=now)
                    st.rerun()
        return
    if letter.status in ("queued", "failed"):
        with card("by-hand"):
            html("<h2>By hand</h2><p class='muted'>Copy it, send or say it your way, then mark it as sent.</p>")
            if letter.to:
                st.code(letter.to, language=None, wrap_lines=True)
            st.code(letter.subject, language=None, wrap_lines=True)
            st.code(letter.text, language=None, wrap_lines=True)
            if letter.sms:
                html('<p class="muted small">Or as a text message:</p>')
                st.code(letter.sms, language=None, wrap_lines=True)
            with st.container(horizontal=True), said_here():
                if st.button("Mark as sent", type="primary"):
                    by_hand.mark_sent_by_hand(house, letter.id, actor=actor, now=now)
                    st.rerun()
                if letter.status == "failed" and st.button("Try to send again"):
                    by_hand.send_again(house, letter.id, actor=actor, now=now)
                    st.rerun()
                if st.button("Drop", help="Nobody gets it."):
                    by_hand.drop(house, letter.id, actor=actor, now=now)
                    st.rerun()
