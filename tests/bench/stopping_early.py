"""How many lines adaptive stopping saves, and how close it stays to the whole form: the table of the README.

Made-up people answer the front desk form, every facet on its own, items with slopes about as strong as
stated. Errors are one standard error over people.
"""

import numpy as np

from assessment.instruments.library import Library
from assessment.instruments.sheets import Floats
from assessment.scoring.adaptive import Bank, StoppingRule
from assessment.scoring.graded import ItemParameters

HEAD = "| slope a of the items | lines asked of 48 | lines saved | r with the whole form | r with the truth (whole form) |\n|---|---|---|---|---|"
PEOPLE = 2_000
STEPS = np.array([-1.8, -0.6, 0.6, 1.8])


def line(slope: float, *, people: int = PEOPLE, seed: int = 11) -> str:
    rng = np.random.default_rng(seed)
    library, rule = Library.shipped(), StoppingRule()
    instrument, form = library.questionnaire(), library.form("front_desk_officer")
    items = [id_ for id_ in form.items if id_ in instrument.by_id]
    own = ItemParameters(
        tuple(items), slope * rng.uniform(0.8, 1.2, len(items)), STEPS + rng.uniform(-0.5, 0.5, (len(items), 1))
    )
    trial = Bank(items, instrument=instrument, parameters=own).try_out(people, rule=rule, rng=rng)
    lines, same = trial.lines, correlation(trial.theta, trial.theta_whole)
    return (
        f"| about {slope:g} | {lines.mean():.1f} ± {lines.std(ddof=1) / np.sqrt(people):.1f} | "
        f"{100 * (1 - lines.mean() / trial.whole):.0f} % | {same[0]:.3f} ± {same[1]:.3f} | "
        f"{correlation(trial.theta, trial.truth)[0]:.3f} ({correlation(trial.theta_whole, trial.truth)[0]:.3f}) |"
    )


def correlation(a: Floats, b: Floats) -> tuple[float, float]:
    """Mean over the facets and its standard error, from Fisher's z."""
    z = np.arctanh([min(np.corrcoef(a[:, at], b[:, at])[0, 1], 1 - 1e-9) for at in range(a.shape[1])])
    r = float(np.tanh(z.mean()))
    return r, float((1 - r * r) / np.sqrt(a.shape[1] * (len(a) - 3)))


def table() -> str:
    return "\n".join([HEAD, *(line(slope) for slope in (1.15, 2.0, 3.0))])


if __name__ == "__main__":
    print(table())
