"""How many lines adaptive stopping saves, and how close it stays to the whole form: the table of the README.

Made-up people answer the front desk form, every facet on its own, items with slopes about as strong as
stated. Errors are one standard error over people.
"""

import numpy as np

from assessment.instruments.library import Library
from assessment.scoring.adaptive import Bank, StoppingRule
from assessment.scoring.graded import ItemParameters, simulate

HEAD = "| slope a of the items | lines asked of 48 | lines saved | r with the whole form | r with the truth (whole form) |\n|---|---|---|---|---|"
PEOPLE = 500
STEPS = np.array([-1.8, -0.6, 0.6, 1.8])


def line(slope: float, *, people: int = PEOPLE, seed: int = 11) -> str:
    rng = np.random.default_rng(seed)
    library, rule = Library.shipped(), StoppingRule()
    instrument, form = library.questionnaire(), library.form("front_desk_officer")
    items = [id_ for id_ in form.items if id_ in instrument.by_id]
    own = ItemParameters(
        tuple(items), slope * rng.uniform(0.8, 1.2, len(items)), STEPS + rng.uniform(-0.5, 0.5, (len(items), 1))
    )
    bank = Bank(items, instrument=instrument, parameters=own)
    asked, early, whole, truth = [], [], [], []
    for _ in range(people):
        theta = rng.standard_normal(len(bank.facets))
        sheet = answers_of(theta, items, bank, own, rng)
        given: dict[str, int] = {}
        while left := bank.plan(given, rule=rule, rng=rng):
            given[left[0]] = sheet[left[0]]
        asked.append(len(given))
        early.append(bank.known(given, rule).theta)
        whole.append(bank.known(sheet, rule).theta)
        truth.append(theta)
    lines = np.array(asked)
    same = correlation(early, whole)
    return (
        f"| about {slope:g} | {lines.mean():.1f} ± {lines.std(ddof=1) / np.sqrt(people):.1f} | "
        f"{100 * (1 - lines.mean() / len(items)):.0f} % | {same[0]:.3f} ± {same[1]:.3f} | "
        f"{correlation(early, truth)[0]:.3f} ({correlation(whole, truth)[0]:.3f}) |"
    )


def answers_of(
    theta: np.ndarray, items: list[str], bank: Bank, own: ItemParameters, rng: np.random.Generator
) -> dict[str, int]:
    """Raw answers of one person to every item."""
    instrument = Library.shipped().questionnaire()
    sheet = {}
    for at, id_ in enumerate(items):
        level = theta[[bank.facets.index(instrument.by_id[id_].facet)]]
        counted = int(simulate(level, own.slopes[at : at + 1], own.thresholds[at : at + 1], rng=rng)[0, 0])
        sheet[id_] = 6 - counted if instrument.by_id[id_].keyed == "minus" else counted
    return sheet


def correlation(one: list[np.ndarray], other: list[np.ndarray]) -> tuple[float, float]:
    """Mean over the facets and its standard error, from Fisher's z."""
    a, b = np.array(one), np.array(other)
    z = np.arctanh([min(np.corrcoef(a[:, at], b[:, at])[0, 1], 1 - 1e-9) for at in range(a.shape[1])])
    r = float(np.tanh(z.mean()))
    return r, float((1 - r * r) / np.sqrt(a.shape[1] * (len(a) - 3)))


def table() -> str:
    return "\n".join([HEAD, *(line(slope) for slope in (1.15, 2.0, 3.0))])


if __name__ == "__main__":
    print(table())
