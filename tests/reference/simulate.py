"""Makes the made-up answers of this folder again, byte for byte: python simulate.py [FOLDER].

Only uniform numbers are drawn and turned into normal ones by the standard library, so that
the files do not depend on how a version of numpy draws other distributions.
"""

import sys
from math import exp
from pathlib import Path
from statistics import NormalDist

import numpy as np

SEED = 20261124
LOW, HIGH = 1, 5
FACETS = {"cal": ("Calm", "+-++-+"), "ord": ("Order", "++-+-+"), "soc": ("Sociability", "+--+-+")}
PEOPLE, MISSING, SHARED = 400, 0.03, 0.2
DIF_PEOPLE, DIF_ITEMS = 1500, [f"dif_{k:02}" for k in range(1, 7)]
UNIFORM, NONUNIFORM = "dif_03", "dif_05"


def normal(rng: np.random.Generator) -> float:
    return NormalDist().inv_cdf(rng.random())


def parameters(rng: np.random.Generator) -> tuple[float, list[float]]:
    """a between .8 and 2.2 and four ordered thresholds."""
    a, middle = round(0.8 + 1.4 * rng.random(), 2), 1.6 * rng.random() - 0.8
    return a, [round(middle + step + 0.5 * rng.random() - 0.25, 2) for step in (-1.8, -0.6, 0.6, 1.8)]


def answer(theta: float, a: float, thresholds: list[float], rng: np.random.Generator) -> int:
    """One answer under the graded response model, in the direction of θ."""
    u = rng.random()
    return LOW + sum(u < 1 / (1 + exp(-a * (theta - b))) for b in thresholds)


def write(path: Path, lines: list[str]) -> None:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def questionnaire(id_: str, title: str, facets: dict[str, str], items: list[tuple[str, str, str]]) -> list[str]:
    return [
        f"id: {id_}",
        'version: "1.0"',
        f"title: {title}",
        "source: Made up by simulate.py",
        "licence: CC0-1.0",
        f"format: {{low: {LOW}, high: {HIGH}}}",
        "facets:",
        *(f"  - {{id: {facet}, name: {name}, min_answered: 0.8}}" for facet, name in facets.items()),
        "items:",
        *(f"  - {{id: {item}, facet: {facet}, keyed: {keyed}}}" for item, facet, keyed in items),
    ]


def simulated(folder: Path) -> None:
    """Three facets of six items, mixed keys, some answers missing; the items of the facets are shown in turn."""
    rng = np.random.default_rng(SEED)
    items = [(f"{f}_{k:02}", f, sign == "-") for f, (_, key) in FACETS.items() for k, sign in enumerate(key, 1)]
    known = {item: parameters(rng) for item, _, _ in items}
    shown = sorted(items, key=lambda item: item[0][-2:])
    lines = ["person," + ",".join(item for item, _, _ in shown)]
    for person in range(1, PEOPLE + 1):
        general = normal(rng)
        theta = {facet: SHARED**0.5 * general + (1 - SHARED) ** 0.5 * normal(rng) for facet in FACETS}
        row = [f"p{person}"]
        for item, facet, minus in shown:
            given = answer(theta[facet], *known[item], rng)
            missing = rng.random() < MISSING
            row.append("" if missing else str(LOW + HIGH - given if minus else given))
        lines.append(",".join(row))
    write(folder / "simulated.csv", lines)
    keyed = [(item, facet, "minus" if minus else "plus") for item, facet, minus in items]
    names = {facet: name for facet, (name, _) in FACETS.items()}
    write(folder / "simulated.yaml", questionnaire("simulated", "Made-up answers", names, keyed))


def dif(folder: Path) -> None:
    """One facet, two groups that differ a little: one item is harder for the focal group, one tells less apart there."""
    rng = np.random.default_rng(SEED + 1)
    known = {item: parameters(rng) for item in DIF_ITEMS}
    lines, groups = ["person," + ",".join(DIF_ITEMS)], ["person,group"]
    for person in range(1, DIF_PEOPLE + 1):
        focal = rng.random() < 0.4
        theta = normal(rng) - (0.3 if focal else 0.0)
        row = [f"p{person}"]
        for item in DIF_ITEMS:
            a, thresholds = known[item]
            if focal and item == UNIFORM:
                thresholds = [b + 0.6 for b in thresholds]
            if focal and item == NONUNIFORM:  # another slope, the same intercepts a × b
                a, thresholds = 0.3 * a, [b / 0.3 for b in thresholds]
            row.append(str(answer(theta, a, thresholds, rng)))
        lines.append(",".join(row))
        groups.append(f"p{person},{'focal' if focal else 'reference'}")
    write(folder / "dif.csv", lines)
    write(folder / "dif_groups.csv", groups)
    key = [(item, "dif", "plus") for item in DIF_ITEMS]
    write(folder / "dif.yaml", questionnaire("dif", "Made-up answers of two groups", {"dif": "One facet"}, key))


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    simulated(target)
    dif(target)
