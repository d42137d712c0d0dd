"""Numbers in place of names, on request: asked for on one page, kept on all until the session ends."""

from dataclasses import replace

import streamlit as st

from assessment.pages.parts.moved import KEY
from assessment.pages.parts.staff_frame import Desk
from assessment.pages.parts.who import staff_token
from assessment.services.accounts import mask_names
from assessment.services.decision_view import DecisionView
from assessment.services.reading import Reading
from assessment.services.shortlist import number_of


def mask_toggle(desk: Desk) -> bool:
    """The switch, and whether names are masked now."""
    kept = desk.actor.masked
    masked = st.toggle(
        "Mask names",
        value=kept,
        key=f"masked-{kept}",
        help="On lists, a person's page, comparing, deciding and printed reports, until you sign out",
    )
    if masked != kept:  # the key changes with what is kept, so that another tab cannot put it back
        mask_names(desk.house, staff_token(), masked)
        st.session_state.pop(KEY, None)  # it may say a name
        st.rerun()
    return masked


def under_a_number(desk: Desk, read: Reading) -> Reading:
    """The reading as it is, or under a number in place of the name while names are masked."""
    if not desk.actor.masked:
        return read
    return replace(read, name=_number(desk, read.application_id))


def masked_view(desk: Desk, view: DecisionView) -> DecisionView:
    """A decision under numbers, the people who come before included."""
    if not desk.actor.masked:
        return view
    before = tuple(replace(own, name=_number(desk, own.application_id)) for own in view.order.before)
    return replace(view, name=_number(desk, view.application_id), order=replace(view.order, before=before))


def _number(desk: Desk, application_id: str) -> str:
    return f"Person {number_of(desk.house, application_id, actor=desk.actor)}"
