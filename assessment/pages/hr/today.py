"""What waits for whom: the first page of the day."""

from datetime import timedelta
from html import escape

import streamlit as st

from assessment.pages.parts.dress import card, chip, html
from assessment.pages.parts.show_chart import show_chart
from assessment.pages.parts.staff_frame import begin, nothing_yet, top
from assessment.reports.charts.stages import stages
from assessment.services.today import Task, adjustment, settle_adjustment, today

MOST = 8


def hello(hour: int) -> str:
    return "Good morning" if hour < 12 else "Good afternoon" if hour < 18 else "Good evening"


def rows(tasks: tuple[Task, ...]) -> str:
    """Tasks as a list; each leads to the person or the opening."""
    lines = ""
    for task in tasks[:MOST]:
        link = (
            f"/candidate?application={task.application_id}"
            if task.application_id
            else f"/candidates?vacancy={task.vacancy_id}"
        )
        due = chip("attend" if task.overdue else "quiet", task.due) if task.due else ""
        lines += (
            f'<li><div><a class="who" href="{link}" target="_self">{escape(task.title)}</a>'
            f'<div class="sub">{escape(task.line)}</div></div>{due}</li>'
        )
    more = f'<p class="muted small">and {len(tasks) - MOST} more</p>' if len(tasks) > MOST else ""
    return f'<ul class="rows todo">{lines}</ul>{more}'


desk = begin()
found = today(desk.house, actor=desk.actor, now=desk.now)
n = len(found.waiting_on_you)
late = f"{len(found.overdue)} of them overdue." if found.overdue else "Nothing is late."
first = desk.actor.name.split()[0] if desk.actor.name.split() else desk.actor.name
said = (
    f"{n} thing{'s' if n != 1 else ''} wait{'' if n != 1 else 's'} for you. {late}" if n else "Nothing waits for you."
)
here = desk.now - timedelta(minutes=st.context.timezone_offset or 0)  # the clock of whoever looks
when = f"{here:%A} {here.day} {here:%B} · {desk.organisation.name}"
top(desk, "today", f"{hello(here.hour)}, {first}", said, above=when)

if not found.vacancies:
    nothing_yet(
        "Your openings will stand here.",
        "Open the first: choose a role, say where and for what pay, and invite people.",
        button="Open your first vacancy",
        page="hr/openings.py",
    )
    st.stop()

counts = found.counts
to_read = sum(task.kind == "read" for task in found.waiting_on_you)
figures = (
    ("Invited", counts.invited, f"{len(found.vacancies)} open vacancies"),
    ("Started", counts.started, f"of {counts.invited} invited"),
    ("Finished", counts.finished, f"of {counts.started} started"),
    ("To read", to_read, "not opened by anybody yet"),
)
html(
    '<dl class="figures">'
    + "".join(
        f'<div><dt>{name}</dt><dd class="value">{value}</dd><dd class="note">{note}</dd></div>'
        for name, value, note in figures
    )
    + "</dl>"
)

left, right = st.columns([5, 4], gap="medium")
with left:
    with card("on-you"):
        html("<h2>Waiting on you</h2>")
        if found.waiting_on_you:
            html(rows(found.waiting_on_you))
        else:
            html(
                '<div class="empty"><p class="lead">Nothing waits for you.</p><p>Everybody who wrote has an answer.</p></div>'
            )
    for task in found.waiting_on_you:
        if task.kind == "adjustment":
            with card(f"adjustment-{task.id}"):
                asked = adjustment(desk.house, task.id, actor=desk.actor)
                options = "".join(f"<li>{escape(option)}</li>" for option in asked.options)
                own = f'<p class="lead">“{escape(asked.text)}”</p>' if asked.text else ""
                html(f"<h2>{escape(task.title)}</h2><ul>{options}</ul>{own}")
                if st.button("It is seen to", key=f"settle-{task.id}"):
                    settle_adjustment(desk.house, task.id, actor=desk.actor, now=desk.now)
                    st.rerun()
with right:
    with card("on-candidates"):
        html("<h2>Waiting on candidates</h2>")
        if found.waiting_on_candidates:
            html(rows(found.waiting_on_candidates))
        else:
            html('<p class="muted">Nobody has stopped half-way.</p>')
    for vacancy in found.vacancies:
        with card(f"stages-{vacancy.id}"):
            html(
                f'<h2><a href="/opening?vacancy={vacancy.id}" target="_self">{escape(vacancy.title)}</a></h2>'
                f'<p class="muted">Open for {(desk.now - vacancy.created_at).days} days · {escape(vacancy.hours)}</p>'
            )
            if vacancy.counts.invited:
                c = vacancy.counts
                show_chart(
                    stages, {"Invited": c.invited, "Started": c.started, "Finished": c.finished}, key=f"s-{vacancy.id}"
                )
            else:
                html('<p class="muted">Nobody is invited yet.</p>')
