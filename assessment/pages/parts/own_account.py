"""What everybody who signs in may change about themselves: absence and password."""

import streamlit as st

from assessment.pages.parts.absence import absence_card
from assessment.pages.parts.dress import card, html
from assessment.pages.parts.staff_frame import Desk
from assessment.pages.parts.trouble import said_here
from assessment.services.accounts import SHORTEST_PASSWORD, change_password


def own_account_cards(desk: Desk, *, accounts: dict[str, str] | None = None) -> None:
    """`accounts`: whose absence an administrator may enter beside their own."""
    absence_card(desk, accounts=accounts)
    with card("password"):
        html("<h2>Your password</h2><p class='muted'>A new password signs you out everywhere.</p>")
        with st.form("password", border=False):
            old = st.text_input("Present password", type="password", max_chars=1000)
            new = st.text_input(
                f"New password, {SHORTEST_PASSWORD} characters or more", type="password", max_chars=1000
            )
            if st.form_submit_button("Change it"):
                with said_here():
                    change_password(desk.house, actor=desk.actor, old=old, new=new, now=desk.now)
                    html(
                        '<p role="status">Your password is changed. <a href="/login" target="_self">Sign in again</a>.</p>'
                    )
