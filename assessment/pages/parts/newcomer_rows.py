"""Newcomers as a list: name and day, plan, modules, next check-in, who leads them and who is their buddy."""

from collections.abc import Sequence
from datetime import date
from html import escape

from assessment.pages.parts.dress import chip
from assessment.reports.words import STAGES
from assessment.services.newcomers import PLAN_DAYS, PLAN_STATES, Newcomer

PLAN_CHIPS = {"none": "attend", "draft": "attend", "changed": "attend", "shared": "good"}


def newcomer_rows(found: Sequence[Newcomer], today: date, *, masked: bool) -> str:
    head = (
        '<div class="newcomer-head" aria-hidden="true"><span>Person</span><span>Plan</span><span>Modules</span>'
        "<span>Next check-in</span><span>With</span></div>"
    )
    return f'{head}<ul class="rows newcomers">{"".join(_row(one, today, masked=masked) for one in found)}</ul>'


def day_words(one: Newcomer) -> str:
    """Day 12 of 90, in 5 days, or what there is to say of the first day."""
    if one.left_on is not None:
        return f"left on {one.left_on.day} {one.left_on:%B %Y}"
    if one.day is None:
        return f"first day: {one.first_day}" if one.first_day else "no first day yet"
    if one.day < 1:
        return f"first day: {one.first_day}"
    if one.day > PLAN_DAYS:
        return f"day {one.day}, the first 90 are over"
    return f"day {one.day} of {PLAN_DAYS}"


def _due(one: Newcomer, today: date) -> str:
    """The next check-in in words; one that is open since some day says so."""
    check_in = one.next_check_in
    if check_in is None:
        return "none"
    on = f"{check_in.due_on.day} {check_in.due_on:%b}"
    if check_in.due_on < today:
        return f"day {check_in.day} {chip('attend', f'open since {on}')}"
    return f"day {check_in.day}, {on}"


def _row(one: Newcomer, today: date, *, masked: bool) -> str:
    name = escape(one.called(masked))
    who = (
        f'<a class="who" href="/newcomer?application={one.application_id}" target="_self">{name}</a>'
        if one.hired
        else f'<span class="who">{name}</span>'
    )
    sub = f'<div class="sub">{escape(one.title)} · {escape(day_words(one))}</div>'
    if not one.hired:
        return f"<li><div>{who}{sub}</div><div>{chip('quiet', STAGES[one.stage])}</div></li>"
    due = _due(one, today)
    leads = ", ".join(one.supervisors) or "nobody yet"
    buddy = f"buddy: {one.buddy}" if one.buddy else "no buddy yet"
    people = f'<div>{escape(leads)}</div><div class="sub">{escape(buddy)}</div>' if not masked else ""
    done = f"{one.modules_done} of {one.modules}" if one.plan != "none" else "–"
    return (
        f"<li><div>{who}{sub}</div><div>{chip(PLAN_CHIPS[one.plan], PLAN_STATES[one.plan])}</div>"
        f'<div class="num" data-label="Modules done">{done}</div><div data-label="Next check-in">{due}</div>'
        f'<div data-label="With">{people}</div></li>'
    )
