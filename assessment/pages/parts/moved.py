"""What was just done with people who were chosen, and the way back from a move."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from assessment.pages.parts.dress import html
from assessment.pages.parts.staff_frame import Desk
from assessment.pages.parts.trouble import said_here
from assessment.services.interviews import ask_to_pick
from assessment.services.shortlist import Row
from assessment.services.stages import move, undo

KEY = "just-moved"
ROUND = "round"  # boxes carry it in their keys, so that after each action nobody stays chosen


def move_people(desk: Desk, rows: Sequence[Row], stage: str, name: str, *, because: str = "") -> None:
    """Move people by hand and come back to a page that says so."""
    ids = [row.application_id for row in rows]
    moves = move(desk.house, ids, stage, because=because, actor=desk.actor, now=desk.now)
    who = rows[0].called(desk.actor.masked) if len(rows) == 1 else f"{len(moves)} people"
    words = f"Moved {who} to {name}." if moves else f"Already at {name}."
    say(words, moves)
    st.rerun()


def ask_people(desk: Desk, rows: Sequence[Row]) -> None:
    """Ask people to pick a time for their interview and come back to a page that says so."""
    asked = ask_to_pick(desk.house, [row.application_id for row in rows], actor=desk.actor, now=desk.now)
    before = len(rows) - len(asked.application_ids)
    words = f"{len(asked.application_ids):,} of {len(rows):,} asked to pick a time."
    words += f" {before:,} had been asked before." if before else ""
    say(" ".join((words, *asked.notes)))
    st.rerun()


def say(words: str, moves: Sequence[str] = ()) -> None:
    """Keep what was done for the page that comes next; with moves, there is a button to undo them."""
    st.session_state[KEY] = (words, tuple(moves))
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1


def said_bar(desk: Desk) -> None:
    """The bar after each action: what was done, and Undo. Last on a page, where it floats at the lower edge."""
    if KEY not in st.session_state:
        return
    words, moves = st.session_state[KEY]
    with st.container(horizontal=True, vertical_alignment="center", key="said-bar"):
        html(f'<p role="status">{escape(words)}</p>')
        if moves and st.button("Undo", key="undo", shortcut="Alt+U"):
            with said_here():
                undo(desk.house, *moves, actor=desk.actor, now=desk.now)
                say("Moved back.")
                st.rerun()
        if st.button("Close", key="close-said", type="tertiary"):
            del st.session_state[KEY]
            st.rerun()
