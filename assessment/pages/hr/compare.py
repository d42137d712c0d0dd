"""Two to four people on the same ranges: what each brings, and where they are simply a tie."""

from dataclasses import replace
from html import escape

import streamlit as st

from assessment.pages.parts.document_buttons import COMPARISON, document_buttons
from assessment.pages.parts.dress import card, chip, html
from assessment.pages.parts.masked import mask_toggle
from assessment.pages.parts.show_chart import show_chart
from assessment.pages.parts.staff_frame import begin, choose_vacancy, draft_note, nothing_yet, top
from assessment.pages.parts.team_cards import team_card
from assessment.pages.parts.trouble import said_here
from assessment.reports.charts.people_ranges import facet_ranges_of_people
from assessment.reports.match_words import fit_cell
from assessment.reports.words import PERSON_CHIPS, band_words, names_of
from assessment.roles.fit import PartFit
from assessment.services.comparing import compare, what_if
from assessment.services.reading import Reading
from assessment.services.reading_words import range_rows, ties
from assessment.services.shortlist import list_candidates


def ties_table(readings: tuple[Reading, ...]) -> str:
    """T of each person per facet, and whether the widest distance is more than the error."""
    heads = "".join(f'<th class="n">{escape(r.name)}</th>' for r in readings)
    rows = ""
    for tie in ties(readings):
        cells = "".join(
            f'<td class="n" data-label="{escape(r.name, quote=True)}">{cell}</td>'
            for r, cell in zip(readings, tie.cells, strict=True)
        )
        rows += f"<tr><td><b>{escape(tie.facet)}</b></td>{cells}<td>{tie.said}</td></tr>"
    return f'<table class="stack"><thead><tr><th>Facet</th>{heads}<th>So</th></tr></thead><tbody>{rows}</tbody></table>'


def cell(label: str, part: PartFit) -> str:
    return f'<td class="n" data-label="{label}">{fit_cell(part)}</td>'


desk = begin()
top(desk, "compare", "Compare", "Two to four people who finished, on the same ranges. Close ones are ties.")
vacancy = choose_vacancy(desk)
if vacancy is None:
    nothing_yet(
        "Here you will set people side by side.", "Open an opening first.", button="Openings", page="hr/openings.py"
    )
    st.stop()
masked = mask_toggle(desk)
finished = {
    r.application_id: r
    for r in list_candidates(desk.house, vacancy.id, actor=desk.actor, now=desk.now)
    if r.state == "finished"
}
chosen = st.multiselect(
    "People",
    list(finished),
    default=[id_ for id_ in st.query_params.get_all("person") if id_ in finished][:4],
    format_func=lambda id_: finished[id_].called(masked),
    max_selections=4,
    placeholder="Choose two to four",
    key=f"people-{vacancy.id}",
)
if len(chosen) < 2:
    html(
        '<div class="empty"><p class="lead">Choose two to four people.</p><p>Only people who have finished are listed.</p></div>'
    )
    st.stop()
st.query_params["person"] = chosen

readings = compare(desk.house, chosen, actor=desk.actor, now=desk.now)
if masked:
    readings = tuple(replace(r, name=finished[r.application_id].called(masked)) for r in readings)
draft_note()
document_buttons(desk, vacancy.id, COMPARISON, people=chosen)
with card("people"):
    html(
        "".join(
            f"<p><b>{escape(r.name)}</b> {chip(PERSON_CHIPS[r.fit.band], band_words(r.fit.band, names_of(r.fit.named, r.facet_names)))}</p>"
            for r in readings
        )
    )
with card("ranges"):
    html("<h2>On the same ranges</h2>")
    show_chart(facet_ranges_of_people, {r.name: range_rows(r) for r in readings}, key="people-ranges")
with card("ties"):
    html(f"<h2>What differs, and what is a tie</h2>{ties_table(readings)}")
team_card(desk, vacancy.id, {r.name: r.standings for r in readings})

with card("what-if"):
    html(
        "<h2>What if the weights were others?</h2><p class='muted'>Only for thinking: it is noted in the event log and changes nothing.</p>"
    )
    with st.form("weights", border=False), st.container(horizontal=True):
        weights = {
            r.facet: st.number_input(
                readings[0].facet_names[r.facet],
                min_value=0.0,
                max_value=100.0,
                value=float(r.weight),
                step=1.0,
                format="%g",
                width=150,
            )
            for r in vacancy.profile.requirements
            if r.facet in vacancy.form.facets
        }
        tried = st.form_submit_button("Try")
    if tried:
        with said_here():
            fits = what_if(desk.house, readings, weights, actor=desk.actor, now=desk.now)
            rows = "".join(
                f"<tr><td><b>{escape(r.name)}</b></td>{cell('Signature now', r.fit.signature)}"
                f"{cell('Signature then', f.signature)}{cell('Core now', r.fit.core)}{cell('Core then', f.core)}</tr>"
                for r, f in zip(readings, fits, strict=True)
            )
            html(
                '<table class="stack"><thead><tr><th>Person</th><th class="n">Signature now</th><th class="n">then</th>'
                f'<th class="n">Core now</th><th class="n">then</th></tr></thead><tbody>{rows}</tbody></table>'
            )
