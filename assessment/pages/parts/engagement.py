"""How somebody works or would work here: employed, from an agency, or for a time."""

from html import escape

import streamlit as st

from assessment.pages.parts.dress import card, html
from assessment.pages.parts.staff_frame import Desk
from assessment.pages.parts.trouble import said_here
from assessment.services.engagements import ENGAGEMENTS, Engaged, engaged, set_engagement

WORDS = {"employed": "Employed", "agency": "Sent by an agency", "temporary": "Here for a time"}


def engagement_card(desk: Desk, application_id: str) -> None:
    found = engaged(desk.house, application_id, actor=desk.actor)
    with card("engagement"):
        html(f"<h2>{_words(found)}</h2>")
        with st.expander("Change"):
            chosen = st.radio(
                "How", ENGAGEMENTS, ENGAGEMENTS.index(found.engagement), format_func=lambda e: WORDS[e], horizontal=True
            )
            with st.form("engagement", border=False):
                agency, ends = "", None
                if chosen == "agency":
                    agency = st.text_input("Agency", found.agency, max_chars=200)
                if chosen != "employed":
                    ends = st.date_input("Last day", found.ends_on, format="DD/MM/YYYY")
                if st.form_submit_button("Save"):
                    with said_here():
                        set_engagement(
                            desk.house,
                            application_id,
                            chosen,
                            agency=agency,
                            ends_on=ends,
                            actor=desk.actor,
                            now=desk.now,
                        )
                        st.rerun()


def _words(found: Engaged) -> str:
    until = f" until {found.ends_on.day} {found.ends_on:%B %Y}" if found.ends_on else ""
    of = f": {escape(found.agency)}" if found.agency else ""
    return f"{WORDS[found.engagement]}{of}{until}"
