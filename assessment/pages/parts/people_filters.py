"""The filters of the candidates' list: set by hand, by the address, or chosen under a name."""

from collections.abc import Mapping, Sequence

import streamlit as st

from assessment.pages.parts.dress import html
from assessment.pages.parts.staff_frame import Desk
from assessment.pages.parts.trouble import escaped, said_here
from assessment.reports.words import PERSON_HEADINGS, STATES
from assessment.roles.stage_template import StageTemplate
from assessment.services.reading_words import LANGUAGES
from assessment.services.saved_filters import PeopleFilter, delete_filter, save_filter, saved_filters
from assessment.services.shortlist import BAND_ORDER, STATE_ORDER

SORTS = {"waiting": "Waiting longest", "stage": "Longest at this stage", "finished": "Finished last", "name": "Name"}
ENGAGEMENTS = {"employed": "Employed", "agency": "From an agency", "temporary": "Temporary"}
MANY = ("stages", "states", "bands", "languages", "engagements")  # filters that take several values
MORE = ("states", "bands", "languages", "engagements", "overdue")  # those behind the button
FROM_ADDRESS = {"stage": "stages", "state": "states", "language": "languages", "engagement": "engagements"}


def filters(desk: Desk, template: StageTemplate) -> tuple[str, PeopleFilter]:
    """What is searched, and every filter that is set."""
    _take_over(template)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        search = st.text_input("Search a name", key="search", placeholder="Part of a name", width=220)
        names = {rule.id: rule.name for rule in template.stages}
        st.multiselect("Stage", list(names), key="stages", format_func=lambda s: names[s], width=240)
        st.selectbox("Order", list(SORTS), format_func=lambda s: SORTS[s], key="sort", width=200)
        set_ = sum(bool(st.session_state.get(name)) for name in MORE)
        with st.popover(f"More filters, {set_} set" if set_ else "More filters", key="more-filters"):
            _choose("How far with the answers", "states", {s: STATES[s] for s in STATE_ORDER})
            _choose("What the answers say", "bands", {b: PERSON_HEADINGS[b] for b in BAND_ORDER})
            _choose("Language", "languages", {c: LANGUAGES.get(c, c) for c in desk.house.library.languages()})
            _choose("Engagement", "engagements", ENGAGEMENTS)
            st.checkbox("Only overdue", key="overdue")
        now = PeopleFilter.model_validate(
            {name: st.session_state.get(name) or () for name in MANY}
            | {"overdue": bool(st.session_state.get("overdue")), "sort": st.session_state["sort"]}
        )
        with st.popover("Saved filters", key="saved-filters"):
            _saved(desk, now)
    return search, now


def _choose(label: str, key: str, options: Mapping[str, str]) -> None:
    st.multiselect(label, list(options), key=key, format_func=lambda value: options[value])


def _saved(desk: Desk, now: PeopleFilter) -> None:
    known = saved_filters(desk.house, actor=desk.actor)
    for kept in known:
        with st.container(horizontal=True, vertical_alignment="center"):
            if st.button(escaped(kept.name), key=f"use-{kept.id}", width="stretch"):
                st.session_state["take-over"] = kept.body.model_dump(mode="json")
                st.rerun()
            if st.button("Delete", key=f"delete-{kept.id}", type="tertiary"):
                delete_filter(desk.house, kept.id, actor=desk.actor, now=desk.now)
                st.rerun()
    if not known:
        html('<p class="muted small">Set filters, give them a name, and choose them here next time.</p>')
    with st.form("save-filter", border=False, clear_on_submit=True):
        name = st.text_input("Name of these filters", max_chars=60)
        if st.form_submit_button("Save these filters"):
            with said_here():
                save_filter(desk.house, name, now, actor=desk.actor, now=desk.now)
                st.rerun()
    html('<p class="muted small">Only you see them. A searched name is not kept.</p>')


def _take_over(template: StageTemplate) -> None:
    """Set the widgets from a saved filter that was chosen, or once from an address like ?stage=offer&overdue=1."""
    known: dict[str, Sequence[str]] = {
        "stages": [rule.id for rule in template.stages],
        "states": STATE_ORDER,
        "languages": list(LANGUAGES),
        "engagements": list(ENGAGEMENTS),
    }
    address = {name: st.query_params.get_all(name) for name in (*FROM_ADDRESS, "overdue")}
    chosen = st.session_state.pop("take-over", None)
    if chosen is None and any(address.values()) and st.session_state.get("address") != address:
        st.session_state["address"] = address
        chosen = {to: [v for v in address[name] if v in known[to]] for name, to in FROM_ADDRESS.items()}
        chosen |= {"overdue": address["overdue"] == ["1"]}
    if chosen is not None:
        for name in MANY:
            st.session_state[name] = list(chosen.get(name, ()))
        st.session_state["overdue"] = bool(chosen.get("overdue"))
        st.session_state["sort"] = chosen.get("sort", "waiting")
    st.session_state.setdefault("sort", "waiting")
