"""Which three facets to ask one person about, and with which question of the guide.

What the questionnaire left open comes first. Why a facet was chosen is for HR: an interviewer who
knew it would know the result.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from assessment.instruments.scenario import Scenario
from assessment.roles.fit import Match
from assessment.roles.interview_guide import InterviewGuide, InterviewQuestion
from assessment.roles.profile import RoleProfile

Why = Literal["outside", "close", "uncertain", "not_measured", "scenario", "signature", "core", "chosen"]
WHYS: tuple[Why, ...] = get_args(Why)
OPEN_POINTS = 3
UNCERTAIN_BELOW = 0.5  # the true standing is more likely outside the range than in it
WEAK_BELOW = 0.5  # of what the picks in a scenario can come to

_SAID: dict[Why, str] = {
    "outside": "{facet} is clearly outside the range of the role.",
    "close": "{facet} is close to the range, and the error could explain it.",
    "uncertain": "{facet} is in range, but it could well be outside: the error is wide.",
    "not_measured": "{facet} was not measured.",
    "scenario": "The picks in a scene about {facet} were far from its key.",
    "signature": "Nothing stands out; {facet} is one of the four that set the role apart.",
    "core": "Nothing stands out; {facet} counts in every job like this.",
    "chosen": "Chosen by hand.",
}


@dataclass(frozen=True)
class OpenPoint:
    """A facet to ask about, and why."""

    facet: str
    why: Why


def why_words(why: Why, facet: str) -> str:
    """The reason in a sentence, for HR only; `facet` is its name."""
    said = _SAID[why].format(facet=facet.lower())
    return said[0].upper() + said[1:]


def open_points(
    matches: Sequence[Match],
    scenarios: Sequence[tuple[Scenario, float | None]],
    profile: RoleProfile,
    *,
    form_facets: Collection[str],
    asked_of_all: Collection[str] = (),
) -> tuple[OpenPoint, ...]:
    """Three facets of one person: clearly outside, then close or uncertain, then weak scenes, then the signature.

    Within a step the wider gap, the smaller chance of being in range and the weaker scene come first; what is still
    level keeps the order of the profile, so the same answers give the same questions.

    matches, scenarios : both empty while the person has not finished
    form_facets : those the person was asked about
    asked_of_all : facets that the role's own questions are about, taken only where nothing else is left
    """
    asked = [m for m in matches if m.requirement.facet in form_facets]
    ordered = [*_outside(asked), *_unsure(asked), *_weak_scenes(scenarios), *_of_the_role(profile, form_facets)]
    once = {point.facet: point for point in reversed(ordered)}  # the first reason stands
    points = [once[facet] for facet in dict.fromkeys(point.facet for point in ordered)]
    return tuple(sorted(points, key=lambda point: point.facet in asked_of_all)[:OPEN_POINTS])


def question_for(facet: str, guide: InterviewGuide) -> InterviewQuestion:
    """The first question of a facet: about something that happened, which tells more than what one would do."""
    return guide.facets[facet].behavioural[0]


def _outside(asked: Sequence[Match]) -> list[OpenPoint]:
    found = sorted((m for m in asked if m.band in ("below", "above")), key=lambda m: -(m.gap or 0))
    return [OpenPoint(m.requirement.facet, "outside") for m in found]


def _unsure(asked: Sequence[Match]) -> list[OpenPoint]:
    close = sorted((m for m in asked if m.band == "close"), key=lambda m: -(m.gap or 0))
    in_range = [m for m in asked if m.band == "in_range"]
    unsure = [m for m in in_range if m.chance_in_range is not None and m.chance_in_range < UNCERTAIN_BELOW]
    unsure.sort(key=lambda m: m.chance_in_range or 0)
    return [
        *(OpenPoint(m.requirement.facet, "close") for m in close),
        *(OpenPoint(m.requirement.facet, "uncertain") for m in unsure),
        *(OpenPoint(m.requirement.facet, "not_measured") for m in asked if m.band == "not_measured"),
    ]


def _weak_scenes(scenarios: Sequence[tuple[Scenario, float | None]]) -> list[OpenPoint]:
    weak = [(score, scene) for scene, score in scenarios if score is not None and score < WEAK_BELOW]
    weak.sort(key=lambda pair: pair[0])
    return [OpenPoint(facet, "scenario") for _, scene in weak for facet in scene.facets]


def _of_the_role(profile: RoleProfile, form_facets: Collection[str]) -> list[OpenPoint]:
    parts: Mapping[Why, Sequence[str]] = {"signature": profile.signature, "core": profile.core}
    return [OpenPoint(facet, why) for why, own in parts.items() for facet in own if facet in form_facets]
