"""Practise rating on made-up people: alone first, then beside the model. Only you see how you did."""

from html import escape

import streamlit as st

from assessment.evidence.rater_agreement import RaterAgreement
from assessment.pages.parts.dress import add_sheet, card, chip, html
from assessment.pages.parts.interview_words import anchors
from assessment.pages.parts.staff_frame import begin, top, ways
from assessment.pages.parts.trouble import said_here
from assessment.reports.words import plural
from assessment.roles.interview_guide import HIGHEST, LOWEST
from assessment.services.actor import STAFF
from assessment.services.calibrating import (
    ROUNDS,
    Practice,
    PracticeAnswer,
    PracticeVignette,
    own_practice,
    rate_vignette,
)

LEANS = {
    "kind": "You lean kind: clearly higher than the model.",
    "strict": "You lean strict: clearly lower than the model.",
    "neither": "No clear lean: the difference could be chance.",
    "too_few": "Too few answers to say whether you lean kind or strict.",
}
ROUND = ("First round, alone", "Second round, after the model")
desk = begin()
add_sheet("rating.css")
found = own_practice(desk.house, actor=desk.actor)
top(
    desk,
    "calibration",
    "Practise rating",
    "Three made-up people. Rate alone, then see the model. Nobody but you sees this page’s numbers.",
)
if desk.actor.role in STAFF:
    ways(("/interviews", "My interviews"))


def signed(value: float) -> str:
    return f"{'+' if value >= 0 else '−'}{abs(value):.1f}"


def agreement_words(agreement: RaterAgreement) -> str:
    """One round beside the model, with how sure a few answers can be."""
    if agreement.leniency is None or agreement.exact is None or agreement.within_one is None:
        return ""
    interval = ""
    if agreement.leniency_low is not None and agreement.leniency_high is not None:
        interval = f" (95 %: {signed(agreement.leniency_low)} to {signed(agreement.leniency_high)})"
    icc = (
        f"ICC(2,1) {agreement.icc:.2f}; with so few answers it can be far off."
        if agreement.icc is not None
        else "Too few answers for an agreement coefficient."
    )
    return (
        f"<p><b>{LEANS[agreement.leans]}</b></p>"
        f"<p>On average {signed(agreement.leniency)} points from the model{interval}, over {plural(agreement.n, 'answer')}. "
        f"The same rating on {agreement.exact * agreement.n:.0f}, within one point on "
        f'{agreement.within_one * agreement.n:.0f}.</p><p class="muted small">{icc}</p>'
    )


def summary(found: Practice) -> None:
    with card("practice"):
        html("<h2>You and the model</h2>")
        for words, agreement in zip(ROUND, found.agreement, strict=False):
            html(f'<p class="eyebrow">{words}</p>{agreement_words(agreement)}')
        by = "one author" if found.authors == 1 else f"{found.authors} raters"
        html(
            f'<p class="muted small">The model ratings are a draft by {by}. They are for practice; they do not say who is '
            "right. Aim: within one point on three of four.</p>"
        )


def answer_head(n: int, answer: PracticeAnswer) -> str:
    return (
        f'<p class="question-number">Answer {n}</p><p><b>{escape(answer.question)}</b></p>'
        f'<div class="said">{escape(answer.answer)}</div>'
    )


def compared(n: int, answer: PracticeAnswer) -> str:
    own = " · ".join(f"{'then' if at else 'you gave'} {rating}" for at, rating in enumerate(answer.own))
    away = abs(answer.own[-1] - (answer.model or 0))
    sign = chip("good", "near the model") if away <= found.accept_within else chip("attend", f"{away} points away")
    return (
        f'{answer_head(n, answer)}<p class="beside"><span>Model <b>{answer.model}</b> · {own}</span> {sign}</p>'
        f'<p>{escape(answer.because or "")}</p><p class="muted small">The trap: {escape(answer.trap or "")}</p>'
    )


def sheet(vignette: PracticeVignette) -> None:
    with st.form(f"vignette-{vignette.id}-{vignette.rounds}", border=False):
        given: list[int | None] = []
        for n, answer in enumerate(vignette.answers, start=1):
            html(f"{answer_head(n, answer)}{anchors(answer.anchors)}")
            given.append(
                st.radio(
                    f"Your rating of answer {n}",
                    range(LOWEST, HIGHEST + 1),
                    index=None,
                    horizontal=True,
                    key=f"practice-{vignette.id}-{vignette.rounds}-{n}",
                )
            )
        if st.form_submit_button("Keep it and show the model", type="primary"):
            with said_here():
                rate_vignette(desk.house, vignette.id, [g or 0 for g in given], actor=desk.actor, now=desk.now)
                st.rerun()


if found.agreement:
    summary(found)
for vignette in found.vignettes:
    with card(f"vignette-{vignette.id}"):
        done = chip("good", f"{vignette.near} of {len(vignette.answers)} near the model") if vignette.rounds else ""
        html(
            f"<h2>{escape(vignette.candidate)}, {escape(vignette.title.lower())}</h2>"
            f'<p class="muted">{escape(vignette.setting)}</p><p>{done}</p>'
        )
        again = vignette.rounds and st.session_state.get(f"again-{vignette.id}") == vignette.rounds
        if vignette.rounds == 0 or again:
            with st.expander("Read and rate", expanded=bool(again)):
                sheet(vignette)
            continue
        with st.expander("The model, and why", expanded=vignette.rounds == 1):
            html("".join(compared(n, answer) for n, answer in enumerate(vignette.answers, start=1)))
            html(f"<p><b>To talk about:</b> {escape(vignette.talk_about or '')}</p>")
        if vignette.rounds < ROUNDS and st.button("Rate once more", key=f"once-more-{vignette.id}"):
            st.session_state[f"again-{vignette.id}"] = vignette.rounds
            st.rerun()
