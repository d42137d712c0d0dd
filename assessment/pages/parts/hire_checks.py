"""The checks of a hire on the page of a person, once there is an offer."""

from html import escape

import streamlit as st

from assessment.pages.parts.dress import card, chip, html
from assessment.pages.parts.staff_frame import Desk
from assessment.pages.parts.trouble import said_here
from assessment.reports.words import day
from assessment.roles.checklist import default_checks
from assessment.services.hire_checks import Check, begin_checks, checks_of, may_begin
from assessment.services.settling_checks import confirm, not_needed, reopen


def checks_card(desk: Desk, application_id: str) -> None:
    """What is to be looked at before the first day; nothing at all before an offer."""
    found = checks_of(desk.house, application_id, actor=desk.actor, now=desk.now)
    after_offer = may_begin(desk.house, application_id, actor=desk.actor)
    if not found and not after_offer:
        return
    with card("hire-checks"):
        done = sum(check.outcome is not None for check in found)
        html(f"<h2>{f'{done} of {len(found)} checks are done' if found else 'Checks before the first day'}</h2>")
        html('<p class="muted">What you saw, in words, with your name and the day. No documents are kept here.</p>')
        with st.expander("Why health is not on this list"):
            html(f'<p class="muted">{escape(default_checks().never_before_offer)}</p>')
        if not found:
            if st.button("Begin the checks"):
                begin_checks(desk.house, application_id, actor=desk.actor, now=desk.now)
                st.rerun()
            return
        for check in found:
            _check(desk, check)


def _check(desk: Desk, check: Check) -> None:
    if check.outcome:
        state = chip("good", "Confirmed") if check.outcome == "confirmed" else chip("quiet", "Not needed")
    else:
        due = f"{check.due_on.day} {check.due_on:%B}" if check.due_on else ""
        state = chip("attend", f"Overdue since {due}") if check.overdue else chip("quiet", f"Due {due}")
    html(
        f'<ul class="rows todo"><li><div><b>{escape(check.title)}</b>{_seen(check)}</div>{state}</li></ul>',
    )
    if check.outcome:
        if st.button("Open it again", key=f"reopen-{check.id}"):
            reopen(desk.house, check.id, actor=desk.actor, now=desk.now)
            st.rerun()
        return
    with st.expander(f"Settle: {check.title.lower()}"):
        _settle(desk, check)


def _settle(desk: Desk, check: Check) -> None:
    html(f'<p class="muted">{escape(check.line)}</p>')
    with st.form(f"check-{check.id}", border=False):
        number, until = "", None
        if check.by_register:
            left, right = st.columns(2)
            number = left.text_input("Register number", max_chars=100, key=f"number-{check.id}")
            until = right.date_input("Valid until", None, format="DD/MM/YYYY", key=f"until-{check.id}")
        note = st.text_area("What you saw, or why it is not needed", max_chars=2000, height=80, key=f"seen-{check.id}")
        with st.container(horizontal=True):
            seen, left_out = st.form_submit_button("I have seen it"), st.form_submit_button("Not needed")
        if seen or left_out:
            with said_here():
                if seen:
                    confirm(
                        desk.house,
                        check.id,
                        note,
                        register_number=number,
                        valid_until=until,
                        actor=desk.actor,
                        now=desk.now,
                    )
                else:
                    not_needed(desk.house, check.id, note, actor=desk.actor, now=desk.now)
                st.rerun()


def _seen(check: Check) -> str:
    if check.evidence is None or check.settled_at is None:
        return f'<div class="sub">{escape(check.line)}</div>'
    until = check.evidence.valid_until
    parts = (
        f"No. {check.evidence.register_number}" if check.evidence.register_number else "",
        f"valid until {until.day} {until:%B %Y}" if until else "",
        check.evidence.note,
    )
    words = escape(" · ".join(part for part in parts if part))
    return f'<div>{words}</div><div class="sub">{escape(check.settled_by)}, {day(check.settled_at)}</div>'
