"""DIF by hand where the models have closed forms, by reference, by recovery, and what must not change it."""

import csv
import doctest
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import linprog, minimize
from scipy.special import expit

from assessment.errors import SheetError, TooFewError
from assessment.fairness import dif as module
from assessment.fairness.dif import ItemDif, dif, holm
from assessment.instruments.sheets import Floats

LOG3 = float(np.log(3))
REFERENCE = Path(__file__).parents[1] / "reference"


def table(cells: dict[tuple[str, float], list[int]]) -> tuple[Floats, Floats, list[str]]:
    """People from counts of the answers 1, 2, … in each cell of group and total."""
    people = [
        (group, total, answer)
        for (group, total), counts in cells.items()
        for answer, count in enumerate(counts, start=1)
        for _ in range(count)
    ]
    groups, totals, answers = zip(*people, strict=True)
    return np.array(answers, dtype=float)[:, None], np.array(totals), list(groups)


def entropy(*rows: list[int]) -> float:
    """Log-likelihood of counts under their own shares, a row at a time."""
    return sum(count * float(np.log(count / sum(row))) for row in rows for count in row)


def simulated(
    n: int,
    *,
    items: int,
    seed: int,
    groups: int = 2,
    shift: dict[int, float] | None = None,
    steeper: dict[int, float] | None = None,
    apart: float = 0.0,
) -> tuple[Floats, Floats, list[str]]:
    """Five-point answers of a graded response model and their mean; `shift` and `steeper` act per item on later groups."""
    rng = np.random.default_rng(seed)
    member = rng.integers(0, groups, n)
    trait = rng.standard_normal(n) + apart * member
    answers = np.empty((n, items))
    for at in range(items):
        slope = 1.6 * (1 + (steeper or {}).get(at, 0.0) * member)
        latent = slope * trait + (shift or {}).get(at, 0.0) * member + rng.logistic(size=n)
        answers[:, at] = 1 + (latent[:, None] > np.array([-2.4, -0.8, 0.8, 2.4]) + rng.normal(0, 0.4)).sum(axis=1)
    return answers, answers.mean(axis=1), [f"g{at}" for at in member]


def test_two_answers_two_totals_and_two_groups_equal_the_closed_form() -> None:
    cells = {("a", 0.0): [30, 10], ("a", 1.0): [20, 20], ("b", 0.0): [24, 16], ("b", 1.0): [4, 36]}
    by_total, by_cell = entropy([54, 26], [24, 56]), entropy(*cells.values())
    null = entropy([78, 82])
    spread = 0.5  # of the total

    (item,) = dif(*table(cells))

    assert (item.n, item.groups) == (160, {"a": 80, "b": 80})
    assert item.overall is not None
    assert item.overall.df == 2
    assert item.overall.chi2 == pytest.approx(2 * (by_cell - by_total), abs=1e-9)
    assert item.overall.p == pytest.approx(np.exp(by_total - by_cell), rel=1e-9)  # χ² with 2 df: exp(−χ²/2)
    assert item.overall.r2_change == pytest.approx(
        (np.exp(2 / 160 * (null - by_total)) - np.exp(2 / 160 * (null - by_cell))) / (1 - np.exp(2 / 160 * null)),
        abs=1e-9,
    )
    assert item.slope["a"] == pytest.approx(LOG3 * spread)
    assert item.slope["b"] == pytest.approx(np.log(9 / (16 / 24)) * spread)


def test_a_group_with_three_times_the_odds_at_either_total_is_purely_uniform() -> None:
    cells = {("a", 0.0): [30, 10], ("a", 1.0): [20, 20], ("b", 0.0): [20, 20], ("b", 1.0): [10, 30]}

    (item,) = dif(*table(cells))

    assert item.overall is not None
    assert item.uniform is not None
    assert item.nonuniform is not None
    assert (item.uniform.df, item.nonuniform.df) == (1, 1)
    assert item.nonuniform.chi2 == pytest.approx(0, abs=1e-9)
    assert item.nonuniform.p == pytest.approx(1, abs=1e-4)
    assert item.uniform.chi2 == pytest.approx(2 * (entropy(*cells.values()) - 2 * entropy([50, 30])), abs=1e-9)
    assert item.shift == pytest.approx({"a": -LOG3 / 2, "b": LOG3 / 2})
    assert item.slope == pytest.approx({"a": LOG3 / 2, "b": LOG3 / 2})
    assert item.direction == ("b", "a")


def test_three_answers_in_proportional_odds_equal_the_closed_form() -> None:
    """Cumulative odds 1/3 and 3 in one group, 1/9 and 1 in the other, whatever the total: the fit is the table."""
    a, b = [70, 140, 70], [28, 112, 140]
    cells = {("a", 0.0): a, ("a", 1.0): a, ("b", 0.0): b, ("b", 1.0): b}
    null, by_group = entropy([196, 504, 420]), 2 * entropy(a, b)

    (item,) = dif(*table(cells))

    assert item.overall is not None
    assert item.uniform is not None
    assert item.uniform.chi2 == pytest.approx(2 * (by_group - null), abs=1e-9)
    assert item.overall.chi2 == pytest.approx(2 * (by_group - null), abs=1e-9)
    assert item.uniform.r2_change == pytest.approx(
        (1 - np.exp(2 / 1120 * (null - by_group))) / (1 - np.exp(2 / 1120 * null)), abs=1e-9
    )
    assert item.shift == pytest.approx({"a": -LOG3 / 2, "b": LOG3 / 2})
    assert item.slope == pytest.approx({"a": 0, "b": 0}, abs=1e-9)


def test_three_answers_move_with_group_and_total_as_they_were_made() -> None:
    """Each of group and total triples the odds of a higher answer."""
    cells = {
        ("a", 0.0): [70, 140, 70],
        ("a", 1.0): [28, 112, 140],
        ("b", 0.0): [28, 112, 140],
        ("b", 1.0): [10, 60, 210],
    }

    (item,) = dif(*table(cells))

    assert item.nonuniform is not None
    assert item.nonuniform.chi2 == pytest.approx(0, abs=1e-9)
    assert item.shift == pytest.approx({"a": -LOG3 / 2, "b": LOG3 / 2})
    assert item.slope == pytest.approx({"a": LOG3 / 2, "b": LOG3 / 2})


def test_shifts_are_set_against_the_mean_of_all_people_and_not_of_the_groups() -> None:
    cells = {("a", 0.0): [90, 30], ("a", 1.0): [60, 60], ("b", 0.0): [20, 20], ("b", 1.0): [10, 30]}

    (item,) = dif(*table(cells))

    assert item.shift == pytest.approx({"a": -LOG3 / 4, "b": LOG3 * 3 / 4})


def test_holm_counts_the_tests_that_are_left() -> None:
    adjusted = holm(np.array([0.04, 0.001, 0.03, 0.9, 0.8]))

    assert adjusted.tolist() == pytest.approx([0.12, 0.005, 0.12, 1, 1])


def test_the_examples_in_the_docstrings_hold() -> None:
    assert doctest.testmod(module) == (0, 5)


def test_numbers_equal_those_of_polr_in_the_r_package_mass() -> None:
    """`tests/reference/dif.R` tells how dif.json was made."""
    expected = json.loads((REFERENCE / "dif.json").read_text())
    with (REFERENCE / "dif.csv").open() as answers_file, (REFERENCE / "dif_groups.csv").open() as groups_file:
        rows = list(csv.DictReader(answers_file))
        group_of = {row["person"]: row["group"] for row in csv.DictReader(groups_file)}
    names = list(expected["items"])
    answers = np.array([[float(row[name]) for name in names] for row in rows])
    total = answers.mean(axis=1)

    items = dif(answers, total, [group_of[row["person"]] for row in rows])

    assert [name for name, item in zip(names, items, strict=True) if item.verdict == "dif"] == ["dif_03", "dif_05"]
    for name, item in zip(names, items, strict=True):
        reference = expected["items"][name]
        assert (item.n, item.groups) == (expected["n"], expected["groups"])
        for part in ("overall", "uniform", "nonuniform"):
            effect = getattr(item, part)
            assert effect.df == reference[part]["df"]
            assert effect.chi2 == pytest.approx(reference[part]["chi2"], abs=1e-5)
            assert effect.p == pytest.approx(reference[part]["p"], rel=1e-5)
            assert effect.r2_change == pytest.approx(reference[part]["nagelkerke_r2_change"], abs=1e-8)
        assert item.p_holm == pytest.approx(reference["p_holm_of_overall"], rel=1e-5)
        uniform, full = (reference["models"][model]["coefficients"] for model in ("group", "interaction"))
        assert item.shift["focal"] - item.shift["reference"] == pytest.approx(uniform["groupfocal"], abs=1e-4)
        assert item.slope["reference"] == pytest.approx(full["total"] * total.std(), abs=1e-4)
        assert item.slope["focal"] == pytest.approx((full["total"] + full["total:groupfocal"]) * total.std(), abs=1e-4)


def test_an_item_that_favours_a_group_is_found_and_its_direction_told() -> None:
    answers, total, groups = simulated(1500, items=10, seed=4, shift={3: 1.5}, apart=0.5)

    items = dif(answers, total, groups)

    found = items[3]
    assert [at for at, item in enumerate(items) if item.verdict == "dif"] == [3]
    assert found.direction == ("g1", "g0")
    assert found.uniform is not None
    assert found.nonuniform is not None
    assert found.uniform.p < 1e-20 < 0.01 < found.nonuniform.p
    assert found.shift["g1"] - found.shift["g0"] == pytest.approx(1.5, abs=0.35)


def test_an_item_that_tells_more_apart_in_one_group_is_found_as_nonuniform() -> None:
    answers, total, groups = simulated(1500, items=10, seed=8, steeper={6: 2.0})

    items = dif(answers, total, groups)

    found = items[6]
    assert [at for at, item in enumerate(items) if item.verdict == "dif"] == [6]
    assert found.uniform is not None
    assert found.nonuniform is not None
    assert found.nonuniform.p < 1e-20
    assert found.nonuniform.r2_change > 10 * found.uniform.r2_change
    assert found.slope["g1"] > 1.5 * found.slope["g0"]


def test_of_three_groups_the_one_that_differs_is_told() -> None:
    answers, total, groups = simulated(1800, items=8, seed=2, groups=3)
    third = np.array(groups) == "g2"
    answers[third, 5] = np.minimum(answers[third, 5] + 1, 5)

    found = dif(answers, total, groups)[5]

    assert found.overall is not None
    assert found.uniform is not None
    assert (found.overall.df, found.uniform.df) == (4, 2)
    assert (found.verdict, found.direction[0]) == ("dif", "g2")


def test_where_nothing_differs_next_to_nothing_is_called_dif() -> None:
    """400 items; groups differ in the trait by half an SD, which is no DIF."""
    samples = [simulated(500, items=20, seed=seed, apart=0.5) for seed in range(20)]

    items = [item for sample in samples for item in dif(*sample)]

    p = np.array([item.overall.p for item in items if item.overall])
    assert len(p) == 400
    assert sum(item.verdict == "dif" for item in items) == 0
    assert sum(item.verdict == "none" for item in items) >= 390
    assert (p < 0.05).mean() == pytest.approx(0.05, abs=0.033)  # three standard errors
    assert np.median(p) == pytest.approx(0.5, abs=0.1)


def test_a_difference_nobody_would_notice_is_negligible_among_thousands() -> None:
    answers, total, groups = simulated(6000, items=10, seed=1, shift={0: 0.45})

    item = dif(answers, total, groups)[0]

    assert item.overall is not None
    assert item.p_holm is not None
    assert item.p_holm < 0.01
    assert item.overall.r2_change < 0.035
    assert item.verdict == "negligible"


def test_a_difference_that_would_matter_but_could_be_chance_is_too_few() -> None:
    cells = {("a", 0.0): [9, 4], ("a", 1.0): [6, 7], ("b", 0.0): [6, 7], ("b", 1.0): [3, 10]}

    (item,) = dif(*table(cells))

    assert item.overall is not None
    assert item.p_holm is not None
    assert item.overall.r2_change > 0.035
    assert item.p_holm > 0.01
    assert item.verdict == "too_few"
    assert item.reason == f"an R² gain of {item.overall.r2_change:.3f} among 52 people could be chance"


def same(left: tuple[ItemDif, ...], right: tuple[ItemDif, ...]) -> bool:
    """All numbers that don't name a group."""

    def numbers(items: tuple[ItemDif, ...]) -> list[list[float]]:
        return [
            [item.n, item.p_holm or -1.0]
            + [x for e in (item.overall, item.uniform, item.nonuniform) if e for x in (e.chi2, e.df, e.p, e.r2_change)]
            for item in items
        ]

    return bool(np.allclose(numbers(left), numbers(right), rtol=1e-6, atol=1e-9))


def test_other_labels_change_only_the_labels() -> None:
    answers, total, groups = simulated(400, items=4, seed=3, groups=3, shift={1: 1.0})
    other = {"g0": "z", "g1": "m", "g2": "a"}
    before = dif(answers, total, groups)

    after = dif(answers, total, [other[group] for group in groups])

    assert same(before, after)
    for one, two in zip(before, after, strict=True):
        assert two.direction == tuple(other[group] for group in one.direction)
        assert two.groups == {other[group]: size for group, size in one.groups.items()}
        assert two.slope == pytest.approx({other[group]: slope for group, slope in one.slope.items()}, rel=1e-6)


@pytest.mark.parametrize(("times", "plus"), [(1, 1000), (10, 50), (0.001, 0)])
def test_the_unit_and_origin_of_the_total_do_not_matter(times: float, plus: float) -> None:
    answers, total, groups = simulated(400, items=4, seed=3, shift={1: 1.0})

    assert same(dif(answers, total, groups), dif(answers, times * total + plus, groups))


def test_the_order_of_people_does_not_matter() -> None:
    answers, total, groups = simulated(400, items=4, seed=3, shift={1: 1.0})

    assert same(dif(answers, total, groups), dif(answers[::-1], total[::-1], groups[::-1]))


def test_categories_nobody_used_are_merged_away() -> None:
    answers, total, groups = simulated(400, items=3, seed=3)
    answers = np.where(answers == 3, 4, answers)

    gaps = dif(answers, total, groups)
    closed = dif(np.where(answers > 3, answers - 1, answers), total, groups)

    assert gaps == closed
    assert all(item.overall is not None for item in gaps)


def test_missing_answers_scores_and_groups_leave_the_person_out_of_that_item_only() -> None:
    answers, total, groups = simulated(400, items=2, seed=6)
    total[:10] = np.nan
    known: list[str | None] = [*groups]
    known[10:30] = [None] * 10 + [""] * 10
    answers[30:70, 0] = np.nan

    first, second = dif(answers, total, known)

    assert (first.n, second.n) == (330, 370)
    assert sum(first.groups.values()) == 330
    assert replace(first, p_holm=None) == replace(dif(answers[70:, :1], total[70:], groups[70:])[0], p_holm=None)
    assert replace(second, p_holm=None) == replace(dif(answers[30:, 1:], total[30:], groups[30:])[0], p_holm=None)


def test_an_array_of_labels_with_the_nan_of_a_data_frame_reads_like_a_list_with_none() -> None:
    answers, total, groups = simulated(200, items=1, seed=6)
    labels = np.array(groups, dtype=object)
    labels[:20] = np.nan

    assert dif(answers, total, labels) == dif(answers, total, [*[None] * 20, *groups[20:]])


def test_each_item_may_be_matched_on_the_score_of_its_own_facet() -> None:
    one, two = simulated(300, items=3, seed=1), simulated(300, items=3, seed=2)
    answers = np.hstack([one[0], two[0]])
    scores = np.repeat(np.column_stack([one[1], two[1]]), 3, axis=1)

    together = dif(answers, scores, one[2])
    apart = dif(one[0], one[1], one[2]) + dif(two[0], two[1], one[2])

    assert [item.overall for item in together] == [item.overall for item in apart]
    assert [item.p_holm for item in together] == pytest.approx(
        holm(np.array([item.overall.p for item in together if item.overall])).tolist()
    )


def test_answers_the_total_tells_apart_are_said_to_have_no_finite_estimate() -> None:
    total = np.tile(np.arange(10.0), 20)

    (item,) = dif((total > 4.5).astype(float)[:, None], total, ["f"] * 100 + ["m"] * 100)

    assert (item.verdict, item.overall, item.p_holm) == ("too_few", None, None)
    assert item.reason == "total and group tell the answers apart so cleanly that no estimate is finite"
    assert item.direction == ()


def test_answers_only_the_total_within_a_group_tells_apart_have_no_finite_estimate_either() -> None:
    rng = np.random.default_rng(1)
    total, groups = rng.standard_normal(200), np.repeat(["f", "m"], 100)
    answers = np.where(groups == "f", total > 0, rng.random(200) < 0.5).astype(float)

    (item,) = dif(answers[:, None], total, groups.tolist())

    assert (item.verdict, item.overall) == ("too_few", None)
    assert item.reason.endswith("no estimate is finite")


def opposite(rng: np.random.Generator, n: int) -> tuple[Floats, Floats, Floats]:
    """An item that rises with the total in one half of the people and falls in the other; totals with far outliers."""
    total, member = rng.standard_t(2, n), np.repeat([0.0, 1.0], n // 2)
    return 3 * total * (1 - 2 * member) + rng.logistic(size=n), total, member


def test_an_item_that_runs_opposite_ways_in_two_groups_is_fitted_all_the_same() -> None:
    """Full Newton steps overshoot here; the maximum is that of a plain search over the likelihood as it is written."""
    latent, total, member = opposite(np.random.default_rng(87), 60)
    latent = latent + 10 * member
    answers = (latent[:, None] > np.quantile(latent, [0.2, 0.4, 0.6, 0.8])).sum(axis=1)
    z = (total - total.mean()) / total.std()

    def worst(place: Floats, predictors: Floats) -> float:
        thresholds = np.concatenate([[-np.inf], place[0] + np.cumsum([0, *np.exp(place[1:4])]), [np.inf]])
        eta = predictors @ place[4:]
        return -float(np.log(expit(thresholds[answers + 1] - eta) - expit(thresholds[answers] - eta)).sum())

    def lowest(predictors: Floats) -> float:
        start = np.array([-1.5, 0, 0, 0, *[0.0] * predictors.shape[1]])
        return float(minimize(worst, start, args=(predictors,), method="BFGS", options={"gtol": 1e-4}).fun)

    (item,) = dif(answers[:, None].astype(float), total, [f"g{at:.0f}" for at in member])

    assert item.overall is not None
    assert item.verdict == "dif"
    assert item.slope["g0"] > 0 > item.slope["g1"]
    both = lowest(np.column_stack([z, member, z * member]))
    assert item.overall.chi2 == pytest.approx(2 * (lowest(z[:, None]) - both), abs=1e-4)


def test_answers_told_apart_in_opposite_ways_have_no_finite_estimate() -> None:
    total = np.tile(np.linspace(-3, 3, 50), 2)
    answers = np.concatenate([total[:50] > 0, total[50:] < 0]).astype(float)

    (item,) = dif(answers[:, None], total, ["f"] * 50 + ["m"] * 50)

    assert (item.verdict, item.overall) == ("too_few", None)


@pytest.mark.parametrize("seed", [5897, 16499])
def test_a_step_past_the_order_of_the_thresholds_is_taken_back(seed: int) -> None:
    rng = np.random.default_rng(seed)
    latent, total, member = opposite(rng, 30)
    latent = latent + 3 * member
    answers = (latent[:, None] > np.sort(rng.choice(latent, 2, replace=False))).sum(axis=1).astype(float)

    (item,) = dif(answers[:, None], total, [f"g{at:.0f}" for at in member], min_group_size=15)

    assert item.verdict == "too_few"


def told_apart(answers: Floats, total: Floats, member: Floats) -> bool:
    """Whether a direction of the parameters makes no answer less likely and some likelier (Albert & Anderson)."""
    y = np.unique(answers, return_inverse=True)[1]
    steps = np.eye(y.max())
    z = (total - total.mean())[:, None] / total.std()
    dummies = member[:, None] == np.unique(member)[1:]
    predictors = np.hstack([z, dummies, z * dummies])
    rows = np.vstack(
        [
            np.hstack([steps[y[y < len(steps)]], -predictors[y < len(steps)]]),
            np.hstack([-steps[y[y > 0] - 1], predictors[y > 0]]),
            np.diff(np.eye(len(steps), len(steps) + predictors.shape[1]), axis=0),
        ]
    )
    limits = np.append(np.zeros(len(rows)), np.ones(len(rows)))
    return bool(linprog(-rows.sum(axis=0), np.vstack([-rows, rows]), limits, bounds=(None, None)).fun < -1e-6)


def test_small_odd_samples_are_fitted_exactly_where_an_estimate_is_finite() -> None:
    rng = np.random.default_rng(7)
    seen = {True: 0, False: 0}
    for _ in range(250):
        n = int(rng.integers(12, 40))
        total = rng.integers(0, 6, n).astype(float)
        answers = np.clip(np.round(total * rng.choice([0, 1, 5]) / 2 + rng.normal(0, 1, n)), 0, 4)
        member = np.append([0.0, 1.0], rng.integers(0, 3, n - 2))

        (item,) = dif(answers[:, None], total, [f"g{at:.0f}" for at in member], min_group_size=1)

        if "everybody" in item.reason:
            continue
        assert (item.overall is None) == told_apart(answers, total, member)
        seen[item.overall is None] += 1
        for effect in (item.overall, item.uniform, item.nonuniform):
            assert effect is None or (0 <= effect.p <= 1 and 0 <= effect.r2_change <= 1 and effect.chi2 < 200)
    assert min(seen.values()) > 30


def test_a_group_of_nineteen_is_too_few_and_one_of_twenty_is_not() -> None:
    answers, total, groups = simulated(200, items=2, seed=9)
    small = [at for at, group in enumerate(groups) if group == "g1"][:20]
    kept = [at for at, group in enumerate(groups) if group == "g0" or at in small]
    answers[small[0], 0] = np.nan

    nineteen, twenty = dif(answers[kept], total[kept], [groups[at] for at in kept])

    assert nineteen.reason == "group 'g1' has 19 people and needs 20"
    assert (nineteen.verdict, nineteen.overall, nineteen.groups["g1"]) == ("too_few", None, 19)
    assert (twenty.overall is not None, twenty.groups["g1"]) == (True, 20)


def test_an_item_that_could_not_be_fitted_is_not_counted_by_holm() -> None:
    answers, total, groups = simulated(300, items=3, seed=9, shift={0: 0.6})
    answers[:, 2] = np.nan

    items = dif(answers, total, groups)

    p = np.array([item.overall.p for item in items if item.overall])
    assert [item.p_holm for item in items] == [*holm(p).tolist(), None]
    assert items[2].groups == {"g0": 0, "g1": 0}


@pytest.mark.parametrize(
    ("what", "reason"),
    [
        ("answer", "everybody in group 'g1' gave the same answer"),
        ("total", "everybody in group 'g1' has the same total"),
    ],
)
def test_a_group_without_spread_is_too_few(what: str, reason: str) -> None:
    answers, total, groups = simulated(200, items=1, seed=9)
    own = np.array(groups) == "g1"
    if what == "answer":
        answers[own] = 3
    else:
        total[own] = 3

    (item,) = dif(answers, total, groups)

    assert (item.verdict, item.overall, item.reason) == ("too_few", None, reason)


def test_fewer_people_than_two_groups_need_is_refused() -> None:
    answers, total, groups = simulated(60, items=1, seed=9)

    with pytest.raises(TooFewError, match="there are 39 people and an honest number needs 40"):
        dif(answers, total, [*groups[:39], *[""] * 21])


def test_a_single_group_is_refused() -> None:
    answers, total, _ = simulated(60, items=1, seed=9)

    with pytest.raises(SheetError, match="everybody is in group 'f'; a comparison needs two groups or more"):
        dif(answers, total, ["f"] * 60)


@pytest.mark.parametrize(("people", "labels"), [(59, 60), (60, 59)])
def test_shapes_that_do_not_belong_together_are_refused(people: int, labels: int) -> None:
    answers, total, groups = simulated(60, items=2, seed=9)

    with pytest.raises(SheetError, match=r"answers have shape \(60, 2\)"):
        dif(answers, total[:people], groups[:labels])
