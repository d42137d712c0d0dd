"""What was decided: the words that go out, the answer that came, and every decision so far."""

from html import escape

import streamlit as st

from assessment.messages.plain_reason import grade_of
from assessment.pages.parts.dress import card, chip, html
from assessment.pages.parts.staff_frame import Desk
from assessment.pages.parts.trouble import said_here
from assessment.reports.decision_words import (
    ANSWERS,
    MESSAGES,
    OUTCOMES,
)
from assessment.reports.words import day
from assessment.services.decision_messages import send_decision
from assessment.services.decision_view import DecisionView, Made
from assessment.services.decisions import take_back
from assessment.services.offers import confirm_hire, record_offer_answer


def message_card(desk: Desk, view: DecisionView) -> None:
    """What the person will read: to be changed and sent by somebody; until then they are shown nothing."""
    made = view.standing
    if made is None or made.message is None:
        return
    message = made.message
    with card("message"):
        html(f"<h2>What {escape(view.name)} reads</h2><p>{chip(*MESSAGES[message.status])}</p>")
        if message.status != "draft":
            html(f'<p><b>{escape(message.subject)}</b></p><p class="typed">{escape(message.text)}</p>')
            return
        where = f"It goes to {message.to}." if message.to else "There is no e-mail: it goes to Messages, to be copied."
        html(
            f'<p class="muted">Nothing of the decision is shown to the person before you send this. {escape(where)}</p>'
        )
        with st.form(f"message-{made.id}", border=False):
            subject = st.text_input("Subject", message.subject, max_chars=200)
            text = st.text_area("Message", message.text, height=420, max_chars=10_000)
            sent = st.form_submit_button("Send", type="primary")
        grade = grade_of(text, message.language)
        if grade is not None:
            html(f'<p class="muted small">Reading grade {max(grade, 0):.0f}; 6 or lower is easy for everybody.</p>')
        if sent:
            with said_here():
                send_decision(desk.house, made.id, subject=subject, text=text, actor=desk.actor, now=desk.now)
                st.rerun()


def answer_card(desk: Desk, view: DecisionView) -> None:
    """What the person said to an offer or to another job, and what comes of it."""
    made = view.standing
    if made is None or (made.offer is None and made.proposal is None):
        return
    with card("answer"):
        html("<h2>The answer</h2>")
        if made.offer is not None:
            _offer_answer(desk, view, made)
        elif made.proposal is not None:
            _proposal_answer(made)


def _offer_answer(desk: Desk, view: DecisionView, made: Made) -> None:
    offer = made.offer
    if offer is None:
        return
    terms = offer.terms
    html(
        f"<p>Start {_date(terms.start)}, {escape(terms.hours)}, {escape(terms.pay)}. "
        f"Answer by {_date(terms.answer_by)}.</p>"
    )
    if view.stage == "hired":
        html(f"<p>{chip('good', 'Hired')}</p>")
    elif offer.answer is not None:
        html(f"<p>The person has <b>{ANSWERS[offer.answer]}</b> the offer.</p>")
    else:
        html('<p class="muted">No answer yet. The person answers on their page, or tells you.</p>')
        with st.expander("They told me"), st.form(f"answer-{offer.id}", border=False):
            answer = st.radio("Their answer", list(ANSWERS), format_func=str.capitalize, horizontal=True)
            who = st.text_input("Who said so, and how", max_chars=200, placeholder="She herself, by phone")
            if st.form_submit_button("Note the answer"):
                with said_here():
                    record_offer_answer(
                        desk.house, view.application_id, answer, said_by=who, actor=desk.actor, now=desk.now
                    )
                    st.rerun()
    if offer.answer == "accepted" and view.stage == "offer":
        if view.open_checks:
            many = f"{view.open_checks} check{'s' * (view.open_checks != 1)} of this hire"
            html(f"<p>{chip('attend', f'Still open: {many}')}</p>")
        if st.button("Confirm the hire", type="primary"):
            with said_here():
                warned = confirm_hire(desk.house, view.application_id, actor=desk.actor, now=desk.now)
                st.session_state["decision-said"] = warned
                st.rerun()


def _proposal_answer(made: Made) -> None:
    proposal = made.proposal
    if proposal is None:
        return
    html(f"<p>Proposed: <b>{escape(proposal.title)}</b>. Answer by {_date(proposal.answer_by)}.</p>")
    if proposal.consent is None:
        html('<p class="muted">No answer yet. Without a yes the other team sees nothing.</p>')
    elif proposal.consent:
        html(
            f"<p>The person said <b>yes</b>. "
            f'<a href="/candidate?application={proposal.became_id}" target="_self">Their application there</a></p>'
        )
    else:
        html("<p>The person said <b>no</b>. This application stands as it did before.</p>")


def history_card(desk: Desk, view: DecisionView) -> None:
    """Every decision with who and why; the one that stands can be taken back."""
    if not view.made:
        return
    with card("history"):
        html("<h2>Decisions so far</h2>")
        for made in view.made:
            html(_one_made(made))
        standing = view.standing
        if standing is None or view.stage == "hired":
            return
        with st.expander("Take the last one back"):
            told = standing.message is not None and standing.message.told
            if told:
                html(
                    f"<p>{chip('attend', 'The message has gone out')}</p>"
                    "<p>Call the person first, so that they do not learn it from a page.</p>"
                )
            with st.form(f"back-{standing.id}", border=False):
                why = st.text_area("Why", max_chars=4000, placeholder="At least 20 characters")
                called = st.checkbox("I have told the person", value=False) if told else False
                if st.form_submit_button("Take it back"):
                    with said_here():
                        take_back(desk.house, standing.id, why, although_told=called, actor=desk.actor, now=desk.now)
                        st.rerun()


def _one_made(made: Made) -> str:
    gone = made.taken_back_at is not None
    state = (
        chip("quiet", "Taken back") if gone else chip("good", "Stands") if made.standing else chip("quiet", "Earlier")
    )
    order = f'<p class="muted">Why before others: {escape(made.order_because)}</p>' if made.order_because else ""
    other = '<p class="muted small">Another way than the band; noted, and yours to choose.</p>' if made.departs else ""
    back = (
        f'<p class="muted">Taken back on {day(made.taken_back_at)}: {escape(made.taken_back_because)}</p>'
        if made.taken_back_at is not None
        else ""
    )
    return (
        f"<p><b>{OUTCOMES[made.outcome]}</b> {state}</p>"
        f'<p class="muted small">{escape(made.by)}, {day(made.at)}</p>'
        f'<p class="typed">{escape(made.because)}</p>{order}{other}{back}'
    )


def _date(when: object) -> str:
    return f"{when:%-d %B %Y}"
