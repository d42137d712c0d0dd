"""What a decision leans on: both sides, what each weighs and how exact it is, and the order."""

from html import escape

from assessment.pages.parts.dress import card, chip, html, small_interval
from assessment.reports.decision_words import (
    composite_words,
    percent,
    talk_words,
    weights_words,
)
from assessment.reports.words import PERSON_CHIPS, STAGES, band_advice, band_words, waiting
from assessment.roles.fit import PartFit
from assessment.services.decision_view import DecisionView, QuestionnaireSide
from assessment.services.rated_together import Rater, Together


def questionnaire_card(view: DecisionView) -> None:
    with card("questionnaire"):
        html(f'<p class="eyebrow">Weighs {percent(view.weights.questionnaire)}</p><h2>Questionnaire</h2>')
        side = view.questionnaire
        if view.rate_first:
            html("<p>You rate this talk too. Hand in your ratings first; then both sides stand here.</p>")
            return
        if side is None:
            html('<p class="muted">No answers are handed in.</p>')
            return
        html(
            f"<p>{chip(PERSON_CHIPS[side.band], band_words(side.band, side.named))}</p>"
            f"<p>{escape(band_advice(side.band))}</p>{_fit('Signature', side.signature)}{_fit('Core', side.core)}"
        )
        if side.explore:
            html(f"<p><b>To explore:</b> {escape(', '.join(name.lower() for name in side.explore))}</p>")
        _report_link(view, side)


def _report_link(view: DecisionView, side: QuestionnaireSide) -> None:
    link = f'<a href="/candidate?application={view.application_id}" target="_self">'
    said = f"{link}The whole report</a>" if side.opened else f"{link}Open and read the report</a> before you decide."
    html(f"<p>{said}</p>")


def _fit(name: str, part: PartFit) -> str:
    if part.interval is None:
        return f"<p><b>{name}:</b> not measured</p>"
    low, mid, high = part.interval.low, part.interval.mid, part.interval.high
    return (
        f"<p><b>{name} {mid:.0f}</b>, likely {low:.0f} to {high:.0f} of 100 (80 %)</p>{small_interval(low, mid, high)}"
    )


def talk_card(view: DecisionView) -> None:
    with card("talk"):
        html(f'<p class="eyebrow">Weighs {percent(view.weights.interview)}</p><h2>Interview</h2>')
        together = view.together
        if view.rate_first or together is None:
            html(
                "<p>Your own ratings are not handed in. "
                f'<a href="/rate?application={view.application_id}" target="_self">Rate the talk</a></p>'
            )
            return
        if not together.raters:
            html(
                '<p class="muted">Nobody is named to interview this person.</p>'
                f'<p><a href="/kit?application={view.application_id}" target="_self">Plan the talk</a></p>'
            )
            return
        html("".join(_rater(rater) for rater in together.raters))
        if not together.complete:
            html('<p class="muted">The ratings are shown when everybody has handed in, so that each rates alone.</p>')
        elif together.mean is not None:
            html(f'<p class="lead">Mean {together.mean:.1f} of 5</p>{_ratings_table(together)}')


def _rater(rater: Rater) -> str:
    sign = chip("good", "Handed in") if rater.handed_in_at else chip("attend", "Not handed in")
    knew = ' <span class="muted small">had read the report before</span>' if rater.knew_answers else ""
    return f"<p><b>{escape(rater.name)}</b> {sign}{knew}</p>"


def _ratings_table(together: Together) -> str:
    """Each question with what each rater gave, and its mean."""
    heads = "".join(f'<th class="n">{escape(rater.name)}</th>' for rater in together.raters)
    rows = ""
    for question in together.questions:
        cells = "".join(
            f'<td class="n" data-label="{escape(rater.name, quote=True)}">'
            f"{'no chance' if given.counted is None else given.counted}</td>"
            for rater, given in zip(together.raters, question.given, strict=True)
        )
        mean = "" if question.mean is None else f"{question.mean:.1f}"
        apart = f" {chip('attend', f'{question.apart} apart')}" if question.talk_about else ""
        rows += (
            f"<tr><td>{escape(question.asked.question)}{apart}</td>{cells}"
            f'<td class="n" data-label="Mean"><b>{mean}</b></td></tr>'
        )
    return (
        f'<table class="stack"><thead><tr><th>Question</th>{heads}<th class="n">Mean</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def weights_card(view: DecisionView) -> None:
    """What each side weighs and how exact it is; no sum of the two is shown, because none is formed."""
    raters = sum(rater.handed_in_at is not None for rater in view.together.raters) if view.together else 0
    side = view.questionnaire
    composite = composite_words(side.reliability) if side is not None else "Nothing to be exact about here."
    rows = (
        ("Questionnaire", percent(view.weights.questionnaire), composite),
        ("Interview", percent(view.weights.interview), talk_words(view.talks, raters=raters)),
    )
    body = "".join(
        f'<tr><td><b>{name}</b></td><td class="n" data-label="Weighs">{share}</td><td>{escape(words)}</td></tr>'
        for name, share, words in rows
    )
    with card("weights"):
        html(
            f"<h2>What the decision leans on</h2><p>{escape(weights_words(view.weights))}</p>"
            '<table class="stack"><thead><tr><th>Side</th><th class="n">Weighs</th><th>How exact</th></tr></thead>'
            f'<tbody>{body}</tbody></table><p class="muted small">The two are not added up: a sum to decimals would rank '
            "people whom these errors do not part. You weigh them, and you say why.</p>"
        )


def order_card(view: DecisionView) -> None:
    if not view.undecided:
        return
    order = "by band, then by time waiting" if view.order.by_band else "by time waiting"
    with card("order"):
        html(f'<h2>The order</h2><p class="muted">This opening is read {order}.</p>')
        if not view.order.before:
            html("<p>Nobody who waits for a decision stands before this person.</p>")
            return
        rows = "".join(
            f'<li><a class="who" href="/decision?application={own.application_id}" target="_self">{escape(own.name)}</a>'
            f'<span class="sub">{escape(STAGES[own.stage])}, {waiting(own.waiting_days)}</span></li>'
            for own in view.order.before[:5]
        )
        more = len(view.order.before) - 5
        rest = f'<p class="muted">and {more} more</p>' if more > 0 else ""
        html(
            f"<p>These stand first and are not decided. You may go another way; please say why below.</p>"
            f'<ul class="rows">{rows}</ul>{rest}'
        )
