"""The ledger: who waits for whom, how long a hire takes, and what it costs, openly."""

from datetime import date, timedelta
from html import escape
from typing import Any

import streamlit as st

from assessment.pages.parts.dress import card, chip, html
from assessment.pages.parts.show_chart import show_chart
from assessment.pages.parts.staff_frame import begin, nothing_yet, parameter, top
from assessment.pages.parts.trouble import said_here
from assessment.reports.charts.months import MonthCost, months
from assessment.reports.charts.waits import Waited, waits
from assessment.reports.words import STAGES, plural
from assessment.services.answer_times import answer_times
from assessment.services.costs import add_cost, list_costs, remove_cost
from assessment.services.ledger import Ledger, VacancyLine, Waiter, ledger, ledger_csv
from assessment.services.rates import CURRENCIES, Rates, edit_rates
from assessment.services.vacancies import list_vacancies

MOST, LOOKED_BACK = 12, timedelta(days=90)
ON = {"us": "on us", "candidate": "on the candidate", "nobody": "on nobody"}


def money(cents: float, currency: str) -> str:
    return f"{cents / 100:,.0f} {currency}"


def hours(minutes: int) -> str:
    return f"{minutes / 60:,.1f} h"


def figures(found: Ledger) -> str:
    to_hire = f"{found.days_to_hire:.1f}" if found.days_to_hire is not None else "–"
    on_us = f"{found.days_on_us:.1f} of them on us" if found.days_on_us is not None else "nobody is hired yet"
    each = money(found.spent.cents / found.hires, found.rates.currency) if found.hires else "–"
    ours = sum(waiter.on == "us" for waiter in found.overdue)
    all_of_it = money(found.spent.cents, found.rates.currency)
    lines = (
        ("Days to hire", to_hire, on_us),
        ("Cost of a hire", each, f"{all_of_it} for all openings, {plural(found.hires, 'hire')}"),
        ("Hours", hours(found.spent.minutes), f"{hours(found.spent.typed_minutes)} of them typed"),
        ("Overdue on us", str(ours), f"{len(found.overdue) - ours} on candidates; {len(found.waiting)} stand open"),
    )
    return (
        '<dl class="figures">'
        + "".join(
            f'<div><dt>{name}</dt><dd class="value">{escape(value)}</dd><dd class="note">{escape(note)}</dd></div>'
            for name, value, note in lines
        )
        + "</dl>"
    )


def waiter_line(waiter: Waiter) -> str:
    allowed = f"{waiter.days - waiter.allowed_days:.0f} d over" if waiter.overdue and waiter.allowed_days else ""
    late = chip("attend", allowed or "overdue") if waiter.overdue else chip("quiet", f"{waiter.days:.0f} d")
    return (
        f'<li><div><a class="who" href="/candidate?application={waiter.application_id}" target="_self">'
        f'{escape(waiter.name)}</a><div class="sub">{escape(waiter.title)} · {STAGES[waiter.stage]} · '
        f"waits {plural(round(waiter.days), 'day')} {ON[waiter.on]}</div></div>{late}</li>"
    )


def opening_row(line: VacancyLine, currency: str) -> str:
    to_hire = ", ".join(f"{d:.0f}" for d in line.days_to_hire) or "–"
    each = money(line.cents_per_hire, currency) if line.cents_per_hire is not None else "–"
    cells = (
        ("Applications", str(line.applications)),
        ("Hired", str(line.hires)),
        ("Days to hire", to_hire),
        ("Hours", hours(line.spent.minutes)),
        ("Money", money(line.spent.typed_cents, currency)),
        ("In all", money(line.spent.cents, currency)),
        ("Per hire", each),
    )
    closed = ' <span class="muted">(closed)</span>' if line.closed_at else ""
    return (
        f'<tr><th scope="row"><a href="/ledger?vacancy={line.id}" target="_self">{escape(line.title)}</a>{closed}</th>'
        + "".join(f'<td class="num" data-label="{name}">{value}</td>' for name, value in cells)
        + "</tr>"
    )


desk = begin()
openings = {v.id: v for v in list_vacancies(desk.house, actor=desk.actor, now=desk.now)}
chosen = parameter("vacancy") or None
found = ledger(desk.house, vacancy_id=chosen if chosen in openings else None, actor=desk.actor, now=desk.now)
currency = found.rates.currency
named = openings[chosen].title if chosen in openings else ""
top(
    desk,
    "ledger",
    "Ledger",
    "Who waits for whom, how long a hire takes, and what it costs.",
    above=named,
)
if chosen in openings:
    html('<p><a href="/ledger" target="_self">All openings</a></p>')
if not openings:
    nothing_yet("Your first hire will stand here.", "Open an opening first.", button="Openings", page="hr/openings.py")
    st.stop()
html(figures(found))

left, right = st.columns([5, 4], gap="medium")
with left, card("stages"):
    gone = [stage for stage in found.stages if stage.n]
    html("<h2>Days at each stage</h2><p class='muted'>Mean of the applications that have left it.</p>")
    if gone:
        rows = [Waited(STAGES[s.stage], s.us, s.candidate, s.n) for s in found.stages if s.n]
        show_chart(waits, rows, key="waits")
    else:
        html('<p class="muted">Nobody has left a stage yet.</p>')
with right, card("waiting"):
    html("<h2>Who waits now</h2><p class='muted'>Overdue first, by the days of your stage plan.</p>")
    if found.waiting:
        only_us = st.toggle("Only what waits for us", value=True, key="only-us")
        shown = [w for w in found.waiting if not only_us or w.on == "us"]
        html(f'<ul class="rows todo">{"".join(waiter_line(w) for w in shown[:MOST])}</ul>')
        if len(shown) > MOST:
            html(f'<p class="muted small">and {len(shown) - MOST} more, all in the export</p>')
    else:
        html('<p class="muted">Nobody waits.</p>')
    answered = answer_times(desk.house, actor=desk.actor, since=desk.now - LOOKED_BACK, now=desk.now)
    if answered.share is not None:
        counted = answered.within + answered.later + answered.overdue
        html(
            f"<p>{answered.within} of {counted} questions and notes of the last {LOOKED_BACK.days} days were answered "
            f'within one working day. <a href="/inbox" target="_self">Inbox</a></p>'
        )

with card("months"):
    html("<h2>What hiring costs, by month</h2>")
    if found.months:
        rows_of_months = [
            MonthCost(m.month, m.spent.hours_cents / 100, m.spent.typed_cents / 100, m.hires) for m in found.months
        ]
        show_chart(months, rows_of_months, key="months", currency=currency)
    else:
        html('<p class="muted">Nothing was spent yet.</p>')
    rates = found.rates
    html(
        f'<p class="muted small">Hours are counted from what was done: {rates.invite_minutes} min an invitation, '
        f"{rates.read_minutes} a report read, {rates.answer_minutes} a question answered, {rates.decide_minutes} a "
        f"decision, interviews by the clock and {rates.prepare_minutes} min before each. An hour of HR costs "
        f"{money(rates.hr_hour_cents, currency)}, of an interviewer {money(rates.interviewer_hour_cents, currency)}. "
        "These minutes are assumptions; please make them yours below.</p>"
    )

with card("openings"):
    head = "".join(
        f'<th scope="col" class="num">{name}</th>'
        for name in ("Applications", "Hired", "Days to hire", "Hours", "Money", "In all", "Per hire")
    )
    html(
        f'<h2>By opening</h2><table class="stack"><thead><tr><th scope="col">Opening</th>{head}</tr></thead><tbody>'
        + "".join(opening_row(line, currency) for line in found.vacancies)
        + "</tbody></table>"
    )
    st.download_button(
        "Export as CSV",
        data=lambda: ledger_csv(found).encode("utf-8-sig"),
        file_name="carefit-ledger.csv",
        mime="text/csv",
        on_click="ignore",
    )

with card("costs"):
    html(
        "<h2>Hours and money that no log knows</h2><p class='muted'>An advertisement, an agency's fee, phone calls.</p>"
    )
    typed = [c for c in list_costs(desk.house, actor=desk.actor) if chosen not in openings or c.vacancy_id == chosen]
    for cost in typed[:MOST]:
        with st.container(horizontal=True, vertical_alignment="center", key=f"cost-{cost.id}"):
            html(
                f'<p><b>{escape(cost.what)}</b><br><span class="muted small">{escape(cost.title)} · '
                f"{cost.spent_on.day} {cost.spent_on:%B %Y} · {hours(cost.minutes)} · {money(cost.cents, currency)}</span></p>"
            )
            st.space("stretch")
            if st.button("Strike out", key=f"strike-{cost.id}", type="tertiary"):
                remove_cost(desk.house, cost.id, actor=desk.actor, now=desk.now)
                st.rerun()
    with st.expander("Add a line"), st.form("cost", border=False, clear_on_submit=True):
        ids = [chosen] if chosen in openings else list(openings)
        vacancy = st.selectbox("Opening", ids, format_func=lambda id_: openings[id_].title)
        what = st.text_input("What for", max_chars=200, placeholder="Advertisement in the local paper")
        one, two, three = st.columns(3)
        spent_hours = one.number_input("Hours", 0.0, 1000.0, 0.0, step=0.5)
        spent_money = two.number_input(f"Money, {currency}", 0.0, 100_000.0, 0.0, step=10.0)
        day = three.date_input("Day", desk.now.date(), max_value=desk.now.date())
        if st.form_submit_button("Add"):
            with said_here():
                add_cost(
                    desk.house,
                    str(vacancy),
                    what,
                    minutes=round(spent_hours * 60),
                    cents=round(spent_money * 100),
                    spent_on=day if isinstance(day, date) else desk.now.date(),
                    actor=desk.actor,
                    now=desk.now,
                )
                st.rerun()

with card("rates"), st.expander("What an hour costs, and how long things take"), st.form("rates", border=False):
    left, right = st.columns(2)
    new: dict[str, Any] = {
        "currency": left.selectbox("Currency", CURRENCIES, index=CURRENCIES.index(rates.currency)),
        "hr_hour_cents": left.number_input("An hour of HR", 0.0, 1000.0, rates.hr_hour_cents / 100),
        "interviewer_hour_cents": left.number_input(
            "An hour of an interviewer", 0.0, 1000.0, rates.interviewer_hour_cents / 100
        ),
        "invite_minutes": right.number_input("Minutes: an invitation", 0, 240, rates.invite_minutes),
        "read_minutes": right.number_input("Minutes: reading a report", 0, 240, rates.read_minutes),
        "answer_minutes": right.number_input("Minutes: answering a question", 0, 240, rates.answer_minutes),
        "prepare_minutes": left.number_input("Minutes: preparing an interview", 0, 240, rates.prepare_minutes),
        "decide_minutes": right.number_input("Minutes: a decision", 0, 240, rates.decide_minutes),
    }
    reason = st.text_input("Why do you change them?", max_chars=1000, key="rates-reason")
    if st.form_submit_button("Save"):
        cents = {name: round(new[name] * 100) for name in ("hr_hour_cents", "interviewer_hour_cents")}
        with said_here():
            edit_rates(
                desk.house,
                Rates.model_validate({**new, **cents}),
                reason=reason,
                actor=desk.actor,
                now=desk.now,
            )
            st.rerun()
