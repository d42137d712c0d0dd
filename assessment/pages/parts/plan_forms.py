"""Forms that change a plan. What was typed stays when somebody else saved first, and can be saved on top of theirs."""

from datetime import date
from html import escape
from typing import Any

import streamlit as st

from assessment.errors import NewerVersionError
from assessment.pages.parts.dress import chip, html
from assessment.pages.parts.staff_frame import Desk
from assessment.pages.parts.trouble import escaped, said_here
from assessment.services.plan_view import PlanView
from assessment.services.plans import save_plan, share, take_back_to, versions
from assessment.training.plan_changes import DAYS
from assessment.training.plan_edit import LONGEST_FIELD, LONGEST_TEXT, LineEdit, NewLine, PlanEdit

OWN = "Own words"


def newer_note(desk: Desk, found: PlanView) -> None:
    """Where somebody saved in the meantime: what they did, and two ways on."""
    state = _state(found)
    if state["base"] == found.number:
        return
    pending: PlanEdit | None = state.get("pending")
    said = state.get("said") or f"{found.by} saved this plan in the meantime."
    html(f'<p role="alert">{chip("attend", said)}</p>')
    with st.container(horizontal=True):
        if pending is not None and st.button("Save mine as well", key="save-mine", type="primary"):
            with said_here():
                number = save_plan(
                    desk.house,
                    found.application_id,
                    pending,
                    based_on=found.number,
                    typed_on=state["base"],
                    actor=desk.actor,
                    now=desk.now,
                )
                _go_on(found, number)
        words = "Leave mine" if pending is not None else "Go on with theirs"
        if st.button(words, key="leave-mine"):
            _go_on(found, found.number)


def save(desk: Desk, found: PlanView, edit: PlanEdit) -> None:
    """Save on the version that was on the screen."""
    state = _state(found)
    with said_here():
        try:
            number = save_plan(
                desk.house, found.application_id, edit, based_on=state["base"], actor=desk.actor, now=desk.now
            )
        except NewerVersionError as error:
            state.update(pending=edit, said=str(error))
            st.rerun()
        _go_on(found, number)


def share_now(desk: Desk, found: PlanView) -> None:
    state = _state(found)
    with said_here():
        share(desk.house, found.application_id, based_on=state["base"], actor=desk.actor, now=desk.now)
        _go_on(found, found.number)


def frame_form(desk: Desk, found: PlanView) -> None:
    """The first day, who is beside them, and when they work."""
    key = _key(found, "frame")
    with st.form(key, border=False):
        left, right = st.columns(2)
        starts_on = left.date_input("First day", found.starts_on, format="DD/MM/YYYY", key=f"{key}-start")
        first_time = right.text_input(
            "Time of the first day", found.first_time, key=f"{key}-time", placeholder="8:00", max_chars=LONGEST_FIELD
        )
        place = left.text_input(
            "Place", found.place, key=f"{key}-place", placeholder="Main house, front desk", max_chars=LONGEST_FIELD
        )
        bring = right.text_input(
            "To bring", found.bring, key=f"{key}-bring", placeholder="ID card, flat shoes", max_chars=LONGEST_FIELD
        )
        buddy = left.text_input("Buddy", found.buddy, key=f"{key}-buddy", max_chars=LONGEST_FIELD)
        shift = right.text_input(
            "Shift", found.shift, key=f"{key}-shift", placeholder="Early, 7 to 15", max_chars=LONGEST_FIELD
        )
        works_on = st.multiselect(
            "Days of work", list(range(7)), list(found.works_on), format_func=lambda day: DAYS[day], key=f"{key}-days"
        )
        html('<p class="muted">Dates move to a day on which the person works. Check-ins move too.</p>')
        if st.form_submit_button("Save"):
            edit = PlanEdit(
                starts_on=starts_on if isinstance(starts_on, date) else None,
                works_on=tuple(sorted(works_on)),
                shift=shift,
                buddy=buddy,
                first_time=first_time,
                place=place,
                bring=bring,
            )
            save(desk, found, edit)


def line_form(desk: Desk, found: PlanView) -> None:
    """Other words or another date for one line, or without it."""
    lines = {line.id: line for line in found.lines}
    if not lines:
        html('<p class="muted">There is no line yet.</p>')
        return
    key = _key(found, "line")
    names = {id_: f"{line.on.day} {line.on:%b}: {escaped(line.text)}" for id_, line in lines.items()}
    chosen = st.selectbox("Line", list(lines), format_func=lambda id_: names[id_], key=f"{key}-which")
    line = lines[chosen]
    with st.form(f"{key}-{chosen}", border=False):
        module = line.what == "module"
        text = line.text
        if not module:
            text = st.text_area(
                "What it says", line.text, key=f"{key}-{chosen}-text", max_chars=LONGEST_TEXT, height=90
            )
        on = st.date_input("By", line.on, format="DD/MM/YYYY", key=f"{key}-{chosen}-on")
        if not module and found.language != "en":
            html(
                '<p class="muted">What you type stays as you type it; the rest is shown in the language of the person.</p>'
            )
        with st.container(horizontal=True):
            changed = st.form_submit_button("Save this line")
            dropped = st.form_submit_button("Drop it")
        if changed:
            other = LineEdit(
                None if module or text.strip() == line.text else text,
                on if isinstance(on, date) and on != line.on else None,
            )
            save(desk, found, PlanEdit(lines={chosen: other}))
        if dropped:
            save(desk, found, PlanEdit(drop=(chosen,)))


def add_form(desk: Desk, found: PlanView) -> None:
    """A module, or something of one's own."""
    key = _key(found, "add")
    there = {line.module for line in found.lines}
    modules = {"": OWN} | {id_: escaped(title) for id_, title in found.modules.items() if id_ not in there}
    module = st.selectbox("What", list(modules), format_func=lambda id_: modules[id_], key=f"{key}-what")
    with st.form(key, border=False):
        text = "" if module else st.text_input("What is to be done", key=f"{key}-text", max_chars=LONGEST_TEXT)
        on = st.date_input("By", max(found.starts_on, desk.now.date()), format="DD/MM/YYYY", key=f"{key}-on")
        if st.form_submit_button("Add it") and isinstance(on, date):
            save(desk, found, PlanEdit(add=(NewLine(on, text=text, module=module),)))


def versions_list(desk: Desk, found: PlanView) -> None:
    """Who changed what and when, each with a way back to it."""
    zone = desk.organisation.zone
    for version in versions(desk.house, found.application_id, actor=desk.actor):
        shared = " · shared" if version.shared_at else ""
        items = "".join(f"<li>{escape(said)}</li>" for said in version.changes) or "<li>The same as before.</li>"
        at = version.at.astimezone(zone)
        html(
            f"<h3>Version {version.number}</h3><p class='muted'>{escape(version.by)}, {at.day} {at:%B %Y, %H:%M}{shared}</p>"
            f"<ul class='points'>{items}</ul>"
        )
        if version.number != found.number and st.button("Take up this version again", key=f"back-to-{version.number}"):
            with said_here():
                number = take_back_to(
                    desk.house,
                    found.application_id,
                    version.number,
                    based_on=_state(found)["base"],
                    actor=desk.actor,
                    now=desk.now,
                )
                _go_on(found, number)


def _state(found: PlanView) -> dict[str, Any]:
    """Which version is on this screen, and which round of typing it is."""
    state: dict[str, Any] = st.session_state.setdefault(
        f"plan-{found.application_id}", {"base": found.number, "round": 0}
    )
    return state


def _key(found: PlanView, name: str) -> str:
    return f"{name}-{found.application_id}-{_state(found)['round']}"


def _go_on(found: PlanView, number: int) -> None:
    """A fresh form on that version."""
    st.session_state[f"plan-{found.application_id}"] = {"base": number, "round": _state(found)["round"] + 1}
    st.rerun()
