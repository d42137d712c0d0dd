"""Ours and the peers side by side: one process, taking turns, one thread each, medians of five pairs (three where a
call takes more than ten seconds). R runs in a process of its own and is timed inside it.

Prints a Markdown table: what, how many people, our time and the peer's, the ratio (above 1: we are quicker) and
how far the results lie apart. `make bench` sets one thread for everybody before anything is imported. Words given
choose tasks: `scores alpha eap calibration careless adaptive simulation`.
"""

import platform
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from assessment.evidence.calibration import calibrate
from assessment.instruments.instrument import Facet, Instrument, Item, ResponseFormat
from assessment.instruments.sheets import Codes, Floats, Sheets
from assessment.scoring.adaptive import Bank, StoppingRule
from assessment.scoring.classical import facet_scores
from assessment.scoring.graded import ItemParameters, simulate
from assessment.scoring.irt import eap
from assessment.scoring.kernels import compiled
from assessment.scoring.norms import FacetNorm, NormGroup
from assessment.scoring.reliability import alpha, moments
from assessment.scoring.response_quality import even_odd, irv, longstring
from assessment.scoring.standing import standings
from tests.bench.peers import (
    careless_r_peer,
    catsim_peer,
    girth_peer,
    mirt_peer,
    pandas_peer,
    pingouin_peer,
    polars_peer,
)

FACETS, EACH, LOW, HIGH = 10, 6, 1, 5
PAIRS, SHORT = 5, 3  # SHORT where one call takes more than ten seconds
FIVE = ResponseFormat(low=LOW, high=HIGH)
FACET_OF = np.repeat(np.arange(FACETS), EACH)
STEPS = np.array([-1.6, -0.5, 0.5, 1.6])


@dataclass(frozen=True)
class Line:
    task: str
    n: int
    peer: str
    ours: float
    theirs: float
    agreement: str

    def __str__(self) -> str:
        return (
            f"| {self.task} | {self.n:,} | {said(self.ours)} | {self.peer} | {said(self.theirs)} | "
            f"{self.theirs / self.ours:.1f} × | {self.agreement} |"
        )


def said(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{1000 * seconds:.3g} ms"


def side_by_side(ours: Callable[[], Any], theirs: Callable[[], Any]) -> tuple[float, float, Any, Any]:
    """Median seconds of each, taking turns, after one call of each that is not counted; and both results."""
    mine, other = ours(), theirs()
    began = time.perf_counter()
    theirs()
    pairs = SHORT if time.perf_counter() - began > 10 else PAIRS
    took: tuple[list[float], list[float]] = [], []
    for _ in range(pairs):
        for do, into in ((ours, took[0]), (theirs, took[1])):
            began = time.perf_counter()
            do()
            into.append(time.perf_counter() - began)
    return statistics.median(took[0]), statistics.median(took[1]), mine, other


def apart(one: Any, other: Any) -> str:
    return f"≤ {np.nanmax(np.abs(np.asarray(one) - np.asarray(other))):.0e}"


def people(n: int, *, missing: float = 0.0, seed: int = 1) -> Sheets:
    """Made-up sheets of ten facets of six items, half of them minus-keyed."""
    rng = np.random.default_rng(seed)
    items = tuple(
        Item(id=f"i{at}", facet=f"f{facet}", keyed="minus" if at % 2 else "plus") for at, facet in enumerate(FACET_OF)
    )
    codes = rng.integers(1, HIGH + 1, (len(items), n), dtype=np.uint8)
    if missing:
        codes[rng.random(codes.shape) < missing] = 0
    return Sheets(items, tuple(Facet(id=f"f{at}", name="F") for at in range(FACETS)), FIVE, codes)


def parameters(n_items: int, *, seed: int = 2, steps: Floats = STEPS) -> ItemParameters:
    rng = np.random.default_rng(seed)
    slopes = rng.uniform(0.8, 2.2, n_items)
    return ItemParameters(
        tuple(f"i{at}" for at in range(n_items)), slopes, steps + rng.uniform(-0.6, 0.6, (n_items, 1))
    )


def graded_answers(n: int, bank: ItemParameters, *, scale_of: Any, seed: int = 3) -> Codes:
    rng = np.random.default_rng(seed)
    codes = np.empty((len(bank.slopes), n), dtype=np.uint8)
    for scale in np.unique(scale_of):
        own = scale_of == scale
        theta = rng.standard_normal(n)
        for start in range(0, n, 50_000):
            at = slice(start, start + 50_000)
            codes[own, at] = simulate(theta[at], bank.slopes[own], bank.thresholds[own], rng=rng).T
    return codes


def scores() -> Iterator[Line]:
    mean, sd = np.full(FACETS, 3.0), np.full(FACETS, 0.5)
    facets = {f"f{at}": FacetNorm(mean=3.0, sd=0.5, reliability=0.7) for at in range(FACETS)}
    group = NormGroup(id="g", version="1.0", kind="local", n=400, period="", source="", facets=facets)
    ways = [
        (f"polars, {'whole columns added as bytes' if way == 'sums' else way}", polars_peer, way)
        for way in ("sums", "mean_horizontal")
    ]
    ways.append(("pandas, matrix product", pandas_peer, "dot"))
    for missing in (0.0, 0.02):
        for n in (1_000, 100_000, 1_000_000):
            sheets = people(n, missing=missing)
            for name, peer, way in ways:
                theirs = peer.prepare(
                    sheets.codes, minus=sheets.minus, facet_of=FACET_OF, mean=mean, sd=sd, least=5, way=way
                )
                took = side_by_side(lambda: standings(facet_scores(sheets), group).t, lambda: peer.run(theirs))  # noqa: B023
                task = "T scores, 60 items" + (", 2 % missing" if missing else "")
                yield Line(task, n, name, took[0], took[1], apart(took[2], took[3]))


def alphas() -> Iterator[Line]:
    for missing in (0.0, 0.02):
        for n in (1_000, 100_000):
            sheets = people(n, missing=missing)
            parts = [sheets.of_facet(facet.id).keyed_codes for facet in sheets.facets]
            theirs = pingouin_peer.prepare(sheets.keyed_codes, facet_of=FACET_OF)
            took = side_by_side(
                lambda: [alpha(moments(codes).pairwise()) for codes in parts],  # noqa: B023
                lambda: pingouin_peer.run(theirs),  # noqa: B023
            )
            task = "α of ten facets" + (", 2 % missing" if missing else "")
            yield Line(task, n, "pingouin", took[0], took[1], apart(took[2], took[3][:, 0]))


def estimates() -> Iterator[Line]:
    bank = parameters(FACETS * EACH)
    for task, scale_of in (
        ("EAP and SE, 1 × 60 items", np.zeros(60, dtype=int)),
        ("EAP and SE, 10 × 6 items", FACET_OF),
    ):
        for n in (100_000, 1_000_000):
            codes = graded_answers(n, bank, scale_of=scale_of)
            parts = [
                (
                    codes[scale_of == scale].copy(),
                    bank.of([i for i, s in zip(bank.items, scale_of, strict=True) if s == scale]),
                )
                for scale in np.unique(scale_of)
            ]

            def ours() -> Floats:
                return np.stack([eap(own, of, kernels=compiled)[0] for own, of in parts], axis=1)  # noqa: B023

            peers: list[tuple[str, Any, Callable[..., Any]]] = [
                ("mirt (PyPI), fscores", mirt_peer, mirt_peer.run_fscores),
                ("mirt (PyPI), its Rust log-likelihoods at our points", mirt_peer, mirt_peer.run_scores),
            ]
            if n == 100_000:
                peers.append(("girth", girth_peer, girth_peer.run_scores))
            for name, peer, run in peers:
                theirs = peer.prepare_scores(codes, slopes=bank.slopes, thresholds=bank.thresholds, scale_of=scale_of)
                took = side_by_side(ours, lambda: run(theirs)[0])  # noqa: B023
                yield Line(task, n, name, took[0], took[1], apart(took[2], took[3]))


def calibrations() -> Iterator[Line]:
    bank = parameters(10)
    for n in (1_000, 10_000, 100_000):
        codes = graded_answers(n, bank, scale_of=np.zeros(10, dtype=int))
        items = tuple(Item(id=id_, facet="f", keyed="plus") for id_ in bank.items)
        sheets = Sheets(items, (Facet(id="f", name="F"),), FIVE, codes)
        prepared = mirt_peer.prepare_calibration(codes), girth_peer.prepare_calibration(codes)
        ways: list[tuple[str, bool, Callable[[], Any]]] = [
            ("mirt (PyPI), 61 points", False, lambda: mirt_peer.run_calibration(prepared[0], points=61, errors=False)),  # noqa: B023
            (
                "mirt (PyPI), 61 points, squarem",
                False,
                lambda: mirt_peer.run_calibration(prepared[0], points=61, errors=False, accelerate="squarem"),  # noqa: B023
            ),
            ("mirt (PyPI), its defaults, 21 points, SE", True, lambda: mirt_peer.run_calibration(prepared[0])),  # noqa: B023
            ("mirt (PyPI), 61 points, SE", True, lambda: mirt_peer.run_calibration(prepared[0], points=61)),  # noqa: B023
            ("girth, its defaults, 41 points", False, lambda: girth_peer.run_calibration(prepared[1])),  # noqa: B023
        ]
        for name, errors, theirs in ways:
            took = side_by_side(lambda: calibrate(sheets, errors=errors, kernels=compiled).facets[0], theirs)  # noqa: B023
            task = "calibration, 10 items" + (", with SE" if errors else "")
            agreement = f"a {apart(took[2].slopes, took[3][0])}, b {apart(took[2].thresholds, took[3][1])}"
            yield Line(task, n, name, took[0], took[1], agreement)


def careless() -> Iterator[Line]:
    if not shutil.which("Rscript"):
        print("R is not here: the careless indices have no peer and are not compared", file=sys.stderr)
        return
    n = 1_000
    sheets = people(n)
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        theirs = careless_r_peer.prepare(
            sheets.codes, minus=sheets.minus, facet_sizes=[EACH] * FACETS, folder=Path(folder)
        )
        found, seconds = careless_r_peer.run(theirs)
    mine = np.stack([longstring(sheets.codes), irv(sheets.codes), even_odd(sheets)], axis=1)
    for size in (n, 100_000):
        many = people(size)
        took = []
        for _ in range(PAIRS):
            began = time.perf_counter()
            longstring(many.codes), irv(many.codes), even_odd(many)
            took.append(time.perf_counter() - began)
        r = sum(seconds.values()) * size / n
        name = "R careless" if size == n else "R careless, 1,000 people × 100 (its cost is linear)"
        yield Line("longstring, IRV, even-odd", size, name, statistics.median(took), r, apart(mine, found))


def live_bank(of: ItemParameters) -> Bank:
    """A questionnaire of one facet with these items, ready for the live step."""
    instrument = Instrument(
        id="bank",
        version="1.0",
        title="",
        source="",
        licence="",
        format=ResponseFormat(low=1, high=of.thresholds.shape[1] + 1),
        facets=(Facet(id="f", name="F"),),
        items=tuple(Item(id=id_, facet="f", keyed="plus") for id_ in of.items),
    )
    return Bank(of.items, instrument=instrument, parameters=of)


def adaptive() -> Iterator[Line]:
    n_items, length = 96, 20
    graded, logistic = parameters(n_items), parameters(n_items, steps=np.array([0.0]))
    rng = np.random.default_rng(5)
    for kind, bank in (("graded", graded), ("two answers", logistic)):
        own = live_bank(bank)
        rule = StoppingRule(target_se=0.0, least_items=length, among=1)
        theta = np.array([0.4])
        answers = simulate(theta, bank.slopes, bank.thresholds, rng=rng, low=0)[0]

        def session() -> Floats:
            """The items given; a step is the estimate so far and the choice of the next."""
            said: dict[str, int] = {}
            for _ in range(length):
                item = own.plan(said, rule=rule, rng=rng)[0]  # noqa: B023
                said[item] = int(answers[int(item[1:])]) + 1  # noqa: B023
            return np.array([int(item[1:]) for item in said])

        peers: list[tuple[str, Callable[[], Any]]] = []
        engine = mirt_peer.prepare_session(bank.slopes, bank.thresholds, length=length)
        peers.append(("mirt (PyPI), 61 points", lambda: mirt_peer.run_session(engine, answers)[0]))  # noqa: B023
        if kind != "graded":
            other = catsim_peer.prepare(bank.slopes, bank.thresholds, length=length)
            peers.append(("catsim (maximum likelihood)", lambda: catsim_peer.run_session(other, answers)[0]))  # noqa: B023
        for name, run in peers:
            ours, theirs, mine, found = side_by_side(session, run)
            same = f"{len(set(mine) & set(found))} of {length} items the same"
            yield Line(f"one live step, bank of 96, {kind}", 1, name, ours / length, theirs / length, same)


def simulation() -> Iterator[Line]:
    n, length = 1_000, 20
    bank = parameters(96)
    own = live_bank(bank)
    true = np.random.default_rng(6).standard_normal(n)
    enough = StoppingRule(target_se=0.3, least_items=1, among=1)
    theirs = mirt_peer.prepare_simulation(bank.slopes, bank.thresholds, length=length, enough=0.3, points=61)
    took = side_by_side(
        lambda: own.try_out(n, rule=enough, rng=np.random.default_rng(1)),
        lambda: mirt_peer.run_simulation(theirs, true),
    )
    lines = f"{took[2].lines.mean():.2f} and {took[3][2].mean():.2f} items each"
    yield Line(
        "1,000 people stop at SE .30, bank of 96, graded",
        n,
        "mirt (PyPI), lock step, 61 points",
        took[0],
        took[1],
        lines,
    )


TASKS: dict[str, Callable[[], Iterator[Line]]] = {
    "scores": scores,
    "alpha": alphas,
    "eap": estimates,
    "calibration": calibrations,
    "careless": careless,
    "adaptive": adaptive,
    "simulation": simulation,
}


def main() -> None:
    packages = ("numpy", "numba", "polars", "pandas", "pingouin", "mirt", "girth", "catsim")
    print(f"Python {platform.python_version()}, " + ", ".join(f"{name} {version(name)}" for name in packages))
    print(f"\n| task | people | ours | peer | peer's | ratio | apart |\n|{'---|' * 7}")
    for name in sys.argv[1:] or TASKS:
        for line in TASKS[name]():
            print(line, flush=True)


if __name__ == "__main__":
    main()
