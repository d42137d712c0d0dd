"""For HR: what to do where somebody else has begun a newcomer's own growth page. Nothing of it is shown."""

import streamlit as st

from assessment.pages.parts.dress import card, html
from assessment.pages.parts.staff_frame import Desk
from assessment.pages.parts.trouble import said_here
from assessment.services.measuring_again import void_own_sheet


def own_page_card(desk: Desk, application_id: str) -> None:
    if desk.actor.role == "supervisor":
        return
    with card("own-page"):
        html("<h2>Their own growth page</h2><p class='muted'>Only they read it.</p>")
        if st.session_state.pop(f"voided-{application_id}", False):
            html("<p role='status'>Done. Whatever was begun and not handed in is closed. They can begin anew.</p>")
        with st.expander("Somebody else has begun it"):
            html(
                "<p>Where no mail is sent, whoever has the link of their application can begin this page first. "
                "If they say it was not them, close what was begun: its answers are erased and its link opens nothing. "
                "What was handed in stays.</p>"
            )
            if st.button("Close what was begun"):
                with said_here():
                    void_own_sheet(desk.house, application_id, actor=desk.actor, now=desk.now)
                    st.session_state[f"voided-{application_id}"] = True
                    st.rerun()
