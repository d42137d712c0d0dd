"""What came of a hire, on the page of a newcomer: the rating at day 90, the stay, compliments and complaints."""

from html import escape

import streamlit as st

from assessment.pages.parts.dress import add_sheet, card, chip, html
from assessment.pages.parts.staff_frame import Desk
from assessment.pages.parts.trouble import said_here
from assessment.reports.outcome_words import STAY_NAMES, STAY_WORDS
from assessment.reports.words import day, plural
from assessment.services.actor import STAFF
from assessment.services.feedback import KINDS, MOST, count_feedback, feedback_of, remove_feedback
from assessment.services.leaving import LONGEST_NOTE, HereStill, here_still, note_leaving, take_leaving_back
from assessment.services.outcome_due import ratings_due
from assessment.services.outcome_state import OutcomeState, outcome_state
from assessment.training.outcome_scales import outcome_scales

STAY_CHIPS = {"yes": "good", "no": "attend"}


def outcome_card(desk: Desk, application_id: str) -> None:
    """For whoever leads the person; nothing while the hire is not confirmed."""
    state = outcome_state(desk.house, application_id, actor=desk.actor, now=desk.now)
    if state is None:
        return
    hr = desk.actor.role in STAFF
    add_sheet("outcome.css")
    with card("outcome"):
        html("<h2>What came of it</h2>")
        _rating(state, application_id)
        if hr:
            _stay(desk, application_id)
        _feedback(desk, application_id)


def ratings_due_card(desk: Desk) -> None:
    """Ratings that wait for the one who looks; nothing where none does."""
    tasks = ratings_due(desk.house, actor=desk.actor, now=desk.now)
    if not tasks:
        return
    lines = "".join(
        f'<li><div><a class="who" href="{escape(task.link, quote=True)}" target="_self">{escape(task.title)}</a>'
        f'<div class="sub">{escape(task.line)}{" · " + escape(task.for_whom) if task.for_whom else ""}</div></div>'
        f"{chip('attend' if task.overdue else 'quiet', task.due)}</li>"
        for task in tasks
    )
    with card("ratings-due"):
        html(f'<h2>{plural(len(tasks), "rating")} to give</h2><ul class="rows todo">{lines}</ul>')


def _rating(state: OutcomeState, application_id: str) -> None:
    link = f"/outcome?application={escape(application_id, quote=True)}"
    if state.may_rate:
        if state.own_handed_in_at:
            words = f"You handed in your rating on {day(state.own_handed_in_at)}."
            html(f'<p>{words} <a href="{link}" target="_self">Read it</a></p>')
        elif state.is_open:
            go = "Go on with your rating" if state.own_begun else "Rate the work on six short scales"
            html(f'<p><a class="button" href="{link}" target="_self">{go}</a></p>')
        elif state.opens_on:
            when = f"{state.opens_on.day} {state.opens_on:%B %Y}"
            html(f'<p>The rating at day 90 opens on {when}. <a href="{link}" target="_self">Look at the scales</a></p>')
        else:
            html('<p class="muted">The rating at day 90 waits for a first day in the plan.</p>')
    for name, at, came_by in state.others:
        by = "brought a rating in by a file" if came_by == "csv" else "handed in a rating"
        html(f'<p class="muted">{escape(name)} {by} on {day(at)}.</p>')
    if not state.may_rate and not state.others:
        html('<p class="muted">Nobody has rated yet. The supervisor is asked at day 90.</p>')


def _stay(desk: Desk, application_id: str) -> None:
    found = here_still(desk.house, application_id, actor=desk.actor, now=desk.now)
    chips = " ".join(
        chip(STAY_CHIPS.get(stay, "quiet"), f"{STAY_NAMES[days]}: {'here' if stay == 'yes' else STAY_WORDS[stay]}")
        for days, stay in found.stays.items()
        if stay != "no"
    )
    reasons = outcome_scales().leaving_reasons
    if found.left:
        on = f"{found.left.left_on.day} {found.left.left_on:%B %Y}"
        note = f" “{escape(found.left.note)}”" if found.left.note else ""
        html(
            f"<p><b>Here until {on}.</b> {escape(reasons[found.left.reason])}.{note} "
            f'<span class="muted small">{escape(found.left.by)}, {day(found.left.at)}</span></p>'
        )
    if chips:
        html(f'<p class="stays">{chips}</p>')
    with st.expander("Put the leaving right" if found.left else "Has left"):
        _leaving_form(desk, application_id, found)
        if found.left and st.button("Is here still", key=f"here-{application_id}"):
            with said_here():
                take_leaving_back(desk.house, application_id, actor=desk.actor, now=desk.now)
                st.rerun()


def _leaving_form(desk: Desk, application_id: str, found: HereStill) -> None:
    reasons = outcome_scales().leaving_reasons
    today = desk.organisation.day(desk.now)
    with st.form(f"leaving-{application_id}", border=False):
        left_on = st.date_input(
            "Last day here", found.left.left_on if found.left else None, max_value=today, format="DD/MM/YYYY"
        )
        chosen = list(reasons).index(found.left.reason) if found.left else 0
        reason = st.selectbox("Why", list(reasons), index=chosen, format_func=lambda id_: reasons[id_])
        note = st.text_area(
            "Note, if one is needed", found.left.note if found.left else "", max_chars=LONGEST_NOTE, height=80
        )
        html(
            '<p class="muted small">The stay is computed from first day and last day. An agreed end, or a move within the '
            "house, is no early leaving. HR alone reads the note.</p>"
        )
        if st.form_submit_button("Keep it"):
            with said_here():
                if left_on is None:
                    html(f'<p role="alert">{chip("attend", "Please give the last day.")}</p>')
                else:
                    note_leaving(desk.house, application_id, left_on, reason, note, actor=desk.actor, now=desk.now)
                    st.rerun()


def _feedback(desk: Desk, application_id: str) -> None:
    found = feedback_of(desk.house, application_id, actor=desk.actor, now=desk.now)
    counted = {kind: sum(one.count for one in found if one.kind == kind) for kind in KINDS}
    parts = [plural(n, kind) for kind, n in counted.items() if any(one.kind == kind for one in found)]
    whose = "" if desk.actor.role in STAFF else ", counted by you"
    html(
        f"<p>{' and '.join(parts)}{whose}.</p>"
        if parts
        else '<p class="muted">No compliment or complaint is counted.</p>'
    )
    with st.expander("Count a compliment or complaint"):
        with st.form(f"feedback-{application_id}-{len(found)}", border=False):
            kind = st.radio("Which", KINDS, format_func=str.capitalize, horizontal=True)
            today = desk.organisation.day(desk.now)
            left, right = st.columns(2)
            on_day = left.date_input("On which day", today, max_value=today, format="DD/MM/YYYY")
            count = right.number_input("How many", 1, MOST, 1)
            note = st.text_input("What was said, if needed", max_chars=LONGEST_NOTE)
            html('<p class="muted small">You and HR read the note. Leave out names of patients and residents.</p>')
            if st.form_submit_button("Count it"):
                with said_here():
                    count_feedback(
                        desk.house, application_id, kind, on_day, int(count), note, actor=desk.actor, now=desk.now
                    )
                    st.rerun()
        for one in found:
            note = f"“{escape(one.note)}” · " if one.note else ""
            by_file = " · by a file" if one.came_by == "csv" else ""
            with st.container(horizontal=True, vertical_alignment="center"):
                html(
                    f"<p><b>{plural(one.count, one.kind)}</b>, {one.on_day.day} {one.on_day:%B %Y}<br>"
                    f'<span class="muted small">{note}{escape(one.by)}{by_file}</span></p>'
                )
                if one.may_remove and st.button("Remove", key=f"remove-{one.id}", type="tertiary"):
                    with said_here():
                        remove_feedback(desk.house, one.id, actor=desk.actor, now=desk.now)
                        st.rerun()
