"""One facet beside its range, and a fit, in figures: written once, so that screen and paper agree to the digit."""

from assessment.roles.fit import Interval, Match, PartFit
from assessment.roles.profile import Requirement

NONE = "–"


def t_words(match: Match) -> str:
    s = match.standing
    return NONE if s is None or s.t is None else f"{s.t:.1f}"


def error_words(match: Match) -> str:
    """How far off T may be, 95 %."""
    s = match.standing
    return NONE if s is None or s.sem is None else f"± {1.96 * s.sem:.1f}"


def asked_words(requirement: Requirement) -> str:
    return (
        f"{requirement.low:g} or more" if requirement.high is None else f"{requirement.low:g} to {requirement.high:g}"
    )


def expected_words(match: Match) -> str:
    return NONE if match.expected_match is None else f"{match.expected_match:.0f}"


def chance_words(match: Match) -> str:
    return NONE if match.chance_in_range is None else f"{100 * match.chance_in_range:.0f} %"


def fit_words(name: str, part: PartFit) -> tuple[str, str]:
    """The fit of a part with its 80 % interval: what is said loudly, and the rest of the sentence."""
    if part.fit is None or part.low80 is None or part.high80 is None:
        return "", f"{name} was not measured."
    measured = "" if part.weight_measured > 0.995 else f", {100 * part.weight_measured:.0f} % of its weight measured"
    return f"{name} fit {part.fit:.0f}", f", most likely between {part.low80:.0f} and {part.high80:.0f}{measured}."


def fit_cell(part: PartFit) -> str:
    """The fit of a part in the cell of a table: 71 (60 to 80)."""
    return interval_words(part.interval)


def interval_words(fit: Interval | None) -> str:
    return NONE if fit is None else f"{fit.mid:.0f} ({fit.low:.0f} to {fit.high:.0f})"
