"""The people on one page of the list, each with a box to choose them, and what can be done with those chosen."""

from collections.abc import Sequence
from dataclasses import replace
from html import escape

import streamlit as st

from assessment.pages.parts.dress import card, chip, html, signs, small_interval
from assessment.pages.parts.moved import ROUND, ask_people, move_people, say
from assessment.pages.parts.staff_frame import Desk
from assessment.pages.parts.trouble import escaped, said_here, trouble_shown
from assessment.pages.parts.who import current_staff
from assessment.reports.words import PERSON_CHIPS, STATES, band_advice, day, plural, waiting
from assessment.roles.stage_template import StageTemplate
from assessment.services.remind_by_hand import remind
from assessment.services.shortlist import Row
from assessment.services.stages import BY_HAND, OPEN_STAGES

HEAD = (
    '<div class="people-head" aria-hidden="true"><span>Person</span><span>What it says</span><span>Core</span>'
    "<span>Signature</span><span>Language</span></div>"
)


def line(row: Row, template: StageTemplate, *, masked: bool) -> str:
    """One person: name, stage and days, chip and answer quality, core and signature with signs and interval."""
    name = escape(row.called(masked))
    who = f'<a class="who" href="/candidate?application={row.application_id}" target="_self">{name}</a>'
    late = f" {chip('attend', 'overdue')}" if row.overdue else ""
    here = "since today" if row.days_in_stage == 0 else plural(row.days_in_stage, "day")
    stage = f'<div class="sub">{escape(template.name(row.stage))}, {here}{late}</div>'
    still = row.stage in OPEN_STAGES and row.waiting_days != row.days_in_stage
    waits = f'<div class="sub">{waiting(row.waiting_days)}</div>' if still else ""
    agency = f" · {row.engagement}" if row.engagement != "employed" else ""
    also = f'<div class="also sub">{row.language}{agency}</div>'
    first = f'<div class="name">{who}{stage}{waits}</div>'
    if row.state != "finished" or row.band is None:
        answered, fields = row.progress
        so_far = f" · {answered} answered" if row.adaptive else f" · {answered} of {fields}"
        so_far = so_far if row.state == "started" else ""
        said = chip("quiet", f"{STATES[row.state]}{so_far}")
        return f'<div class="person">{first}<div class="said">{said}</div><div></div><div></div>{also}</div>'
    note = f'<div class="sub">{escape(row.quality_note)}</div>' if row.flags or row.again else ""
    advice = f'<div class="sub">{escape(band_advice(row.band))}</div>' if row.stage in OPEN_STAGES else ""
    said = f"{chip(PERSON_CHIPS[row.band], row.band_words)}{advice}{note}"
    core, signature = (
        f'<div class="fit" data-label="{label}">{signs(bands)}{small_interval(i.low, i.mid, i.high) if i else ""}</div>'
        for label, bands, i in (("Core", row.core_bands, row.core), ("Signature", row.signature_bands, row.signature))
    )
    return f'<div class="person">{first}<div class="said">{said}</div>{core}{signature}{also}</div>'


@st.fragment
def people_rows(desk: Desk, found: Sequence[Row], shown: Sequence[Row], template: StageTemplate) -> None:
    """A click on a box runs only this; whoever clicks is asked for again, because a sign-out is not seen here else."""
    with trouble_shown():
        desk = replace(desk, actor=current_staff())
        at = st.session_state.setdefault(ROUND, 0)
        bar = st.container(key="bulk-bar")
        with card("people"):
            html(HEAD)
            for row in shown:
                with st.container(horizontal=True, gap="small", key=f"row-{row.application_id}"):
                    st.checkbox(
                        f"Choose {escaped(row.called(desk.actor.masked))}",
                        key=f"pick-{at}-{row.application_id}",
                        label_visibility="collapsed",
                        persist_state="page",
                    )
                    html(line(row, template, masked=desk.actor.masked))
        with bar:
            _bulk(desk, found, template, at)


def _bulk(desk: Desk, found: Sequence[Row], template: StageTemplate, at: int) -> None:
    targets = [stage for stage in template.used if stage in BY_HAND]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        everybody = st.checkbox(f"All {len(found):,} found", key=f"pick-{at}-all")
        chosen = [row for row in found if everybody or st.session_state.get(f"pick-{at}-{row.application_id}")]
        to = st.selectbox(
            "Move to", targets, format_func=template.name, index=None, width=180, key="bulk-to", placeholder="Stage"
        )
        moving = st.button("Move", disabled=not chosen or to is None, shortcut="Alt+M")
        reminding = st.button("Remind", disabled=not chosen)
        asking = st.button("Ask to pick a time", disabled=not chosen)
        html(f'<p class="muted" role="status">{len(chosen):,} chosen</p>')
    with said_here():
        if moving and to is not None:
            move_people(desk, chosen, to, template.name(to))
        if asking:
            ask_people(desk, chosen)
        if reminding:
            reminded = remind(desk.house, [row.application_id for row in chosen], actor=desk.actor, now=desk.now)
            words = f"{plural(reminded.queued, 'reminder')} queued"
            if reminded.queued and reminded.goes_at > desk.now:
                local = reminded.goes_at.astimezone(desk.organisation.zone)
                words += f", to go out on {day(local)} at {local:%H:%M}, since it is night now"
            left = [f"{n:,} {because}" for because, n in reminded.left_out.items()]
            say(f"{words}." + (f" Left out: {', '.join(left)}." if left else ""))
            st.rerun()
