"""Who applied for an opening: by waiting time, each with a band and the one sentence of what to do with it."""

from html import escape

import streamlit as st

from assessment.pages.parts.dress import card, chip, html, signs, small_interval
from assessment.pages.parts.show_chart import show_chart
from assessment.pages.parts.staff_frame import begin, choose_vacancy, draft_note, nothing_yet, top
from assessment.reports.charts.fits import PersonFit, fits
from assessment.reports.words import PERSON_CHIPS, PERSON_HEADINGS, STATES, UNSTEADY, band_advice, waiting
from assessment.services.shortlist import (
    BAND_ORDER,
    STATE_ORDER,
    Row,
    filter_rows,
    list_candidates,
    ordered_by_band,
    rows_csv,
)

PER_PAGE = 25
SORTS = {"waiting": "Waiting longest", "finished": "Finished last", "name": "Name"}
HEAD = (
    '<div class="people-head" aria-hidden="true"><span>Person</span><span>What it says</span><span>Core</span>'
    "<span>Signature</span><span>Language</span></div>"
)


def line(row: Row, *, masked: bool) -> str:
    """One person: name and days, chip and answer quality, core and signature with signs and interval."""
    name = escape(row.called(masked))
    who = f'<a class="who" href="/candidate?application={row.application_id}" target="_self">{name}</a>'
    if row.state != "finished" or row.band is None:
        answered, fields = row.progress
        so_far = f" · {answered} answered" if row.adaptive else f" · {answered} of {fields}"
        so_far = so_far if row.state == "started" else ""
        said = chip("quiet", f"{STATES[row.state]}{so_far}")
        return (
            f'<li><div class="name">{who}<div class="sub">{waiting(row.waiting_days)}</div></div>'
            f'<div class="said">{said}</div><div></div><div></div><div class="also sub">{row.language}</div></li>'
        )
    note = f'<div class="sub">{escape(row.quality_note)}</div>' if row.flags or row.again else ""
    said = f'{chip(PERSON_CHIPS[row.band], row.band_words)}<div class="sub">{escape(band_advice(row.band))}</div>{note}'
    core, signature = (
        f'<div class="fit" data-label="{label}">{signs(bands)}{small_interval(i.low, i.mid, i.high) if i else ""}</div>'
        for label, bands, i in (("Core", row.core_bands, row.core), ("Signature", row.signature_bands, row.signature))
    )
    return (
        f'<li><div class="name">{who}<div class="sub">{waiting(row.waiting_days)}</div></div>'
        f'<div class="said">{said}</div>{core}{signature}<div class="also sub">{row.language}</div></li>'
    )


desk = begin()
top(desk, "candidates", "Candidates")
vacancy = choose_vacancy(desk)
if vacancy is None:
    nothing_yet("Here you will see who applied.", "Open an opening first.", button="Openings", page="hr/openings.py")
    st.stop()

rows = list_candidates(desk.house, vacancy.id, actor=desk.actor, now=desk.now)
order = "by band, then by how long they have waited" if ordered_by_band(rows) else "by how long they have waited"
html(
    f"<p>{vacancy.counts.finished} of {vacancy.counts.invited} people have finished. They are listed {order}. "
    "Within a band nobody ranks above anybody.</p>"
)
draft_note(more=UNSTEADY)

with st.container(horizontal=True, vertical_alignment="bottom"):
    search = st.text_input("Search a name", key="search", placeholder="Part of a name", width=240)
    states = st.multiselect("Stage", STATE_ORDER, key="states", format_func=lambda s: STATES[s], width=240)
    bands = st.multiselect("Band", BAND_ORDER, key="bands", format_func=lambda b: PERSON_HEADINGS[b], width=240)
    sort = st.selectbox("Order", list(SORTS), format_func=lambda s: SORTS[s], key="sort", width=200)
with st.container(horizontal=True, vertical_alignment="center"):
    view = st.segmented_control("View", ["List", "Chart"], default="List", label_visibility="collapsed")
    masked = st.toggle("Mask names", key="masked")
    found = filter_rows(rows, search=search, states=states, bands=bands, sort=sort)
    st.download_button(
        "Export as CSV",
        data=lambda: rows_csv(found, masked=masked).encode("utf-8-sig"),
        file_name="carefit-candidates.csv",
        mime="text/csv",
        on_click="ignore",
    )
    if st.button("Compare people"):
        st.switch_page("hr/compare.py", query_params={"vacancy": vacancy.id})

if not rows:
    nothing_yet(
        "Nobody is invited yet.", "Invite people and their answers appear here.", button="Invite", page="hr/invite.py"
    )
    st.stop()
if not found:
    html(
        '<div class="empty"><p class="lead">Nobody fits these filters.</p><p>Take one away to see more people.</p></div>'
    )
    st.stop()

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
    with card("people"):
        html(f'{HEAD}<ul class="rows people">{"".join(line(row, masked=masked) for row in shown)}</ul>')
html(
    f'<p class="muted small">{len(found):,} of {len(rows):,} people. Signs: ● in range, ○ close, ◆ clearly outside.</p>'
)
