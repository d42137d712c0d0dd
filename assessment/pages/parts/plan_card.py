"""The plan of one newcomer for whoever leads them: what is in it, because of what, and everything that can be changed."""

from html import escape

import streamlit as st

from assessment.pages.parts.dress import card, chip, html, icon
from assessment.pages.parts.plan_forms import (
    add_form,
    frame_form,
    line_form,
    newer_note,
    save,
    share_now,
    versions_list,
)
from assessment.pages.parts.staff_frame import Desk
from assessment.pages.parts.trouble import said_here
from assessment.services.plan_proposing import propose_plan
from assessment.services.plan_view import LineView, NoPlan, PlanView, ReasonView
from assessment.training.plan_changes import days_words
from assessment.training.plan_edit import PlanEdit


def no_plan_card(desk: Desk, found: NoPlan) -> None:
    """Somebody who was hired before there were plans."""
    with card("plan"):
        html(
            '<div class="empty"><p class="lead">There is no plan yet.</p>'
            "<p>One is proposed from the job, the answers and the talk. You look at it before it is shared.</p></div>"
        )
        if desk.actor.role != "supervisor" and st.button("Propose a plan", type="primary", width="stretch"):
            with said_here():
                propose_plan(desk.house, found.application_id, actor=desk.actor, now=desk.now)
                st.rerun()


def plan_card(desk: Desk, found: PlanView) -> None:
    """Facts of the first day, the lines by phase, why they are there, and the forms to change them."""
    newer_note(desk, found)
    with card("plan"):
        html(f"<h2>{_heading(found)}</h2>{_state(desk, found)}{_facts(found)}")
        if found.shared != found.number:
            words = "Share the plan with them" if found.shared is None else "Share the changes"
            if st.button(words, type="primary", key="share-plan"):
                share_now(desk, found)
    if desk.actor.role != "supervisor":
        with card("reasons"):
            _reasons(desk, found)
    if found.helps:
        with card("helps"):
            html(
                f"<h2>What helps from you</h2><ul class='points'>{''.join(f'<li>{escape(h)}</li>' for h in found.helps)}</ul>"
            )
    with card("plan-lines"):
        html(f"<h2>What is in it</h2>{''.join(_phase(found, phase) for phase in found.phases)}")
    with card("change-plan"):
        html('<h2>Change the plan</h2><p class="muted">Every change is a version of its own; nothing is lost.</p>')
        with st.expander("First day, buddy and days of work"):
            frame_form(desk, found)
        with st.expander("Change or drop a line"):
            line_form(desk, found)
        with st.expander("Add a line"):
            add_form(desk, found)
        with st.expander(f"Versions: {found.number}"):
            versions_list(desk, found)


def _heading(found: PlanView) -> str:
    if not found.lines:
        return "Nothing is in the plan"
    return f"{found.done} of {len(found.lines)} lines done"


def _state(desk: Desk, found: PlanView) -> str:
    at = f"{found.at.astimezone(desk.organisation.zone):%-d %B %Y}"
    made = f"Version {found.number}, by {escape(found.by)} on {at}."
    if found.shared == found.number:
        said = chip("good", "Shared")
    elif found.shared is None:
        said = chip("attend", "Not shared yet: they do not see it")
    else:
        said = chip("attend", f"They still see version {found.shared}")
    return f'<p>{said} <span class="muted">{made}</span></p>'


def _facts(found: PlanView) -> str:
    first = f"{found.starts_on:%A} {found.starts_on.day} {found.starts_on:%B %Y}"
    facts = (
        ("First day", ", ".join(part for part in (first, found.first_time) if part)),
        ("Place", found.place),
        ("To bring", found.bring),
        ("Buddy", found.buddy),
        ("Days of work", ", ".join(part for part in (days_words(found.works_on), found.shift) if part)),
    )
    rows = "".join(
        f"<dt>{name}</dt><dd>{escape(value) or '<span class=muted>not set</span>'}</dd>" for name, value in facts
    )
    return f'<dl class="first-day-facts">{rows}</dl>'


def _phase(found: PlanView, phase: str) -> str:
    lines = sorted(
        (line for line in found.lines if line.phase == phase), key=lambda line: (line.what != "goal", line.on)
    )
    if not lines:
        return ""
    return f'<h3>{escape(found.phases[phase])}</h3><ul class="plan-lines">{"".join(map(_line, lines))}</ul>'


def _line(line: LineView) -> str:
    done = line.done_at is not None
    text = escape(line.text)
    if line.what == "module":
        text = f'<a href="/module?id={escape(line.module)}" target="_self">{text}</a>'
    what = {"goal": "goal", "module": "module", "step": "step", "practice": "on the job", "own": "own line"}[line.what]
    said = "done" if done else "not done yet"
    why = escape(" · ".join((what, *line.why)))
    return (
        f'<li class="{"done" if done else "open"}">{icon("done" if done else "next")}'
        f'<div><span class="{"goal" if line.what == "goal" else "text"}">{text}</span>'
        f'<div class="sub">{why}<span class="sr-only">, {said}</span></div></div>'
        f'<span class="by">by {line.on.day} {line.on:%b}</span></li>'
    )


def _reasons(desk: Desk, found: PlanView) -> None:
    html(
        "<h2>Because of what</h2><p class='muted'>Figures as of when the plan was proposed. Supervisors and colleagues "
        "do not see them. Plans are for growth: never for pay, promotion or dismissal.</p>"
    )
    if not found.reasons:
        html("<p>The plan is that of the job; nothing stands out.</p>")
    for reason in found.reasons:
        html(_reason(reason))
        if st.button("Take out", key=f"out-{reason.id}", help="It can be added again"):
            save(desk, found, PlanEdit(leave_out=(reason.id,)))
    if found.offered:
        html(
            "<h3>Could be added</h3><p class='muted'>Two at a time are enough for anybody. Near the edge of a range, add "
            "one only when you or the talk see the same.</p>"
        )
    for reason in found.offered:
        html(_reason(reason))
        if st.button("Add to the plan", key=f"in-{reason.id}"):
            save(desk, found, PlanEdit(take_up=(reason.id,)))


def _reason(reason: ReasonView) -> str:
    more = "".join(
        f'<p class="muted">{name}: {escape(said)}</p>'
        for name, said in (("What may show", reason.sign), ("What helps from a lead", reason.helps))
        if said
    )
    return f'<div class="reason"><b>{escape(reason.title)}</b><p>{escape(reason.words)}</p>{more}</div>'
