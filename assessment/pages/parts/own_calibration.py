"""Item parameters calibrated on the people here: made, shown with their errors, used for new sittings or not."""

from collections.abc import Mapping
from functools import partial
from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assessment.evidence.calibration import FEW, FEWEST
from assessment.pages.parts.dress import card, chip, html
from assessment.pages.parts.questionnaire_health import doubts_of, information_of, parameter_table, version_line
from assessment.pages.parts.show_chart import show_chart
from assessment.pages.parts.staff_frame import Desk
from assessment.pages.parts.trouble import said_here
from assessment.reports.charts.information import information
from assessment.reports.words import day
from assessment.scoring.adaptive import StoppingRule
from assessment.services.calibrations import CalibrationVersion, calibrate_form, calibrations, use_calibration
from assessment.services.health import Health
from assessment.services.health_tables import calibration_csv
from assessment.services.versions import checked_reason


def calibration_card(desk: Desk, found: Health, names: Mapping[str, str]) -> None:
    versions = calibrations(desk.house, actor=desk.actor)
    most = max((f.n for f in found.facets), default=0)
    with card("calibration"):
        html(
            "<h2>Calibration</h2><p class='muted'>The graded response model learns from the answers how much each statement says, and "
            "at which level. Calibrated sittings give every person an error of their own, and can stop where enough is known.</p>"
        )
        with st.form("calibrate", border=False):
            if most < FEWEST:
                html(f"<p>A calibration needs {FEWEST} people who answered the same facet; there are {most}.</p>")
            elif most < FEW:
                html(
                    f"<p>{chip('attend', f'{most} people: below {FEW} parameters are rough; look at their errors')}</p>"
                )
            else:
                html(f"<p>{most:,} people answered; it takes some seconds.</p>")
            reason = st.text_input(
                "Why do you calibrate?", max_chars=1000, disabled=most < FEWEST, key=f"calibrate-why-{len(versions)}"
            )
            if st.form_submit_button("Calibrate", disabled=most < FEWEST):
                with said_here():
                    why = checked_reason(reason)
                    bar = st.progress(0.0, "Calibrating …")
                    try:
                        made = calibrate_form(
                            desk.house,
                            reason=why,
                            actor=desk.actor,
                            now=desk.now,
                            use=False,
                            progress=partial(_show_progress, bar),
                        )
                    finally:
                        bar.empty()
                    st.session_state["calibrated-said"] = (
                        f"Version {made.form.version} is kept. Look at it, then say below whether new sittings use it."
                    )
                    st.rerun()
        with st.empty():  # always there, so that what follows keeps its place
            if said := st.session_state.pop("calibrated-said", None):
                html(f'<p role="status">{escape(said)}</p>')
        if versions:
            _use(desk, versions)
            _show(desk, versions, names)


def _show_progress(bar: DeltaGenerator, share: float) -> None:
    bar.progress(share, "Calibrating …")


def _use(desk: Desk, versions: tuple[CalibrationVersion, ...]) -> None:
    lines = "".join(
        version_line(v.form.version, v.author, day(v.created_at), v.reason, v.form.n, in_use=v.in_use) for v in versions
    )
    html(f'<ul class="rows todo">{lines}</ul>')
    known = {v.document: f"Version {v.form.version}" for v in versions}
    in_use = next((v.document for v in versions if v.in_use), None)
    if in_use is None:
        html("<p>New sittings use no calibration.</p>")
    with st.expander("Use something else for new sittings"), st.form("use-calibration", border=False):
        options = [*(id_ for id_ in reversed(known) if id_ != in_use), *([None] if in_use else [])]
        left, right = st.columns(2)
        chosen = left.selectbox("Use", options, format_func=lambda id_: known[id_] if id_ else "No calibration")
        because = right.text_input("Why?", max_chars=1000)
        if st.form_submit_button("Use from now on"):
            with said_here():
                use_calibration(desk.house, chosen, reason=because, actor=desk.actor, now=desk.now)
                st.rerun()


def _show(desk: Desk, versions: tuple[CalibrationVersion, ...], names: Mapping[str, str]) -> None:
    """The version in use, or the newest: what it says of one facet, its doubts, and everything as a file."""
    shown = next((v for v in versions if v.in_use), versions[-1])
    form, library = shown.form, desk.house.library
    wording = library.wording().items
    html(f"<h2>What version {escape(form.version)} says</h2>")
    facets = [f.id for f in library.questionnaire(form.questionnaire).facets if f.id in form.facets]
    facet = st.selectbox("Facet", facets, format_func=lambda f: names[f], key="calibrated-facet", width=320)
    html("".join(f"<div>{chip('attend', doubt)}</div>" for doubt in doubts_of(form, facet, wording)))
    left_out = [f for f in names if f not in form.facets and doubts_of(form, f, wording)]
    group = library.questionnaire().facets_by_id[facet].group or ""
    rule = StoppingRule()
    show_chart(
        information,
        information_of(form, facet),
        key=f"information-{facet}",
        facet=names[facet],
        group=group,
        target=rule.target_se,
    )
    known = form.facets[facet]
    html(
        f'<p class="muted small">Reliability of the estimates {known.reliability:.2f}. a: how much a statement says; b: the level at '
        "which the next answer becomes as likely as not; in brackets the standard errors.</p>"
        + parameter_table(form, facet, wording)
    )
    if left_out:
        whys = {f: doubts_of(form, f, wording)[0].removeprefix("left out, ") for f in left_out}
        said = ", ".join(f"{names[f].lower()} ({why})" for f, why in whys.items())
        html(f'<p class="muted small">Not calibrated: {escape(said)}.</p>')
    with st.container(horizontal=True):
        for label, items, name in (
            ("Parameters as CSV", form.items, "parameters"),
            ("Standard errors as CSV", form.errors, "parameter-errors"),
        ):
            st.download_button(
                label,
                data=calibration_csv(items).encode(),
                file_name=f"carefit-{name}-{form.version}.csv",
                mime="text/csv",
                on_click="ignore",
            )
