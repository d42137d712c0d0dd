"""The organisation, its accounts, one's own password, and signing out."""

from html import escape

import streamlit as st

from assessment.pages.parts.checklists import checklists_card
from assessment.pages.parts.dress import card, chip, html
from assessment.pages.parts.integrations import integrations_cards
from assessment.pages.parts.own_account import own_account_cards
from assessment.pages.parts.sign_off import sign_off_card
from assessment.pages.parts.staff_frame import begin, top
from assessment.pages.parts.trouble import said_here
from assessment.reports.words import day
from assessment.services.accounts import SHORTEST_PASSWORD, add_account, disable_account, list_accounts
from assessment.services.actor import STAFF
from assessment.services.organisation import edit_organisation, time_zones

ROLES = {
    "administrator": "Administrator",
    "hr_manager": "HR manager",
    "interviewer": "Interviewer",
    "supervisor": "Supervisor",
}
desk = begin()
top(desk, "settings", "Settings", f"Signed in as {desk.actor.name}, {ROLES[desk.actor.role or 'hr_manager']}.")
if desk.actor.role not in STAFF:  # their own password and absence, and nobody else's name
    own_account_cards(desk)
    st.stop()
administrator = desk.actor.role == "administrator"
organisation = desk.organisation

with card("organisation"):
    html("<h2>Organisation</h2><p class='muted'>Candidates read these in the notice and on their result.</p>")
    with st.form("organisation", border=False):
        left, right = st.columns(2)
        name = left.text_input("Name", organisation.name, disabled=not administrator, max_chars=200)
        contact_name = right.text_input(
            "Who answers candidates", organisation.contact_name, disabled=not administrator, max_chars=200
        )
        contact = st.text_input(
            "How they reach that person", organisation.contact, disabled=not administrator, max_chars=200
        )
        keep = left.number_input(
            "Months that answers are kept", 1, 60, organisation.keep_months, disabled=not administrator
        )
        reply = right.number_input(
            "Days until somebody has read them", 1, 60, organisation.reply_days, disabled=not administrator
        )
        zones, zone = time_zones(), organisation.time_zone
        if administrator:
            zone = left.selectbox(
                "Time zone",
                zones,
                index=zones.index(zone) if zone in zones else 0,
                help="Working days, deputies and quiet nights go by it.",
            )
        else:
            left.text_input("Time zone", zone, disabled=True)
        if st.form_submit_button("Save", disabled=not administrator):
            with said_here():
                edit_organisation(
                    desk.house,
                    name=name,
                    contact_name=contact_name,
                    contact=contact,
                    keep_months=int(keep),
                    reply_days=int(reply),
                    time_zone=zone,
                    actor=desk.actor,
                    now=desk.now,
                )
                st.rerun()
    if not administrator:
        html('<p class="muted small">An administrator can change these.</p>')

sign_off_card(desk)
with card("accounts"):
    html("<h2>Accounts</h2>")
    accounts = list_accounts(desk.house, actor=desk.actor)
    html(
        '<ul class="rows todo">'
        + "".join(
            f'<li><div><span class="who">{escape(a.name)}</span><div class="sub">{escape(a.email)} · {ROLES[a.role]} · '
            f"since {day(a.created_at)}</div></div>{chip('quiet', 'closed') if a.disabled_at else ''}</li>"
            for a in accounts
        )
        + "</ul>"
    )
    if administrator:
        with st.expander("Add an account"), st.form("account", border=False, clear_on_submit=False):
            name = st.text_input("Name", max_chars=200, key="new-name")
            email = st.text_input("E-mail", max_chars=200, key="new-email")
            role = st.selectbox("Role", list(ROLES), index=1, format_func=lambda r: ROLES[r])
            password = st.text_input(
                f"First password, {SHORTEST_PASSWORD} characters or more", type="password", max_chars=1000
            )
            if st.form_submit_button("Add"):
                with said_here():
                    add_account(
                        desk.house, actor=desk.actor, name=name, email=email, role=role, password=password, now=desk.now
                    )
                    st.rerun()
        others = {a.id: a.name for a in accounts if a.id != desk.actor.account_id and not a.disabled_at}
        if others:
            with st.expander("Close an account"), st.form("close", border=False):
                closing = st.selectbox("Whose", list(others), format_func=lambda id_: others[id_])
                sure = st.checkbox("They are signed out at once and cannot sign in again")
                if st.form_submit_button("Close it") and sure:
                    with said_here():
                        disable_account(desk.house, closing, actor=desk.actor, now=desk.now)
                        st.rerun()

others = {a.id: a.name for a in accounts if a.id != desk.actor.account_id and not a.disabled_at}
own_account_cards(desk, accounts=others if administrator else None)
checklists_card(desk)
integrations_cards(desk)
