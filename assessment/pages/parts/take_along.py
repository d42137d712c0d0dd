"""Links to take an opening along, as files; names only when they are wanted."""

import streamlit as st

from assessment.pages.parts.dress import card, html
from assessment.pages.parts.staff_frame import Desk

KINDS = {"zip": "Tables (CSV, one ZIP)", "csv": "People only (CSV)", "json": "Everything (JSON)"}


def take_along_card(desk: Desk, vacancy_id: str) -> None:
    with card("along"):
        html(
            "<h2>Take it along</h2><p class='muted'>Everybody who applied with stages, moves, result and its error, interview time, "
            "ratings once all are handed in, and decisions with their reasons. Never answers or adjustments. "
            "That it was taken along is written in the event log.</p>"
        )
        names = not desk.actor.masked and st.checkbox("With names and mail addresses", key=f"names-{vacancy_id}")
        query = "?names=1" if names else ""
        links = "".join(
            f'<a class="button" href="/staff/export/{vacancy_id}.{kind}{query}" target="_self">{words}</a>'
            for kind, words in KINDS.items()
        )
        html(f'<p style="display: flex; flex-wrap: wrap; gap: 0.75rem">{links}</p>')
