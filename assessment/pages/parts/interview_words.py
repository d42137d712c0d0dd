"""Pieces of the pages around a talk: a question with its anchors and probes, and ratings in words."""

from collections.abc import Mapping, Sequence
from html import escape

from assessment.roles.interview_guide import NO_CHANCE
from assessment.services.actor import STAFF, Actor
from assessment.services.kit_questions import KitQuestion
from assessment.services.ratings import Given

PARTS = {"role": "Asked of everybody for this role", "person": "Asked in this talk"}
NO_CHANCE_WORDS = "No chance to answer"


def home(actor: Actor) -> str:
    """Where "My interviews" is: the first page of interviewers, which has no address of its own."""
    return "/interviews" if actor.role in STAFF else "/"


def listed(lines: Sequence[str]) -> str:
    return f'<ul class="plain">{"".join(f"<li>{escape(line)}</li>" for line in lines)}</ul>'


def anchors(words: Mapping[int, str]) -> str:
    lines = "".join(f"<dt>{step}</dt><dd>{escape(said)}</dd>" for step, said in sorted(words.items()))
    return f'<dl class="anchors">{lines}</dl>'


def heading(n: int, question: KitQuestion) -> str:
    return f'<p class="question-number">Question {n} · {PARTS[question.part]}</p><h2>{escape(question.question)}</h2>'


def rating_words(rating: int | None) -> str:
    return "–" if rating is None else NO_CHANCE_WORDS if rating == NO_CHANCE else f"{rating}"


def given_words(name: str, given: Given) -> str:
    """One rater's rating with its note, and what it was before they talked."""
    number = rating_words(given.rating)
    value = f"{number} <small>of 5</small>" if given.counted else f"<small>{number}</small>"
    first = ""
    if given.first_rating is not None:
        first = f'<p class="muted small">Handed in as {rating_words(given.first_rating).lower()}, then changed.</p>'
    reason = f'<p class="muted small">Why it was changed: {escape(given.because)}</p>' if given.because else ""
    note = f"<p>{escape(given.note)}</p>" if given.note else '<p class="muted small">No note.</p>'
    return f'<div><p class="muted small">{escape(name)}</p><p class="value">{value}</p>{first}{reason}{note}</div>'
