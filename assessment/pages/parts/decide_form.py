"""The form in which a person decides about one application: what, why, and what goes with it."""

from datetime import timedelta

import streamlit as st

from assessment.messages.plain_reason import grade_of, out_of_place
from assessment.pages.parts.dress import card, chip, html
from assessment.pages.parts.staff_frame import Desk
from assessment.pages.parts.trouble import said_here
from assessment.services.decision_view import DecisionView
from assessment.services.decisions import Redirect, decide
from assessment.services.offers import OfferTerms
from assessment.services.proposals import OtherOpening, openings_for
from assessment.services.vacancies import vacancy

LANGUAGES = {"en": "English", "es": "Spanish"}
CHOICES = {"offer": "Make an offer", "not_taken": "Do not take them", "redirected": "Propose another job"}


def decide_form(desk: Desk, view: DecisionView) -> None:
    if not view.undecided:
        return
    with card("decide"):
        html("<h2>Your decision</h2>")
        if view.questionnaire is not None and not view.questionnaire.opened:
            html(f"<p>{chip('attend', 'Read the report first')}</p><p>Whoever decides has opened the report.</p>")
        outcome = st.radio(
            "What do you decide?",
            list(CHOICES),
            index=None,
            format_func=lambda id_: CHOICES[id_],
            key=f"outcome-{view.application_id}",
        )
        if outcome is None:
            html('<p class="muted">Nothing is sent by deciding. You read and send the message afterwards.</p>')
            return
        with st.form(f"decide-{outcome}", border=False):
            terms = _terms(desk, view) if outcome == "offer" else None
            redirect = _redirect(desk, view) if outcome == "redirected" else None
            because = st.text_area(
                "Your reasons, for the record", max_chars=4000, help="The person may ask to see them."
            )
            reason, no_talk = _refusal(view) if outcome == "not_taken" else ("", "")
            order_because = (
                st.text_area("Why before those who stand first?", max_chars=4000) if view.order.before else ""
            )
            decided = st.form_submit_button("Decide and draft the message", type="primary")
        if reason:
            _reason_check(reason, view.language)
        if decided:
            with said_here():
                done = decide(
                    desk.house,
                    view.application_id,
                    outcome,
                    because=because,
                    order_because=order_because,
                    no_talk_because=no_talk,
                    reason=reason,
                    terms=terms,
                    redirect=redirect,
                    actor=desk.actor,
                    now=desk.now,
                )
                st.session_state["decision-said"] = done.warnings
                st.rerun()


def _terms(desk: Desk, view: DecisionView) -> OfferTerms:
    opening = vacancy(desk.house, view.vacancy_id, actor=desk.actor, now=desk.now)
    today = desk.organisation.day(desk.now)
    left, right = st.columns(2)
    start = left.date_input("Start", today + timedelta(days=28), min_value=today)
    by = right.date_input("Answer by", today + timedelta(days=7), min_value=today)
    hours = left.text_input("Hours", opening.hours, max_chars=200)
    pay = right.text_input("Pay", opening.pay, max_chars=200)
    return OfferTerms(start, hours, pay, by)


def _redirect(desk: Desk, view: DecisionView) -> Redirect | None:
    """Only openings whose four signature facets can all be measured with the top-up are there to choose."""
    known = {o.vacancy_id: o for o in openings_for(desk.house, view.application_id, actor=desk.actor, now=desk.now)}
    if not known:
        html(
            '<p class="muted">There is no other opening to propose: it has to be open, not applied for, and all four '
            "signature facets of its role have to be measured, at the latest with a few more lines.</p>"
        )
        return None
    chosen = st.selectbox("Opening", list(known), format_func=lambda id_: opening_words(known[id_]))
    today = desk.organisation.day(desk.now)
    by = st.date_input("Answer by", today + timedelta(days=7), min_value=today)
    html(
        '<p class="muted">The person reads what that job is like and says yes or no. Without a yes the other team sees '
        "nothing, and this application stays as it is.</p>"
    )
    return Redirect(chosen, by)


def opening_words(opening: OtherOpening) -> str:
    """An opening with its coverage, as the choice shows it."""
    rest = opening.top_up
    more = (
        "nothing more to ask"
        if rest.nothing_missing
        else f"{rest.lines} lines and {rest.scenes} scenes more, about {rest.minutes} min"
    )
    where = f" · {opening.site}" if opening.site else ""
    return f"{opening.title}{where} · {opening.measured} of {opening.asked} signature facets measured · {more}"


def _refusal(view: DecisionView) -> tuple[str, str]:
    reason = st.text_area(
        f"The main reason, in words for the person, in {LANGUAGES.get(view.language, view.language)}",
        max_chars=1000,
        help="Plain and kind, about the job and not about worth. No numbers, no scores, no bands."
        + (" Write it in Spanish: the message is." if view.language == "es" else ""),
    )
    no_talk = "" if view.rated else st.text_area("Why without a talk that somebody rated?", max_chars=4000)
    return reason, no_talk


def _reason_check(reason: str, language: str) -> None:
    """What stands out in the words for the person, beside them; numbers and words of scores stop the decision."""
    found, grade = out_of_place(reason), grade_of(reason, language)
    parts = []
    if found:
        parts.append(chip("outside", f"Please take out: {', '.join(found)}"))
    if grade is not None:
        parts.append(chip("good" if grade <= 6 else "attend", f"Reading grade {max(grade, 0):.0f}"))
    html(f"<p>{' '.join(parts)}</p>")
