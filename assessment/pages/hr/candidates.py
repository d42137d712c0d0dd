"""Who applied for an opening: by waiting time, each with a stage, a band and the one sentence of what to do with it."""

import streamlit as st

from assessment.pages.parts.document_buttons import OPENING, document_buttons
from assessment.pages.parts.dress import add_sheet, card, html
from assessment.pages.parts.masked import mask_toggle
from assessment.pages.parts.moved import said_bar
from assessment.pages.parts.people_filters import filters
from assessment.pages.parts.people_rows import people_rows
from assessment.pages.parts.show_chart import show_chart
from assessment.pages.parts.staff_frame import begin, choose_vacancy, draft_note, nothing_yet, top
from assessment.reports.charts.fits import PersonFit, fits
from assessment.reports.words import PERSON_HEADINGS, UNSTEADY
from assessment.services.shortlist import BAND_ORDER, filter_rows, list_candidates, order_words, rows_csv
from assessment.services.stage_templates import stage_template

PER_PAGE = 25

desk = begin()
add_sheet("people.css")
top(desk, "candidates", "Candidates")
vacancy = choose_vacancy(desk)
if vacancy is None:
    nothing_yet("Here you will see who applied.", "Open an opening first.", button="Openings", page="hr/openings.py")
    st.stop()

rows = list_candidates(desk.house, vacancy.id, actor=desk.actor, now=desk.now)
template = stage_template(desk.house, vacancy.role, actor=desk.actor)
html(f"<p>{order_words(rows, finished=vacancy.counts.finished, invited=vacancy.counts.invited)}</p>")
draft_note(more=UNSTEADY)

search, wanted = filters(desk, template)
found = filter_rows(rows, search=search, **wanted.model_dump())
with st.container(horizontal=True, vertical_alignment="center"):
    view = st.segmented_control("View", ["List", "Chart"], default="List", label_visibility="collapsed")
    masked = mask_toggle(desk)
    html(f'<a href="/board?vacancy={vacancy.id}" target="_self">The same as a board</a>')
    if st.button("Invite people"):
        st.switch_page("hr/invite.py", query_params={"vacancy": vacancy.id})
    if st.button("Compare people"):
        st.switch_page("hr/compare.py", query_params={"vacancy": vacancy.id})
    st.download_button(
        "Export as CSV",
        data=lambda: rows_csv(found, masked=masked).encode("utf-8-sig"),
        file_name="carefit-candidates.csv",
        mime="text/csv",
        on_click="ignore",
    )

if not rows:
    nothing_yet(
        "Nobody is invited yet.", "Invite people and their answers appear here.", button="Invite", page="hr/invite.py"
    )
    st.stop()
if not found:
    html(
        '<div class="empty"><p class="lead">Nobody fits these filters.</p><p>Take one away to see more people.</p></div>'
    )
    said_bar(desk)
    st.stop()

everybody = len(found) == len(rows) and wanted.sort == "waiting"
document_buttons(
    desk, vacancy.id, OPENING, people=() if everybody else [r.application_id for r in found], masked=masked
)

pages = -(-len(found) // PER_PAGE)
at = st.pagination(pages, key="page") if pages > 1 else 1
shown = found[(at - 1) * PER_PAGE : at * PER_PAGE]
if view == "Chart":
    people = [
        PersonFit(row.called(masked), row.waiting_days, PERSON_HEADINGS[row.band], row.core, row.signature)
        for row in sorted(shown, key=lambda row: BAND_ORDER.index(row.band) if row.band else 0)
        if row.band and row.core and row.signature
    ]
    with card("chart"):
        html("<h2>Core and signature fit, each with its 80 % interval</h2>")
        if people:
            show_chart(fits, people, key="fits")
        else:
            html('<p class="muted">Nobody on this page has finished yet.</p>')
else:
    people_rows(desk, found, shown, template)
html(
    f'<p class="muted small">{len(found):,} of {len(rows):,} people. Signs: ● in range, ○ close, ◆ clearly outside.</p>'
)
said_bar(desk)
