"""Buttons that make a document and then show where to open it, in a page of its own."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from assessment.pages.parts.dress import html
from assessment.pages.parts.staff_frame import Desk
from assessment.pages.parts.trouble import said_here
from assessment.reports.pdf import PAPERS
from assessment.services.documents_named import name_document

PERSON = {
    "report_one_page": "Report, one page",
    "report_full": "Report, full",
    "answers_workbook": "Answers as a workbook",
}
OPENING = {"vacancy_summary": "Summary as PDF", "vacancy_workbook": "Workbook"}
COMPARISON = {"comparison": "Print"}


def document_buttons(
    desk: Desk, subject: str, kinds: dict[str, str], *, people: Sequence[str] = (), masked: bool = False
) -> None:
    """One button for each kind, the paper, and below them the link to what was made.

    subject : an application's id, or a vacancy's with `people` in the order shown (none: everybody)
    """
    with st.container(horizontal=True, vertical_alignment="center", key=f"documents-{subject}"):
        pressed = [kind for kind, words in kinds.items() if st.button(words, key=f"{kind}-{subject}")]
        paper = st.segmented_control(
            "Paper",
            list(PAPERS),
            default="a4",
            required=True,
            format_func=lambda p: PAPERS[p],
            label_visibility="collapsed",
            key=f"paper-{subject}",
        )
    for kind in pressed:
        with said_here(), st.spinner("One moment"):
            name = name_document(
                desk.house,
                kind,
                subject,
                paper=paper or "a4",
                people=people,
                masked=masked,
                actor=desk.actor,
                now=desk.now,
            )
            html(
                f'<p role="status"><a class="button" href="/staff/documents/{escape(name)}" target="_blank">Open: '
                f'{escape(kinds[kind])}</a> <span class="muted small">Ready for an hour, for you only. That it is opened is '
                "written in the event log.</span></p>"
            )
