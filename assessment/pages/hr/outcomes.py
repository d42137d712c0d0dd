"""What came of the hires: who was rated, who stayed, what was counted; and how little few hires can say."""

from collections import Counter
from html import escape

import streamlit as st

from assessment.pages.parts.dress import card, chip, html
from assessment.pages.parts.masked import mask_toggle
from assessment.pages.parts.outcome_import_card import outcome_import_card
from assessment.pages.parts.staff_frame import begin, nothing_yet, top
from assessment.reports.outcome_words import STAY_NAMES, STAY_WORDS, how_much_it_says, stay_note
from assessment.services.outcome_days import LATEST_DAY, OPENS_ON_DAY, STAYS
from assessment.services.outcome_rows import OutcomeRow, outcome_rows
from assessment.training.outcome_scales import outcome_scales

MOST = 50
N_SCALES = len(outcome_scales().ids)

desk = begin()
rows = outcome_rows(desk.house, actor=desk.actor, now=desk.now)
rated = sum(row.raters > 0 for row in rows)
top(desk, "outcomes", "Outcomes", how_much_it_says(len(rows), rated) if rows else "What came of the hires.")


def stay_figure(days: int) -> tuple[str, str, str]:
    counts = Counter[str](row.stays[days] for row in rows)
    known = counts["yes"] + counts["no"]
    value = f"{counts['yes']} <small>of {known}</small>" if known else "–"
    return f"Here {STAY_NAMES[days].lower()}", value, stay_note(dict(counts)) or "everybody is counted"


def counted_figure() -> tuple[str, str, str]:
    counted = [row for row in rows if row.compliments is not None or row.complaints is not None]
    if not counted:
        return "Compliments, complaints", "–", "nothing is counted yet"
    value = f"{sum(r.compliments or 0 for r in counted)}, {sum(r.complaints or 0 for r in counted)}"
    return (
        "Compliments, complaints",
        value,
        f"of {len(counted)} {'person' if len(counted) == 1 else 'people'}; of the others nothing was counted",
    )


def figures() -> str:
    lines = (
        ("Rated", f"{rated} <small>of {len(rows)}</small>", f"on up to {N_SCALES} scales, from day {OPENS_ON_DAY} on"),
        *(stay_figure(days) for days in STAYS),
        counted_figure(),
    )
    return (
        '<dl class="figures">'
        + "".join(
            f'<div><dt>{name}</dt><dd class="value">{value}</dd><dd class="note">{note}</dd></div>'
            for name, value, note in lines
        )
        + "</dl>"
    )


def rating_words(row: OutcomeRow) -> str:
    if row.raters:
        by = f", by {row.raters}" if row.raters > 1 else ""
        return f"{row.seen} of {N_SCALES} scales{by}"
    if row.begun:
        return "begun"
    if row.day is None or row.day < OPENS_ON_DAY:
        return f"opens on day {OPENS_ON_DAY}"
    return chip("attend", "waits") if row.left_on is None and row.day <= LATEST_DAY else "not rated"


def stay_words(row: OutcomeRow, days: int) -> str:
    words = STAY_WORDS[row.stays[days]]
    return words.capitalize() if row.stays[days] in ("yes", "no") else f'<span class="muted">{words}</span>'


def counted(n: int | None) -> str:
    return "–" if n is None else str(n)


def table(shown: tuple[OutcomeRow, ...]) -> str:
    heads = "".join(f"<th>{name}</th>" for name in STAY_NAMES.values())
    lines = ""
    for row in shown:
        first = f"{row.first_day.day} {row.first_day:%b %Y}" if row.first_day else "not set"
        stays = "".join(f'<td data-label="{STAY_NAMES[days]}">{stay_words(row, days)}</td>' for days in STAYS)
        lines += (
            f'<tr><td><b><a href="/newcomer?application={row.application_id}" target="_self">{escape(row.name[:200])}</a></b>'
            f'<div class="muted small">{escape(row.title)}</div></td><td data-label="First day">{first}</td>'
            f'<td data-label="Rating">{rating_words(row)}</td>{stays}'
            f'<td class="n" data-label="Compliments">{counted(row.compliments)}</td>'
            f'<td class="n" data-label="Complaints">{counted(row.complaints)}</td></tr>'
        )
    return (
        f'<table class="stack"><thead><tr><th>Who</th><th>First day</th><th>Rating</th>{heads}'
        f'<th class="n">Compliments</th><th class="n">Complaints</th></tr></thead><tbody>{lines}</tbody></table>'
    )


if not rows:
    nothing_yet(
        "Here will stand what came of each hire.",
        "Confirm a hire. From day 80 on whoever leads the person says how the work goes; who stays is computed.",
        button="Candidates",
        page="hr/candidates.py",
    )
    st.stop()

html(figures())
with st.container(horizontal=True, vertical_alignment="center"):
    mask_toggle(desk)
    html(
        '<p style="display: flex; flex-wrap: wrap; gap: 0.75rem"><a class="button" href="/staff/outcomes.csv" target="_self">'
        'Numbers for evidence (CSV)</a> <a class="button" href="/staff/outcomes.xlsx" target="_self">Everything (XLSX)</a></p>'
    )
with card("outcomes"):
    html(f"<h2>{len(rows)} hire{'s' * (len(rows) != 1)}, the newest first</h2>")
    html(
        '<p class="muted">What is known of each, in no order of merit. Ratings themselves are only in the files, for '
        "evidence about our hiring; they are no basis for pay or the contract. A dash: nothing was counted.</p>"
    )
    html(table(rows[:MOST]))
    if len(rows) > MOST:
        with st.expander(f"{len(rows) - MOST} more"):
            html(table(rows[MOST:]))
outcome_import_card(desk)
