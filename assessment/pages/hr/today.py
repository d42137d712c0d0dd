"""What waits for whom: the first page of the day."""

from datetime import timedelta
from html import escape

import streamlit as st

from assessment.pages.parts.dress import card, chip, html
from assessment.pages.parts.show_chart import show_chart
from assessment.pages.parts.staff_frame import begin, nothing_yet, top
from assessment.reports.charts.stages import stages
from assessment.services.to_do import ToDo
from assessment.services.today import Today, today

MOST = 10


def hello(hour: int) -> str:
    return "Good morning" if hour < 12 else "Good afternoon" if hour < 18 else "Good evening"


def rows(tasks: tuple[ToDo, ...]) -> str:
    """Tasks as a list; each leads to where it is done."""
    lines = ""
    for task in tasks:
        due = chip("attend" if task.overdue else "quiet", task.due) if task.due else ""
        whose = f" · {escape(task.for_whom)}" if task.for_whom else ""
        lines += (
            f'<li><div><a class="who" href="{escape(task.link)}" target="_self">{escape(task.title)}</a>'
            f'<div class="sub">{escape(task.line)}{whose}</div></div>{due}</li>'
        )
    return f'<ul class="rows todo">{lines}</ul>'


def all_rows(tasks: tuple[ToDo, ...]) -> None:
    """The first ones, and the rest one click away."""
    html(rows(tasks[:MOST]))
    if len(tasks) > MOST:
        with st.expander(f"{len(tasks) - MOST} more"):
            html(rows(tasks[MOST:]))


def figures(found: Today) -> str:
    counts = found.counts
    to_hire = f"{found.days_to_hire:.0f}" if found.days_to_hire is not None else "–"
    hires = "one hire" if found.hires == 1 else f"{found.hires} hires"
    lines = (
        ("Days to hire", to_hire, f"median of {hires}" if found.hires else "nobody is hired yet"),
        ("Hours spent", f"{found.spent.minutes / 60:,.0f}", "counted from what was done, and typed"),
        ("Cost so far", f"{found.spent.cents / 100:,.0f} {found.currency}", "hours and money, see the ledger"),
        ("Finished", f"{counts.finished}", f"of {counts.started} started, {counts.invited} invited"),
    )
    return (
        '<dl class="figures">'
        + "".join(
            f'<div><dt>{name}</dt><dd class="value">{value}</dd><dd class="note">{note}</dd></div>'
            for name, value, note in lines
        )
        + "</dl>"
    )


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
    if found.waiting_on_you:
        with card("on-you"):
            html(f"<h2>Waiting on you</h2>{rows(found.waiting_on_you)}")
    nothing_yet(
        "Your openings will stand here.",
        "Open the first: choose a role, say where and for what pay, and invite people.",
        button="Open your first vacancy",
        page="hr/openings.py",
    )
    st.stop()

html(figures(found))
left, right = st.columns([5, 4], gap="medium")
with left, card("on-you"):
    html("<h2>Waiting on you</h2>")
    if found.waiting_on_you:
        all_rows(found.waiting_on_you)
    else:
        html(
            '<div class="empty"><p class="lead">Nothing waits for you.</p><p>Everybody who wrote has an answer.</p></div>'
        )
with right:
    with card("on-candidates"):
        html("<h2>Waiting on candidates</h2>")
        if found.waiting_on_candidates:
            all_rows(found.waiting_on_candidates)
        else:
            html('<p class="muted">Nobody has stopped half-way.</p>')
    for vacancy in found.vacancies:
        with card(f"stages-{vacancy.id}"):
            html(
                f'<h2><a href="/opening?vacancy={vacancy.id}" target="_self">{escape(vacancy.title)}</a></h2>'
                f'<p class="muted">Open for {(desk.now - vacancy.created_at).days} days · {escape(vacancy.hours)} · '
                f'<a href="/board?vacancy={vacancy.id}" target="_self">board</a></p>'
            )
            if vacancy.counts.invited:
                c = vacancy.counts
                show_chart(
                    stages, {"Invited": c.invited, "Started": c.started, "Finished": c.finished}, key=f"s-{vacancy.id}"
                )
            else:
                html('<p class="muted">Nobody is invited yet.</p>')
