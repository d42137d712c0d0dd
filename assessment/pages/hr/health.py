"""How the questionnaire does with the people who answered it here, and the norms and calibrations made of them."""

from collections.abc import Callable
from datetime import datetime

import streamlit as st

from assessment.pages.parts.dress import card, html
from assessment.pages.parts.own_calibration import calibration_card
from assessment.pages.parts.own_norms import norms_card
from assessment.pages.parts.questionnaire_health import facet_table, figures, item_table, shares_of, too_few_line
from assessment.pages.parts.scenes import scenes_card
from assessment.pages.parts.show_chart import show_chart
from assessment.pages.parts.staff_frame import begin, draft_note, nothing_yet, top
from assessment.reports.charts.answer_shares import answer_shares
from assessment.reports.health_words import TOO_FEW
from assessment.reports.words import day
from assessment.roles.library import role_words
from assessment.services.health import ENOUGH_FOR_RELIABILITY, ENOUGH_FOR_SHARES, health, wording_in
from assessment.services.health_tables import facets_csv, file_name, items_csv
from assessment.services.shortlist import facet_names

EVERY = ""
LANGUAGES = {"en": "English", "es": "Spanish"}
desk = begin()
library = desk.house.library
names, titles = facet_names(library), {role: words.title for role, words in role_words("en").items()}


def dated(moment: datetime | None) -> str:
    return f"{day(moment)} {moment.year}" if moment else ""


def csv_button(label: str, table: Callable[[], str], name: str) -> None:
    st.download_button(
        label,
        data=lambda: table().encode("utf-8-sig"),
        file_name=file_name(name, role=role, language=language),
        mime="text/csv",
        on_click="ignore",
    )


with st.spinner("Reading the answers …"):
    whole = health(desk.house, actor=desk.actor)
above = f"{whole.instrument.title} · version {whole.instrument.version} · {whole.instrument.status}"
if not whole.n:
    top(desk, "health", "Questionnaire health", above=above)
    nothing_yet(
        "How the statements do will stand here.",
        f"From {ENOUGH_FOR_SHARES} finished people on: which answers are used, and how far people here differ from the norms. "
        f"From {ENOUGH_FOR_RELIABILITY} on: how well the statements of a facet hang together.",
        button="Invite people",
        page="hr/invite.py",
    )
    st.stop()

people = "person has" if whole.n == 1 else "people have"
said = f"{whole.n:,} {people} handed in a whole sheet, from {dated(whole.since)} to {dated(whole.until)}."
top(desk, "health", "Questionnaire health", f"{said} This page is about statements, never about a person.", above=above)
draft_note()
html(figures(whole))

role = language = EVERY
if len(whole.roles) > 1 or len(whole.languages) > 1:
    html("<p>For the two cards below. Scenes, norms and calibration are about everybody.</p>")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        shown = {EVERY: "Every role", **{role: titles[role] for role in whole.roles}}
        role = st.selectbox("Role", list(shown), format_func=lambda id_: shown[id_], key="role", width=260)
        spoken = {EVERY: "Every language", **{id_: LANGUAGES.get(id_, id_) for id_ in whole.languages}}
        language = st.selectbox(
            "Language", list(spoken), format_func=lambda id_: spoken[id_], key="language", width=260
        )
with st.spinner("Reading the answers …"):
    found = health(desk.house, actor=desk.actor, role=role or None, language=language or None)
if found.n:
    with card("facets"):
        html(
            "<h2>Do the statements of a facet hang together?</h2><p class='muted'>α and ω say how much of a facet's score is common to "
            "its statements; mean r is the average correlation of two of them. The error is how far one person's score can be off, "
            "19 times in 20. Wanted: .70 for feedback, .80 for a composite that a decision leans on.</p>"
        )
        html(facet_table(found.facets, names))
        if few := [names[f.facet].lower() for f in found.facets if f.reliability is None]:
            about = "" if len(few) == len(found.facets) else f" about {', '.join(few)}"
            html(f'<p class="muted small">{TOO_FEW}{about}: it needs {ENOUGH_FOR_RELIABILITY} people.</p>')

    with card("items"):
        facets = {f.facet: f for f in found.facets}
        first = next((at for at, f in enumerate(found.facets) if f.reliability), 0)
        facet = facets[
            st.selectbox("Facet", list(facets), index=first, format_func=lambda f: names[f], key="facet", width=320)
        ]
        wording = wording_in(desk.house, whole.instrument, language or None)
        looks = sum(bool(i.notes) for i in facet.items)
        finding = f"{looks} of {len(facet.items)} statements need a look" if looks else "no statement stands out"
        html(f"<h2>{names[facet.facet]}: {finding if facet.reliability else TOO_FEW.lower()}</h2>")
        if rows := shares_of(facet.items, wording.items):
            group = whole.instrument.facets_by_id[facet.facet].group or ""
            show_chart(answer_shares, rows, list(wording.scale.values()), key=f"shares-{facet.facet}", group=group)
        else:
            html(f'<p class="muted">Which answers are used shows from {ENOUGH_FOR_SHARES} people on.</p>')
        html(item_table(facet.items, wording.items, language=wording.language))
        html(
            '<p class="muted small">+ counts towards the facet, − against it; r with the rest of the facet is counted its way. Times are '
            f"medians over everybody, never kept for judging a person. {too_few_line(facet.items)}</p>"
        )
        with st.container(horizontal=True):
            csv_button("All facets as CSV", lambda: facets_csv(found), "facets")
            csv_button("All statements as CSV", lambda: items_csv(found, wording.items), "statements")
else:
    html('<div class="empty"><p class="lead">Nobody fits this choice.</p><p>Choose every role or language.</p></div>')

scenes_card(desk, titles)
norms_card(desk, whole, names, titles)
calibration_card(desk, whole, names)
