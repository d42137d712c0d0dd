"""Other systems: tokens by which they read and order here, and addresses that are told of changes."""

from html import escape

import streamlit as st

from assessment.pages.parts.dress import card, chip, html
from assessment.pages.parts.staff_frame import Desk
from assessment.pages.parts.trouble import said_here
from assessment.reports.words import day
from assessment.services.api_tokens import LONGEST_NAME, ApiToken, api_tokens, make_token, revoke_token
from assessment.services.webhooks import (
    Delivery,
    Webhook,
    add_webhook,
    deliveries,
    disable_webhook,
    send_again,
    send_test,
    webhooks,
)

CHIPS = {"waiting": ("attend", "waiting"), "done": ("good", "taken"), "failed": ("outside", "failed")}
KINDS = {"stage_moved": "Somebody moved to another stage", "test": "A test"}


def integrations_cards(desk: Desk) -> None:
    """For administrators only; nothing for others."""
    if desk.actor.role != "administrator":
        return
    _tokens_card(desk)
    _webhooks_card(desk)


def _tokens_card(desk: Desk) -> None:
    known = api_tokens(desk.house, actor=desk.actor)
    with card("tokens"):
        html(
            "<h2>Access for other systems</h2><p class='muted'>An applicant tracking system can order an assessment and fetch how "
            "far somebody is and what it came to. What it may call stands on "
            '<a href="/api" target="_blank">a page of its own</a>. Whoever has a token can do what it allows: keep it as a password.</p>'
        )
        _shown_once("token-made", "Copy the token now; it is not shown again.")
        if known:
            html(f'<ul class="rows todo">{"".join(_token_line(token) for token in known)}</ul>')
        with st.expander("Make a token"), st.form(f"token-{len(known)}", border=False):
            name = st.text_input("Which system is it for?", max_chars=LONGEST_NAME, placeholder="Our tracking system")
            may_order = st.checkbox("It may also order assessments, not only read")
            if st.form_submit_button("Make it"):
                with said_here():
                    st.session_state["token-made"] = make_token(
                        desk.house, name=name, may_order=may_order, actor=desk.actor, now=desk.now
                    )
                    st.rerun()
        standing = {token.id: token.name for token in known if token.revoked_at is None}
        if standing:
            with st.expander("Revoke a token"), st.form(f"revoke-{len(standing)}", border=False):
                which = st.selectbox("Whose", list(standing), format_func=lambda id_: standing[id_])
                sure = st.checkbox("It opens nothing from now on, for good")
                if st.form_submit_button("Revoke it") and sure:
                    with said_here():
                        revoke_token(desk.house, which, actor=desk.actor, now=desk.now)
                        st.rerun()


def _webhooks_card(desk: Desk) -> None:
    known = webhooks(desk.house, actor=desk.actor)
    with card("webhooks"):
        html(
            "<h2>Tell other systems</h2><p class='muted'>Each address hears when somebody moves to another stage: ids only, no names, "
            "signed with a secret of its own. What is not taken is sent again after 1, 5 and 30 minutes, 2, 8 and 24 hours.</p>"
        )
        _shown_once(
            "webhook-made", "Copy the secret now; it is not shown again. Messages to this address are signed with it."
        )
        for webhook in known:
            _webhook_row(desk, webhook)
        with st.expander("Add an address"), st.form(f"webhook-{len(known)}", border=False):
            url = st.text_input("Address", max_chars=500, placeholder="https://ats.example.org/carefit")
            if st.form_submit_button("Add it"):
                with said_here():
                    st.session_state["webhook-made"] = add_webhook(desk.house, url, actor=desk.actor, now=desk.now)
                    st.rerun()
        sent = deliveries(desk.house, actor=desk.actor)
        if sent:
            with st.expander(f"What was sent ({len(sent)})"):
                _log(desk, sent)


def _webhook_row(desk: Desk, webhook: Webhook) -> None:
    html(
        f'<ul class="rows todo"><li><div><span class="who">{escape(webhook.url)}</span>'
        f'<div class="sub">since {day(webhook.created_at)}</div></div></li></ul>'
    )
    with st.container(horizontal=True):
        test = st.button("Send a test", key=f"test-{webhook.id}")
        off = st.button(
            "Switch it off", key=f"off-{webhook.id}", help="It hears no more; what still waits is not sent."
        )
    if test:
        with said_here():
            send_test(desk.house, webhook.id, actor=desk.actor, now=desk.now)
            html('<p role="status">It goes out within a few seconds; see “What was sent”.</p>')
    if off:
        with said_here():
            disable_webhook(desk.house, webhook.id, actor=desk.actor, now=desk.now)
            st.rerun()


def _log(desk: Desk, sent: tuple[Delivery, ...]) -> None:
    html(f'<ul class="rows todo">{"".join(_delivery_line(delivery) for delivery in sent)}</ul>')
    again = {
        d.id: f"{_when(d)} · {KINDS.get(d.kind, d.kind)} · {CHIPS[d.status][1]}" for d in sent if d.may_be_sent_again
    }
    if again:
        with st.form(f"again-{len(sent)}", border=False):
            which = st.selectbox("Once more", list(again), format_func=lambda id_: again[id_])
            if st.form_submit_button("Send again"):
                with said_here():
                    send_again(desk.house, which, actor=desk.actor, now=desk.now)
                    st.rerun()


def _token_line(token: ApiToken) -> str:
    used = f"last used {day(token.used_at)}" if token.used_at else "never used"
    may = "reads and orders" if token.may_order else "reads"
    state = chip("quiet", "revoked") if token.revoked_at else ""
    return (
        f'<li><div><span class="who">{escape(token.name)}</span><div class="sub">{may} · since {day(token.created_at)} · '
        f"{used}</div></div>{state}</li>"
    )


def _delivery_line(delivery: Delivery) -> str:
    tries = f"{delivery.tries} {'try' if delivery.tries == 1 else 'tries'}" if delivery.tries else "not tried yet"
    said = " · ".join(escape(part) for part in (_when(delivery), delivery.url, tries, delivery.answer) if part)
    return (
        f'<li><div><span class="who">{escape(KINDS.get(delivery.kind, delivery.kind))}</span>'
        f'<div class="sub">{said}</div></div>{chip(*CHIPS[delivery.status])}</li>'
    )


def _when(delivery: Delivery) -> str:
    return f"{day(delivery.created_at)}, {delivery.created_at:%H:%M} UTC"


def _shown_once(key: str, words: str) -> None:
    """What was just made, on this one run of the page."""
    with st.container():  # always there, so that what follows keeps its place
        if made := st.session_state.pop(key, None):
            html(f'<p role="status"><b>{escape(words)}</b></p>')
            st.code(made, language=None, wrap_lines=True)
