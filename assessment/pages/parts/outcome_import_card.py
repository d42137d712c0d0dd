"""Outcomes from a file: what it may hold, every row with what it would change, then all of it or nothing."""

from html import escape

import streamlit as st

from assessment.errors import AssessmentError
from assessment.pages.parts.dress import add_sheet, card, chip, html
from assessment.pages.parts.staff_frame import Desk
from assessment.pages.parts.trouble import said_here
from assessment.reports.words import plural
from assessment.services.outcome_days import OPENS_ON_DAY
from assessment.services.outcome_file import MAX_BYTES, MAX_ROWS
from assessment.services.outcome_import import import_outcomes
from assessment.services.outcome_preview import Change, ImportPreview, ImportRow, preview_outcomes
from assessment.training.outcome_scales import outcome_scales

ROUND, DONE = "outcomes-round", "outcomes-imported"


def outcome_import_card(desk: Desk) -> None:
    add_sheet("outcome.css")
    with card("import"):
        html(
            "<h2>Bring outcomes in from a file</h2><p class='muted'>Nothing is kept before you have seen every row, and then all "
            "of it or nothing. Ratings are kept under your name, marked as come by a file.</p>"
            '<p><a class="button" href="/staff/outcomes-to-fill-in.csv" target="_self">Get a file to fill in</a></p>'
        )
        with st.expander("What the columns are"):
            html(_columns())
        if said := st.session_state.pop(DONE, ""):
            html(f'<p role="status">{chip("good", said)}</p>')
        at = st.session_state.get(ROUND, 0)
        uploaded = st.file_uploader("A CSV file", type=["csv", "txt"], key=f"outcomes-file-{at}")
        if not uploaded:
            return
        content = uploaded.read(MAX_BYTES + 1)
        try:
            seen = preview_outcomes(desk.house, content, actor=desk.actor, now=desk.now)
        except AssessmentError as error:
            html(f'<p role="alert">{chip("attend", str(error))}</p>')
            return
        _preview(desk, content, seen)


def _preview(desk: Desk, content: bytes, seen: ImportPreview) -> None:
    if not seen.rows:
        html('<p role="alert">There are heads and no rows. Fill in one row a person.</p>')
        return
    wrong = sum(bool(row.problems) for row in seen.rows)
    new, same, differs = (seen.count(state) for state in ("new", "same", "differs"))
    html(
        f'<p role="status">{plural(len(seen.rows), "row")}: {plural(new, "value")} new, {differs} '
        f"differ{'s' * (differs == 1)} from what stands, {same} the same.</p>{_table(seen)}"
    )
    if wrong:
        needs = "row needs a change" if wrong == 1 else "rows need a change"
        html(f"<p>{wrong} {needs} in the file first. Nothing is kept yet.</p>")
        return
    replace = bool(differs) and st.checkbox(f"Replace what stands where it differs ({plural(differs, 'value')})")
    if not new and not differs:
        html("<p>All of it stands here already. There is nothing to bring in.</p>")
        return
    if st.button(f"Bring in {plural(len(seen.rows), 'row')}", type="primary", disabled=bool(differs) and not replace):
        with said_here():
            made = import_outcomes(desk.house, content, replace=replace, actor=desk.actor, now=desk.now)
            count = made.count("new") + made.count("differs")
            st.session_state[DONE] = f"{plural(count, 'value')} kept from {plural(len(made.rows), 'row')}"
            st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1  # an empty field for the next file
            st.rerun()


def _table(seen: ImportPreview) -> str:
    rows = "".join(
        f'<tr><td class="n" data-label="Row">{row.row}</td><td>{_who(row)}</td><td>{_changes(row)}</td><td>{_says(row)}</td></tr>'
        for row in seen.rows
    )
    return (
        '<table class="stack"><thead><tr><th class="n">Row</th><th>Who</th><th>What it would change</th><th>Says</th></tr>'
        f"</thead><tbody>{rows}</tbody></table>"
    )


def _who(row: ImportRow) -> str:
    if row.application_id is None:
        return f'<span class="muted">{escape(row.written) or "–"}</span>'
    return f'<b>{escape(row.name[:200])}</b><div class="muted small">{escape(row.title)}</div>'


def _changes(row: ImportRow) -> str:
    lines = "".join(f"<li>{_change(change)}</li>" for change in row.changes)
    return f"<ul>{lines}</ul>" if lines else '<span class="muted">nothing</span>'


def _change(change: Change) -> str:
    words = f"{escape(heading_of(change.column))}: <b>{escape(change.value)}</b>"
    if change.state == "differs":
        return f"{words}, stands as {escape(change.stands)}"
    return words if change.state == "new" else f'<span class="muted">{words}, the same</span>'


def _says(row: ImportRow) -> str:
    problems = "".join(
        f"<div>{chip('attend', f'{problem.column}: {problem.words}' if problem.column else problem.words)}</div>"
        for problem in row.problems
    )
    notes = "".join(f'<div class="muted small">{escape(note)}</div>' for note in row.notes)
    if problems:
        return problems + notes
    states = {change.state for change in row.changes}
    word = "differs" if "differs" in states else "new" if "new" in states else "same"
    return chip({"differs": "attend", "new": "good", "same": "quiet"}[word], word) + notes


def heading_of(column: str) -> str:
    """A column in the words of the screen."""
    titles = {scale.id: scale.title for scale in outcome_scales().scales}
    return titles.get(column, column.replace("_", " ").capitalize())


def _columns() -> str:
    scales = "".join(
        f"<li><code>{scale.id}</code> {escape(scale.title)}: 1 to 5</li>" for scale in outcome_scales().scales
    )
    reasons = ", ".join(f"<code>{id_}</code>" for id_ in outcome_scales().leaving_reasons)
    return (
        "<p>One row a person, and heads in the first row. Comma, semicolon or tab; saved as CSV UTF-8; at most "
        f"{MAX_ROWS:,} rows and {MAX_BYTES // 1024} KB. A cell may be empty: it changes nothing.</p>"
        "<ul><li><code>person</code> the id here; or <code>external_id</code>, the id in your other system; or "
        "<code>email</code>; or <code>name</code>, where only one hire has it</li>"
        f"{scales}<li><code>left_on</code> last day, as 2027-02-28, with <code>leaving_reason</code>: {reasons}</li>"
        "<li><code>compliments</code>, <code>complaints</code> how many, with <code>on_day</code>: the day they are counted on</li>"
        f"</ul><p>Ratings count from day {OPENS_ON_DAY} of a person on. How long somebody stayed is computed and never typed in.</p>"
    )
