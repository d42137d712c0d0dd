"""Made-up people whose scores are known beforehand: a questionnaire must find them."""

from collections.abc import Sequence
from math import ceil

from assessment.instruments.form import Form
from assessment.instruments.instrument import Instrument, Item
from assessment.roles.fit import RoleFit, assess_fit
from assessment.roles.profile import Requirement, RoleProfile
from assessment.scoring.norms import NormGroup
from assessment.scoring.standing import stand

Answers = dict[str, int | None]


def always(value: int, asked: Sequence[Item]) -> Answers:
    """Someone who gives every statement the same answer."""
    return dict.fromkeys((item.id for item in asked), value)


def fitting_answers(
    profile: RoleProfile, *, instrument: Instrument, asked: Sequence[Item], norms: NormGroup
) -> Answers:
    """Raw answers of someone in the middle of every range and just above every floor.

    Answers lean to the two ends of the scale, so that a key turned round shows at once.
    """
    answers: Answers = {}
    for requirement in profile.requirements:
        items = [item for item in asked if item.facet == requirement.facet]
        if items and requirement.facet in norms.facets:
            answers |= _spread(_points(requirement, len(items), instrument, norms), items, instrument)
    return answers


def expected_score(requirement: Requirement, norms: NormGroup) -> float:
    """The facet mean, in response units, at the middle of a range or at a floor."""
    norm = norms.facets[requirement.facet]
    t = requirement.low if requirement.high is None else (requirement.low + requirement.high) / 2
    return norm.mean + norm.sd * (t - 50) / 10


def fit_of(answers: Answers, profile: RoleProfile, *, instrument: Instrument, form: Form, norms: NormGroup) -> RoleFit:
    return assess_fit(
        stand(answers, instrument=instrument, asked=form.items, norms=norms),
        profile,
        form_facets=form.facets,
        high_proxy_risk=instrument.high_proxy_risk(),
    )


def _points(requirement: Requirement, items: int, instrument: Instrument, norms: NormGroup) -> int:
    """The sum of keyed answers to reach: at least the floor, or next to the middle of the range."""
    wanted = expected_score(requirement, norms) * items
    whole = round(wanted) if requirement.high is not None else ceil(wanted - 1e-9)
    return min(max(whole, instrument.format.low * items), instrument.format.high * items)


def _spread(points: int, items: Sequence[Item], instrument: Instrument) -> Answers:
    low, high = instrument.format.low, instrument.format.high
    left = points - low * len(items)
    answers: Answers = {}
    for item in items:
        step = min(left, high - low)
        left -= step
        answers[item.id] = low + step if item.keyed == "plus" else high - step
    return answers
