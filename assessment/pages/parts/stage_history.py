"""Where an application stands and how it came there: who moved it, when and why; the last move by hand can be undone."""

from html import escape

import streamlit as st

from assessment.pages.parts.dress import card, chip, html
from assessment.pages.parts.staff_frame import Desk
from assessment.pages.parts.trouble import said_here
from assessment.reports.words import day, plural
from assessment.services.reading import Reading
from assessment.services.stage_history import PastMove, StageHistory, stage_history
from assessment.services.stages import move, undo


def stage_card(desk: Desk, read: Reading) -> None:
    """The stage now, what to do there, moving on by hand, and every move so far."""
    history = stage_history(desk.house, read.application_id, actor=desk.actor, now=desk.now)
    with card("stage"):
        late = f" {chip('attend', 'overdue')}" if history.overdue else ""
        here = "since today" if history.days == 0 else f"for {plural(history.days, 'day')}"
        html(
            f'<h2>{escape(history.name)}</h2><p class="muted">{here.capitalize()}{late}</p><p>{escape(history.to_do)}</p>'
        )
        if history.decided:
            link = f"/decision?application={read.application_id}"
            html(f'<p><a href="{link}" target="_self">Decision</a></p>')
        if history.targets:
            _move(desk, read, history)
        with st.expander(f"Every move, {len(history.moves)}"):
            html(f'<ul class="rows">{"".join(_line(m) for m in reversed(history.moves))}</ul>')
        if history.undo and st.button("Undo the last move", key="undo-last"):
            with said_here():
                undo(desk.house, history.undo, actor=desk.actor, now=desk.now)
                st.rerun()


def _move(desk: Desk, read: Reading, history: StageHistory) -> None:
    with (
        st.form("move-stage", border=False, clear_on_submit=True),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        to = st.selectbox(
            "Move to",
            list(history.targets),
            format_func=lambda s: history.targets[s],
            index=None,
            width=180,
            key="move-to",
            placeholder="Stage",
        )
        because = st.text_input("Why, if you like", max_chars=2000, width=240, key="move-because")
        if st.form_submit_button("Move") and to is not None:
            with said_here():
                move(desk.house, [read.application_id], to, because=because, actor=desk.actor, now=desk.now)
                st.rerun()


def _line(past: PastMove) -> str:
    why = f'<div class="sub">“{escape(past.because)}”</div>' if past.because else ""
    return (
        f'<li><div><span class="who">{escape(past.words)}</span><div class="sub">{escape(past.by)}, '
        f"{day(past.at)} at {past.at:%H:%M}</div>{why}</div></li>"
    )
