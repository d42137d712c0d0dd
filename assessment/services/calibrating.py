"""Practising to rate on made-up candidates: alone first, then beside the model, then once more.

What somebody gave, and how kind or strict they lean, is shown to that person and to nobody else: no verb here
takes another account, and the event log says only that somebody practised.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from assessment.errors import NotAllowedError, SheetError
from assessment.evidence.rater_agreement import RaterAgreement, rater_agreement
from assessment.instruments.sheets import Floats
from assessment.roles.interview_guide import HIGHEST, LOWEST, interview_guide
from assessment.roles.library import role_words
from assessment.roles.vignettes import Vignette, VignetteAnswer, vignettes
from assessment.services.actor import Actor, require
from assessment.services.house import House
from assessment.services.ratings import RATERS
from assessment.storage import audit, practice

ROUNDS = 2


@dataclass(frozen=True)
class PracticeAnswer:
    """One answer of a made-up candidate; `model` and its words are None until it was rated alone.

    own : what was given in each round, first round first
    """

    question: str
    anchors: Mapping[int, str]
    answer: str
    own: tuple[int, ...]
    model: int | None
    because: str | None
    trap: str | None


@dataclass(frozen=True)
class PracticeVignette:
    """`rounds`: how often it was rated; `near`: how many answers of the last round lie within reach of the model."""

    id: str
    title: str
    candidate: str
    setting: str
    answers: tuple[PracticeAnswer, ...]
    rounds: int
    near: int | None
    talk_about: str | None


@dataclass(frozen=True)
class Practice:
    """`agreement`: one's own ratings beside the model's, for each round that was begun, over all it has of it."""

    vignettes: tuple[PracticeVignette, ...]
    agreement: tuple[RaterAgreement, ...]
    authors: int
    accept_within: int


def own_practice(house: House, *, actor: Actor) -> Practice:
    """What the actor has practised, and how it lies to the model."""
    account = _account(actor)
    with house.database.read() as connection:
        given = practice.of_account(connection, account)
    shipped = vignettes()
    return Practice(
        vignettes=tuple(_shown(v, given.get(v.id, {}), within=shipped.accept_within) for v in shipped.vignettes),
        agreement=_agreement(shipped.vignettes, given),
        authors=shipped.authors,
        accept_within=shipped.accept_within,
    )


def rate_vignette(house: House, vignette: str, ratings: Sequence[int], *, actor: Actor, now: datetime) -> None:
    """Keep one round of ratings, one of each answer in their order; after the first the model is shown.

    Raises
    ------
    NotAllowedError : it was rated twice already
    """
    account = _account(actor)
    chosen = vignettes().one(vignette)
    if len(ratings) != len(chosen.answers) or not all(type(r) is int and LOWEST <= r <= HIGHEST for r in ratings):
        raise SheetError(f"Please rate all {len(chosen.answers)} answers, each {LOWEST} to {HIGHEST}.")
    with house.database.write() as connection:
        round_ = len(practice.of_account(connection, account).get(vignette, {})) + 1
        if round_ > ROUNDS:
            raise NotAllowedError("You have rated this one twice; the answers are no longer new to you.")
        practice.put(connection, account, vignette, dict(enumerate(ratings, start=1)), round_=round_, now=now)
        audit.append(
            connection,
            actor.organisation_id,
            actor=actor.label,
            kind="practised_rating",
            subject=account,
            now=now,
            body={"vignette": vignette, "round": round_},
        )


def _account(actor: Actor) -> str:
    require(actor, *RATERS)
    if actor.account_id is None:
        raise NotAllowedError("Practice belongs to a person who is signed in.")
    return actor.account_id


def _shown(vignette: Vignette, given: Mapping[int, Mapping[int, int]], *, within: int) -> PracticeVignette:
    seen = bool(given)
    last = given[max(given)] if given else {}
    near = sum(abs(last[n] - model) <= within for n, model in enumerate(vignette.model_ratings, 1)) if last else None
    return PracticeVignette(
        id=vignette.id,
        title=role_words("en")[vignette.role].title,
        candidate=vignette.candidate,
        setting=vignette.setting,
        answers=tuple(
            _answer(answer, tuple(given[r][n] for r in sorted(given)), seen=seen)
            for n, answer in enumerate(vignette.answers, 1)
        ),
        rounds=len(given),
        near=near,
        talk_about=vignette.talk_about if seen else None,
    )


def _answer(answer: VignetteAnswer, own: tuple[int, ...], *, seen: bool) -> PracticeAnswer:
    question = interview_guide().by_id[answer.question]
    return PracticeAnswer(
        question=question.question,
        anchors={int(step): words for step, words in question.anchors.items()},
        answer=answer.answer,
        own=own,
        model=answer.model.rating if seen else None,
        because=answer.model.because if seen else None,
        trap=answer.trap if seen else None,
    )


def _agreement(
    shipped: Sequence[Vignette], given: Mapping[str, Mapping[int, Mapping[int, int]]]
) -> tuple[RaterAgreement, ...]:
    model: Floats = np.array([rating for vignette in shipped for rating in vignette.model_ratings], dtype=float)
    rounds = max((len(own) for own in given.values()), default=0)
    found = []
    for round_ in range(1, rounds + 1):
        own = [
            given.get(vignette.id, {}).get(round_, {}).get(n, np.nan)
            for vignette in shipped
            for n in range(1, len(vignette.answers) + 1)
        ]
        found.append(rater_agreement(np.array(own, dtype=float), model))
    return tuple(found)
