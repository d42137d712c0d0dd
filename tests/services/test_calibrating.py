"""Practice in rating: alone, then beside the model, once more; and shown to nobody else."""

import inspect
from dataclasses import replace

import pytest

from assessment.errors import NotAllowedError, SheetError
from assessment.roles.vignettes import vignettes
from assessment.services import calibrating
from assessment.services.calibrating import Practice, own_practice, rate_vignette
from tests.hiring import Hiring, events_of
from tests.interviewing import Colleague, colleague

MODEL = {v.id: v.model_ratings for v in vignettes().vignettes}


@pytest.fixture
def ivo(hiring: Hiring) -> Colleague:
    return colleague(hiring, "Ivo")


def practise(hiring: Hiring, who: Colleague, vignette: str, ratings: list[int]) -> Practice:
    rate_vignette(hiring.house, vignette, ratings, actor=who.actor, now=hiring.now)
    return own_practice(hiring.house, actor=who.actor)


def test_the_model_is_hidden_until_somebody_has_rated_alone(hiring: Hiring, ivo: Colleague) -> None:
    before = own_practice(hiring.house, actor=ivo.actor)
    after = practise(hiring, ivo, "v_front_desk", [5, 3, 4, 3])

    assert {(a.model, a.because, a.trap) for v in before.vignettes for a in v.answers} == {(None, None, None)}
    assert [v.talk_about for v in before.vignettes] == [None] * 3
    shown = after.vignettes[0]
    assert [a.model for a in shown.answers] == list(MODEL["v_front_desk"])
    assert ([a.own for a in shown.answers], shown.near) == ([(5,), (3,), (4,), (3,)], 4)
    assert {a.model for v in after.vignettes[1:] for a in v.answers} == {None}


def test_leniency_and_agreement_stand_for_each_round(hiring: Hiring, ivo: Colleague) -> None:
    for id_, ratings in MODEL.items():
        practise(hiring, ivo, id_, [min(r + 1, 5) for r in ratings])
    found = practise(hiring, ivo, "v_billing", list(MODEL["v_billing"]))

    first, second = found.agreement
    raised = sum(r < 5 for own in MODEL.values() for r in own)
    assert (first.n, first.leniency, first.leans) == (12, pytest.approx(raised / 12), "kind")
    assert first.icc is not None
    assert (second.n, second.leniency, second.exact, second.icc) == (4, 0, 1, None)


def test_a_vignette_is_rated_twice_at_the_most(hiring: Hiring, ivo: Colleague) -> None:
    practise(hiring, ivo, "v_billing", [3, 3, 3, 3])
    practise(hiring, ivo, "v_billing", [3, 5, 5, 4])

    with pytest.raises(NotAllowedError, match="twice"):
        practise(hiring, ivo, "v_billing", [3, 5, 5, 4])


@pytest.mark.parametrize("ratings", [[], [3, 3, 3], [3, 3, 3, 6], [3, 3, 3, 0], [3, 3, 3, True]])
def test_every_answer_is_rated_one_to_five(hiring: Hiring, ivo: Colleague, ratings: list[int]) -> None:
    with pytest.raises(SheetError):
        practise(hiring, ivo, "v_billing", ratings)


def test_nobody_sees_anothers_practice_not_even_an_administrator(hiring: Hiring, ivo: Colleague) -> None:
    practise(hiring, ivo, "v_front_desk", [5, 5, 5, 5])

    administrators = own_practice(hiring.house, actor=hiring.staff)

    assert administrators.agreement == ()
    assert {a.own for v in administrators.vignettes for a in v.answers} == {()}
    verbs = [
        verb
        for _, verb in inspect.getmembers(calibrating, inspect.isfunction)
        if verb.__module__ == calibrating.__name__
    ]
    public = {verb.__name__: set(inspect.signature(verb).parameters) for verb in verbs if verb.__name__[0] != "_"}
    assert public == {
        "own_practice": {"house", "actor"},
        "rate_vignette": {"house", "vignette", "ratings", "actor", "now"},
    }


def test_the_event_log_says_that_somebody_practised_and_not_how(hiring: Hiring, ivo: Colleague) -> None:
    practise(hiring, ivo, "v_front_desk", [5, 5, 5, 5])

    (event,) = events_of(hiring.house, "practised_rating")
    assert set(event) == {"number", "at", "actor", "kind", "subject", "vignette", "round"}


def test_a_supervisor_and_the_system_have_no_practice(hiring: Hiring, ivo: Colleague) -> None:
    for actor in (replace(ivo.actor, role="supervisor"), replace(ivo.actor, kind="system", account_id=None)):
        with pytest.raises(NotAllowedError):
            own_practice(hiring.house, actor=actor)
