"""Check-ins and early warnings as cards for those who lead newcomers: what asks for an eye, and both sides over the days."""

from collections.abc import Iterable
from datetime import date
from html import escape
from itertools import groupby

import streamlit as st

from assessment.pages.parts.dress import add_sheet, card, chip, html
from assessment.pages.parts.show_chart import show_chart
from assessment.pages.parts.staff_frame import Desk
from assessment.pages.parts.trouble import escaped, said_here
from assessment.reports.charts.check_ins import PairRow, SidePoint, agreement, check_in_trend
from assessment.services.check_in_dates import set_dates
from assessment.services.check_in_trends import DayView, SideView, Trends, trends
from assessment.services.early_warnings import (
    LONGEST_NOTE,
    EarlyWarning,
    early_warnings,
    open_warning_again,
    settle_warning,
    warnings_about,
)
from assessment.services.warning_rules import KINDS

LEAD = "Who leads"
NO_SCORE = (
    "A mean is over the lines of one day, and they differ from day to day. It says how the start goes; it is no score of "
    "a person."
)


def warnings_card(desk: Desk) -> None:
    """Everybody the actor leads whose first weeks ask for an eye, by the day something is due."""
    add_sheet("check_in.css")
    found = early_warnings(desk.house, actor=desk.actor, now=desk.now)
    with card("warnings"):
        people = len({one.application_id for one in found})
        who = "One newcomer asks" if people == 1 else f"{people} newcomers ask"
        html(f"<h2>{f'{who} for your eye' if found else 'Nobody asks for your eye'}</h2>")
        if not found:
            html(
                '<p class="muted">A silence, low answers or a wish to talk would stand here, each with a next step.</p>'
            )
            return
        html(
            '<p class="muted">By the day a step is due. It says that help may be needed, never how good a person is.</p>'
        )
        for _, own in groupby(_by_person(found), key=lambda one: one.application_id):
            _person(desk, list(own))


def newcomer_warnings_card(desk: Desk, application_id: str) -> None:
    """What asks for an eye about one newcomer; nothing where nothing does."""
    add_sheet("check_in.css")
    about = warnings_about(desk.house, application_id, actor=desk.actor, now=desk.now)
    found = [one for one in about if one.settled is None]
    if not found:
        return
    with card("newcomer-warnings"):
        many = f"{len(found)} things ask" if len(found) > 1 else "One thing asks"
        html(f"<h2>{many} for your eye</h2>")
        for one in found:
            _warning(desk, one)


def check_ins_card(desk: Desk, application_id: str) -> None:
    """Trend, agreement and answers of one newcomer, and what was done, for those who lead them."""
    add_sheet("check_in.css")
    found = trends(desk.house, application_id, actor=desk.actor, now=desk.now)
    about = warnings_about(desk.house, application_id, actor=desk.actor, now=desk.now)
    settled = [one for one in about if one.settled is not None]
    with card("check-ins"):
        html(f"<h2>{_finding(found)}</h2>")
        if not found.days:
            _first_day(desk, application_id)
            return
        _charts(desk, found)
        for day in found.days:
            _day(desk, found, day)
        if settled:
            with st.expander(f"What was done ({len(settled)})"):
                for one in settled:
                    _settled(desk, one)


def _finding(found: Trends) -> str:
    """The answer as a heading: who has spoken, and whether the two see it alike."""
    if not found.days:
        return "When is the first day?"
    both = [d for d in found.days if d.newcomer and d.newcomer.mean and d.manager.mean]
    if not both:
        return "How it goes, from both sides"
    pairs, far = found.pairs, [pair for pair in found.pairs if pair.is_large]
    if not far:
        return f"Both sides see the start alike on {len(pairs)} of {len(pairs)} points"
    return f"The two sides differ on {len(far)} of {len(pairs)} points"


def _charts(desk: Desk, found: Trends) -> None:
    first = found.name.split()[0] if found.name.split() else found.name
    newcomer = _points((day.day, day.newcomer) for day in found.days)
    manager = _points((day.day, day.manager) for day in found.days)
    if newcomer or manager:
        show_chart(check_in_trend, newcomer, manager, key="check-in-trend", who=first, lead=LEAD)
        html(f'<p class="muted small">Mark: mean. Bar: lowest to highest line. {escape(NO_SCORE)}</p>')
    if found.pairs:
        rows = [PairRow(p.day, p.newcomer_line, p.newcomer, p.manager) for p in found.pairs]
        html("<h3>Asked of both, about the same thing</h3>")
        show_chart(agreement, rows, key="check-in-agreement", who=first, lead=LEAD)
        html(
            '<p class="muted small">Two steps apart is worth a talk, whoever is right. Ask for an example, and give one.</p>'
        )


def _points(sides: Iterable[tuple[int, SideView | None]]) -> list[SidePoint]:
    means = [(day, side.mean) for day, side in sides if side is not None]
    return [SidePoint(day, mean.mean, mean.n, mean.low, mean.high) for day, mean in means if mean is not None]


def _day(desk: Desk, found: Trends, day: DayView) -> None:
    due = f"{day.due_on.day} {day.due_on:%B}"
    today = desk.organisation.day(desk.now)
    with st.expander(f"Day {day.day}, {due}: {_state(day, today=today.isoformat())}"):
        link = f"/check-in?application={found.application_id}&amp;day={day.day}"
        open_now = day.manager.check_in.answered_at is None and day.manager.check_in.open_on(today)
        if open_now:
            html(f'<p><a class="button" href="{link}" target="_self">Give your view of day {day.day}</a></p>')
        if day.newcomer is None and day.readable_from is not None:
            when = f"{day.readable_from.day} {day.readable_from:%B}"
            html(f"<p>What {escape(found.name)} says can be read once you have given your view, or from {when} on.</p>")
        if day.late:
            html(f"<p>{chip('attend', 'The view of who leads came when the other could be read already.')}</p>")
        sides = [(found.name, day.newcomer), (day.manager.by or LEAD, day.manager)]
        html('<div class="two-sides">' + "".join(_side(name, side) for name, side in sides if side) + "</div>")


def _side(name: str, side: SideView) -> str:
    if side.check_in.answered_at is None:
        return f'<div><h3>{escape(name)}</h3><p class="muted">No answer yet.</p></div>'
    lines = "".join(f"<dt>{escape(text)}</dt><dd>{escape(said)}</dd>" for text, said in side.lines)
    own = side.check_in.own_words
    own = f'<dt>{escape(side.question)}</dt><dd class="typed">{escape(own)}</dd>' if own else ""
    return f'<div><h3>{escape(name)}</h3><dl class="answered">{lines}{own}</dl></div>'


def _state(day: DayView, *, today: str) -> str:
    if day.newcomer_answered_at is not None and day.manager.check_in.answered_at is not None:
        return "both have answered"
    if day.newcomer_answered_at is not None:
        return "the newcomer has answered"
    if day.manager.check_in.answered_at is not None:
        return "who leads has answered"
    if day.newcomer_asked_at is not None:
        return "asked, no answer yet"
    return "to come" if day.due_on.isoformat() > today else "not asked yet"


def _by_person(found: Iterable[EarlyWarning]) -> list[EarlyWarning]:
    """Those of one person together, in the order in which the first of each is due."""
    order: dict[str, list[EarlyWarning]] = {}
    for one in found:
        order.setdefault(one.application_id, []).append(one)
    return [one for own in order.values() for one in sorted(own, key=lambda w: (w.day, KINDS.index(w.kind)))]


def _person(desk: Desk, own: list[EarlyWarning]) -> None:
    """All that was seen of one person, the step for the most pressing, and one note for what was done about it."""
    first = min(own, key=lambda one: KINDS.index(one.kind))
    name = f"Person {first.number}" if desk.actor.masked else first.name
    seen = "".join(f"<p>{chip('attend', one.words)} {escape(one.because)}</p>" for one in own)
    html(
        f'<div class="warning"><b><a href="/newcomer?application={first.application_id}" target="_self">{escape(name)}</a></b> '
        f'<span class="muted">{escape(first.title)}</span> {_due(desk, min(one.due_on for one in own))}'
        f"{seen}<p><b>A next step:</b> {escape(first.step)}</p></div>"
    )
    _note(desk, own, f"Note what you did for {name}")


def _warning(desk: Desk, one: EarlyWarning) -> None:
    html(
        f'<div class="warning">{chip("attend", one.words)} {_due(desk, one.due_on)}'
        f"<p>{escape(one.because)}</p><p><b>A next step:</b> {escape(one.step)}</p></div>"
    )
    _note(desk, [one], f"Note what you did: {one.words.lower()}, day {one.day}")


def _due(desk: Desk, on: date) -> str:
    by = f"{on.day} {on:%B}"
    return chip("attend", f"Due since {by}") if on < desk.organisation.day(desk.now) else chip("quiet", f"By {by}")


def _note(desk: Desk, own: list[EarlyWarning], title: str) -> None:
    """What was done, in a few words; of several things seen it settles all."""
    key = "-".join([own[0].application_id, *(f"{one.kind}-{one.day}" for one in own)])
    with st.expander(escaped(title)), st.form(f"settle-{key}", border=False):
        note = st.text_area(
            "What you did, in a few words",
            max_chars=LONGEST_NOTE,
            height=80,
            key=f"note-{key}",
            placeholder="Talked on Tuesday; …",
        )
        if st.form_submit_button("It is seen to"):
            with said_here():
                for one in own:
                    settle_warning(
                        desk.house, one.application_id, one.kind, one.day, note=note, actor=desk.actor, now=desk.now
                    )
                st.rerun()


def _settled(desk: Desk, one: EarlyWarning) -> None:
    if one.settled is None:
        return
    at = desk.organisation.day(one.settled.at)
    html(
        f'<div class="warning"><b>{escape(one.words)}, day {one.day}</b><p>{escape(one.because)}</p>'
        f'<p class="typed">{escape(one.settled.note)}</p>'
        f'<p class="muted small">{escape(one.settled.by)}, {at.day} {at:%B %Y}</p></div>'
    )
    if st.button("Open it again", key=f"again-{one.application_id}-{one.kind}-{one.day}"):
        open_warning_again(desk.house, one.application_id, one.kind, one.day, actor=desk.actor, now=desk.now)
        st.rerun()


def _first_day(desk: Desk, application_id: str) -> None:
    """Somebody hired before there were plans: their days are set from the first one."""
    html("<p>The questions at day 7, 30, 60 and 90 come by themselves once the first day is known.</p>")
    with st.form("first-day", border=False):
        first = st.date_input("First day at work", desk.organisation.day(desk.now), format="DD/MM/YYYY")
        if st.form_submit_button("Set the days"):
            with said_here():
                set_dates(desk.house, application_id, starts_on=first, actor=desk.actor, now=desk.now)
                st.rerun()
