"""An opening stage by stage: who stands where, for how long, and the one thing to do there."""

from html import escape

import streamlit as st

from assessment.pages.parts.dress import add_sheet, chip, html, icon
from assessment.pages.parts.masked import mask_toggle
from assessment.pages.parts.moved import ROUND, ask_people, move_people, said_bar
from assessment.pages.parts.staff_frame import begin, choose_vacancy, nothing_yet, top
from assessment.pages.parts.trouble import escaped, said_here
from assessment.reports.words import PERSON_CHIPS, plural
from assessment.services.board import Board, Column, board
from assessment.services.shortlist import Row

DECIDED = ("decision", "offer")


def person(row: Row, found: Board, *, masked: bool) -> str:
    """One card: name, days at this stage, what the answers say, and when the interview is."""
    name = f'<a class="who" href="/candidate?application={row.application_id}" target="_self">{escape(row.called(masked))}</a>'
    days = "since today" if row.days_in_stage == 0 else plural(row.days_in_stage, "day")
    late = f" {chip('attend', 'overdue')}" if row.overdue else ""
    lines = [f'<p class="name">{name}</p><p class="sub">{days}{late}</p>']
    if row.band is not None:
        lines.append(f"<p>{chip(PERSON_CHIPS[row.band], row.band_words)}</p>")
    elif row.state == "started":
        answered, fields = row.progress
        lines.append(f'<p class="sub">{answered} answered{"" if row.adaptive else f" of {fields}"}</p>')
    elif row.state == "expired":
        lines.append(f"<p>{chip('quiet', 'link expired')}</p>")
    if row.application_id in found.interviews:
        when = found.interviews[row.application_id]
        lines.append(f'<p class="sub">{icon("clock")} {when:%a} {when.day} {when:%b}, {when:%H:%M}</p>')
    if row.stage in DECIDED:
        lines.append(f'<p><a href="/decision?application={row.application_id}" target="_self">Decision</a></p>')
    return "".join(lines)


def column(at: Column, found: Board, vacancy_id: str, after: int, *, masked: bool) -> list[tuple[Row, str]]:
    """One stage with its cards; returns whom to move on, and where to, of the buttons that were pressed."""
    pressed = []
    late = f" {chip('attend', f'{at.overdue:,} overdue')}" if at.overdue else ""
    html(
        f'<div class="stage"><h2>{escape(at.name)} <span class="num">{at.count:,}</span></h2>'
        f'<p class="muted small">{escape(at.to_do)}</p>{f"<p>{late}</p>" if late else ""}</div>'
    )
    onward = found.next_stage(at.stage)
    for row in at.cards:
        with st.container(key=f"person-{row.application_id}", gap=None):
            html(person(row, found, masked=masked))
            if at.stage in found.template.used and at.stage != "offer":
                st.checkbox(
                    f"Choose {escaped(row.called(masked))}",
                    key=f"chosen-{after}-{at.stage}-{row.application_id}",
                    label_visibility="collapsed",
                )
            if onward and st.form_submit_button(
                f"To {escaped(found.template.name(onward))}", key=f"on-{at.stage}-{row.application_id}"
            ):
                pressed.append((row, onward))
    if at.more:
        link = f"/candidates?vacancy={vacancy_id}&stage={at.stage}"
        html(f'<p class="small"><a href="{link}" target="_self">and {at.more:,} more</a></p>')
    return pressed


desk = begin()
add_sheet("board.css")
top(desk, "board", "Board", "By stage, longest there first. Nobody ranks above anybody.")
vacancy = choose_vacancy(desk)
if vacancy is None:
    nothing_yet(
        "Here you will see who stands where.", "Open an opening first.", button="Openings", page="hr/openings.py"
    )
    st.stop()
found = board(desk.house, vacancy.id, actor=desk.actor, now=desk.now)
if not any(c.count for c in found.columns) and not any(n for *_, n in found.ended):
    nothing_yet("Nobody is invited yet.", "Invite people and they appear here.", button="Invite", page="hr/invite.py")
    st.stop()

with st.container(horizontal=True, vertical_alignment="center"):
    masked = mask_toggle(desk)
    html(f'<a href="/candidates?vacancy={vacancy.id}" target="_self">The same as a list</a>')

by_stage = {c.stage: c for c in found.columns}
waiting_first = next((c.stage for c in found.columns if c.count and found.template.waits_on(c.stage) == "us"), None)
with st.container(key="board-stages"):  # on a phone one stage at a time; board.css hides this on a laptop
    chosen_stage = st.segmented_control(
        "Stage",
        list(by_stage),
        default=waiting_first or found.columns[0].stage,
        required=True,
        format_func=lambda s: f"{by_stage[s].name} {by_stage[s].count:,}",
        label_visibility="collapsed",
        key=f"stage-{vacancy.id}",
    )

after = st.session_state.setdefault(ROUND, 0)
trouble = st.container()
with st.form("board", border=False):
    with st.container(horizontal=True, vertical_alignment="bottom", key="move-bar"):
        to = st.selectbox(
            "Move the chosen people to", found.targets, format_func=found.template.name, index=None, width=220
        )
        because = st.text_input("Why, if you like", max_chars=2000, width=260)
        moving = st.form_submit_button("Move", type="primary", shortcut="Alt+M")
        asking = st.form_submit_button("Ask to pick a time")
    pressed = []
    with st.container(key="board"):
        for at, place in zip(found.columns, st.columns(len(found.columns), gap="small"), strict=True):
            now = "now" if at.stage == chosen_stage else "other"
            with place, st.container(key=f"column-{now}-{at.stage}", gap="small"):
                pressed += column(at, found, vacancy.id, after, masked=masked)

if pressed:
    with trouble, said_here():
        row, onward = pressed[0]
        move_people(desk, [row], onward, found.template.name(onward))
if moving or asking:
    chosen = [
        row
        for c in found.columns
        for row in c.cards
        if st.session_state.get(f"chosen-{after}-{c.stage}-{row.application_id}")
    ]
    if not chosen or (moving and to is None):
        missing = "Choose people on their cards." if asking else "Choose people on their cards, and where to move them."
        with trouble:
            html(f'<p role="alert">{chip("attend", missing)}</p>')
    elif asking:
        with trouble, said_here():
            ask_people(desk, chosen)
    elif to is not None:
        with trouble, said_here():
            move_people(desk, chosen, to, found.template.name(to), because=because)

over = " · ".join(
    f'<a href="/candidates?vacancy={vacancy.id}&stage={stage}" target="_self">{escape(name)} {count:,}</a>'
    for stage, name, count in found.ended
)
html(f'<p class="muted"><b>Over:</b> {over}</p>')
html(
    '<p class="muted small">Offers, refusals and other jobs are decided one by one, with reasons, on the page “Decision”. '
    "Keys: Alt+M moves the chosen people, Alt+U undoes the last move.</p>"
)
said_bar(desk)
