"""Who leads a newcomer: the supervisors, and for HR a way to name one."""

from html import escape

import streamlit as st

from assessment.pages.parts.dress import card, html
from assessment.pages.parts.staff_frame import Desk
from assessment.pages.parts.trouble import escaped, said_here
from assessment.services.accounts import list_accounts
from assessment.services.assigned import assign, assigned_to, unassign

MAY_LEAD = ("supervisor", "hr_manager", "administrator")


def leads_card(desk: Desk, application_id: str) -> None:
    if desk.actor.role == "supervisor":
        return
    leads = [one for one in assigned_to(desk.house, application_id, actor=desk.actor) if one.duty == "supervisor"]
    with card("leads"):
        html("<h2>Who leads them</h2>")
        if not leads:
            html("<p class='muted'>Nobody yet. Check-ins of the lead's side go to whoever is named here.</p>")
        for lead in leads:
            with st.container(horizontal=True, vertical_alignment="center"):
                html(f"<p>{escape(lead.name)}</p>")
                if st.button("Not any more", key=f"end-{lead.account_id}", type="tertiary"):
                    with said_here():
                        unassign(
                            desk.house,
                            application_id,
                            lead.account_id,
                            duty="supervisor",
                            actor=desk.actor,
                            now=desk.now,
                        )
                        st.rerun()
        there = {lead.account_id for lead in leads}
        known = {
            one.id: escaped(one.name)
            for one in sorted(
                list_accounts(desk.house, actor=desk.actor),
                key=lambda one: MAY_LEAD.index(one.role) if one.role in MAY_LEAD else 9,
            )
            if one.role in MAY_LEAD and one.disabled_at is None and one.id not in there
        }
        if known:
            with st.form(f"lead-{len(leads)}", border=False):
                chosen = st.selectbox("Name somebody", list(known), format_func=lambda id_: known[id_])
                if st.form_submit_button("Name as supervisor"):
                    with said_here():
                        assign(desk.house, application_id, chosen, duty="supervisor", actor=desk.actor, now=desk.now)
                        st.rerun()
