"""Answers on paper: print the form, type it in twice, settle what differs."""

from html import escape

import streamlit as st

from assessment.pages.parts.dress import card, html
from assessment.pages.parts.staff_frame import begin, choose_vacancy, nothing_yet, top, ways
from assessment.services.paper import Typed, entries, settle, type_in
from assessment.services.shortlist import list_candidates

desk = begin()
top(desk, "paper", "Paper", "Print the form, type the answers in twice, and settle what differs. Both names are kept.")
ways(("/invite", "Invite"), ("/openings", "Openings"))
vacancy = choose_vacancy(desk)
if vacancy is None:
    nothing_yet("Paper forms will stand here.", "Open an opening first.", button="Openings", page="hr/openings.py")
    st.stop()
open_ones = [
    row
    for row in list_candidates(desk.house, vacancy.id, actor=desk.actor, now=desk.now)
    if row.state in ("invited", "started", "expired")
]
if not open_ones:
    nothing_yet(
        "Nobody has a form to type in.", "Invite somebody on paper first.", button="Invite", page="hr/invite.py"
    )
    st.stop()
names = {row.application_id: row.name for row in open_ones}
chosen = st.selectbox("Whose form", list(names), format_func=lambda id_: names[id_], key=f"paper-{vacancy.id}")
html(f'<p><a href="/staff/paper/{chosen}.html" target="_blank">Print the form of {escape(names[chosen])}</a></p>')

form = vacancy.form
typed = entries(desk.house, chosen, actor=desk.actor)
library = desk.house.library
wording, scenes = library.wording(form.questionnaire, "en"), library.scenario_wording("en")
instrument, scenarios = library.questionnaire(form.questionnaire), library.scenarios().by_id()


def sheet(entry: int, before: Typed | None) -> None:
    """One typing of the whole form; a field takes a number or a letter, or stays empty."""
    low, high = instrument.format.low, instrument.format.high
    with st.form(f"typing-{chosen}-{entry}", border=False):
        answers: Typed = {}
        for at, id_ in enumerate(form.items, start=1):
            answers[id_] = st.number_input(
                f"{at}. {wording.statement(id_)}",
                low,
                high,
                value=None,
                step=1,
                placeholder=f"{low} to {high}, or leave empty",
                key=f"{chosen}-{entry}-{id_}",
            )
        for id_ in form.scenarios:
            html(f'<p class="small">{escape(scenes.scenarios[id_].stem)}</p>')
            left, right = st.columns(2)
            for column, which in ((left, "best"), (right, "worst")):
                answers[f"{id_}.{which}"] = column.selectbox(
                    f"{id_} {which}", [None, *sorted(scenarios[id_].options)], key=f"{chosen}-{entry}-{id_}-{which}"
                )
        if st.form_submit_button("Keep this typing", type="primary"):
            type_in(desk.house, chosen, answers, entry=entry, actor=desk.actor, now=desk.now)
            st.rerun()


with card("typing"):
    if typed.first is None:
        html(
            "<h2>First typing</h2><p class='muted'>The number of the box that is ticked, 1 for almost never to 5 for almost always.</p>"
        )
        sheet(1, None)
    elif typed.second is None:
        html(
            f"<h2>Second typing</h2><p class='muted'>{escape(typed.first_by)} typed it first. Type it again without looking, best "
            "by somebody else.</p>"
        )
        sheet(2, typed.first)
    else:
        different = typed.differences
        html(
            f"<h2>{len(different)} difference{'s' if len(different) != 1 else ''}</h2>"
            f"<p class='muted'>Typed by {escape(typed.first_by)} and by {escape(typed.second_by)}. Look at the paper and choose.</p>"
        )
        with st.form(f"settle-{chosen}", border=False):
            settled: Typed = {}
            for difference in different:
                known = difference.field in form.items
                words = wording.statement(difference.field) if known else difference.field
                options = [difference.first, difference.second]
                settled[difference.field] = st.radio(
                    words,
                    options,
                    index=None,
                    format_func=lambda v: "empty" if v is None else str(v),
                    horizontal=True,
                    key=f"settle-{chosen}-{difference.field}",
                )
            if st.form_submit_button("Hand it in", type="primary"):
                open_ = [
                    d
                    for d in different
                    if st.session_state[f"settle-{chosen}-{d.field}"] is None and None not in (d.first, d.second)
                ]
                if open_:
                    html(f'<p role="alert">Please choose for {len(open_)} more.</p>')
                else:
                    settle(desk.house, chosen, settled, actor=desk.actor, now=desk.now)
                    st.switch_page("hr/candidate.py", query_params={"application": chosen})
