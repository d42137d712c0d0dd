"""The words of a plan: what each line says in the reader's language, and, for HR, because of what it is there."""

from collections.abc import Mapping

from assessment.training.onboarding import PlanRules, PlanWording
from assessment.training.plan import Because, PlanLine

BANDS = {
    "below": "below the range, with the whole margin of error",
    "above": "above the range, with the whole margin of error",
    "close": "close to the range; the error could explain it",
    "in_range": "in range, and very high: the whole margin lies above the middle",
}


def line_text(line: PlanLine, role: str, *, rules: PlanRules, words: PlanWording, titles: Mapping[str, str]) -> str:
    """What a line says; titles : of modules in the reader's language."""
    if line.text:
        return line.text
    if line.what == "module":
        return titles.get(line.ref, line.ref)
    if line.what == "goal":
        return {str(phase): goal for phase, goal in words.goals_of(role).items()}.get(line.ref, line.ref)
    facet, direction, *week = line.ref.split(":")
    rule = words.rule(facet, direction)
    return rule.weeks[int(week[0])] if week else rule.on_the_job[rules.family_of(role)]


def reason_title(because: Because, names: Mapping[str, str], scenes: Mapping[str, str]) -> str:
    """What a reason is about; names : of facets; scenes : what scenes and questions of the talk are about."""
    if because.kind == "facet":
        name = names.get(because.about, because.about)
        return f"{name}: {'on the low side' if because.direction == 'below' else 'on the high side'}"
    if because.kind == "scenario":
        return f"Scene: {scenes.get(because.about, because.about)}"
    return f"Talk: {scenes.get(because.about, because.about)}"


def reason_words(because: Because) -> str:
    """The figures as of when the plan was proposed, in a sentence."""
    if because.kind == "scenario":
        return f"The picks came to {(because.points or 0) * 100:.0f} of 100 possible. A point to talk about, no score of a person."
    if because.kind == "interview":
        return f"Rated {because.points or 0:.1f} of 5 in the talk."
    margin = 1.96 * (because.sem or 0)
    asked = f"{because.low:g} and up" if because.high is None else f"{because.low:g} to {because.high:g}"
    also = " The talk saw the same." if because.same_in_talk else ""
    t = f"{because.t:.0f}".replace("-", "−")
    return f"T {t} ± {margin:.0f}, the role asks for {asked}: {BANDS[because.band]}.{also}"
