"""What the picks in a scenario come to by its key."""

from assessment.instruments.scenario import Scenario


def scenario_score(scenario: Scenario, best: str | None, worst: str | None) -> float | None:
    """Key of the option picked as best + (6 − key of the one picked as worst), between its least (0) and most (1).

    The same option cannot be best and worst, so the bounds are those of two different
    options. None while one of the two picks is missing. One scenario is no score of a
    competency: it is a point to talk about.
    """
    if best is None or worst is None:
        return None
    keys = {letter: option.key for letter, option in scenario.options.items()}
    possible = [keys[a] + 6 - keys[b] for a in keys for b in keys if a != b]
    points = keys[best] + 6 - keys[worst]
    return (points - min(possible)) / (max(possible) - min(possible))
