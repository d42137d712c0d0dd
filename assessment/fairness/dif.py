"""Whether an item asks the same of every group: people of equal standing should answer it alike."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy.special import chdtrc, expit, log_expit

from assessment.errors import SheetError, TooFewError
from assessment.instruments.sheets import Floats, Ints

Labels = Sequence[str | None] | npt.NDArray[np.str_ | np.object_]
Verdict = Literal["dif", "negligible", "none", "too_few"]
R2_GATE = 0.035  # Jodoin & Gierl's end of "negligible"
ALPHA = 0.01  # of Holm's p
MOST_STEPS = 30  # of Newton; a finite maximum takes four to ten, seldom twenty


@dataclass(frozen=True)
class Effect:
    """What adding predictors explains: likelihood-ratio χ², its degrees of freedom and p, gain in Nagelkerke's R²."""

    chi2: float
    df: int
    p: float
    r2_change: float


@dataclass(frozen=True)
class ItemDif:
    """How one item differs between groups; effects are None where it could not be fitted, and `reason` says why.

    overall = uniform + nonuniform; uniform: the same at every total; nonuniform: more at some totals than at others.
    groups : people used of each; p_holm : of `overall`, over the items of the call
    shift : log-odds of a higher keyed answer at equal total, against the mean of all people used; 0 = like them
    slope : change of those log-odds per SD of the total, per group; higher = the item tells more apart there
    """

    n: int
    groups: dict[str, int]
    overall: Effect | None = None
    uniform: Effect | None = None
    nonuniform: Effect | None = None
    p_holm: float | None = None
    shift: dict[str, float] = field(default_factory=dict)
    slope: dict[str, float] = field(default_factory=dict)
    verdict: Verdict = "too_few"
    reason: str = ""

    @property
    def direction(self) -> tuple[str, ...]:
        """The groups, from the one that answers higher in the facet's direction at equal total; empty if not fitted."""
        return tuple(sorted(self.shift, key=lambda group: -self.shift[group]))


def dif(responses: Floats, matching: Floats, groups: Labels, *, min_group_size: int = 20) -> tuple[ItemDif, ...]:
    """Differential item functioning by ordinal logistic regression, matched on a score.

    Per item, three nested proportional odds models of its K observed answers,
    `logit P(Y ≤ k) = θ_k − η`, with η = total (1), + group (2), + total × group (3).
    χ² is twice the gain in log-likelihood: overall 1 → 3 with 2(J − 1) degrees of
    freedom, uniform 1 → 2 and nonuniform 2 → 3 with J − 1 each. The effect size is
    the gain in Nagelkerke's R², `(1 − exp(2(l₀ − l)/n)) / (1 − exp(2 l₀/n))`.

    Verdicts, on `overall`: `dif` where the R² gain is at least .035 and p after Holm below
    .01; `negligible` where only p is; `none` where the gain is small and not significant;
    `too_few` where a gain of that size could be chance, or where nothing can be fitted:
    a group below `min_group_size` or without any spread, or answers so cleanly told apart
    that the likelihood has no maximum (Albert & Anderson). Items that could not be fitted
    are not counted by Holm.

    Parameters
    ----------
    responses : (n_people, n_items) answers in the facet's direction, NaN where unanswered
    matching : (n_people,) score of the facet, or (n_people, n_items) with the one of each item; any unit; NaN = none
    groups : (n_people,) labels, "" or None where unknown

    Returns
    -------
    one ItemDif per column. Unanswered, no score or unknown group: the person is left out of that item only.

    Raises
    ------
    SheetError : shapes that do not belong together, or a single group
    TooFewError : fewer people of known group than two groups need

    References
    ----------
    Zumbo (1999), A handbook on the theory and methods of DIF. Directorate of Human Resources Research, Ottawa
    Crane et al. (2006). https://doi.org/10.1097/01.mlr.0000245183.28384.ed
    Jodoin & Gierl (2001). https://doi.org/10.1207/S15324818AME1404_2
    Nagelkerke (1991). https://doi.org/10.1093/biomet/78.3.691
    McCullagh (1980). https://doi.org/10.1111/j.2517-6161.1980.tb01109.x
    Albert & Anderson (1984). https://doi.org/10.1093/biomet/71.1.1

    Examples
    --------
    >>> total = np.tile(np.arange(10.0), 20)
    >>> group = ["f"] * 100 + ["m"] * 100
    >>> answers = (total + np.repeat(np.arange(20) % 5, 10) > 6.5).astype(float)  # whoever is asked
    >>> [(item.n, item.verdict) for item in dif(answers[:, None], total, group)]
    [(200, 'none')]
    """
    scores = _scores(responses, matching, groups)
    labels, member = _members(groups)
    if (known := int((member >= 0).sum())) < 2 * min_group_size:
        raise TooFewError(has=known, needs=2 * min_group_size)
    if len(labels) < 2:
        raise SheetError(f"everybody is in group {labels[0]!r}; a comparison needs two groups or more")
    usable = np.isfinite(responses) & np.isfinite(scores) & (member >= 0)[:, None]
    items = [
        _item(responses[own, at], scores[own, at], member[own], labels, min_group_size)
        for at, own in enumerate(usable.T)
    ]
    adjusted = iter(holm(np.array([item.overall.p for item in items if item.overall])))
    return tuple(_judged(item, item.overall, next(adjusted)) if item.overall else item for item in items)


def holm(p: Floats) -> Floats:
    """p-values so adjusted that one below α is wrong in at most α of all families of tests.

    p : (n_tests,); the smallest counts n times, the next n − 1 times, and none less than a smaller one.

    References
    ----------
    Holm (1979). https://www.jstor.org/stable/4615733

    Examples
    --------
    >>> holm(np.array([0.01, 0.04, 0.03])).tolist()
    [0.03, 0.06, 0.06]
    """
    order = np.argsort(p, kind="stable")
    adjusted = np.empty(len(p))
    adjusted[order] = np.minimum(1, np.maximum.accumulate(p[order] * np.arange(len(p), 0, -1)))
    return adjusted


def _scores(responses: Floats, matching: Floats, groups: Labels) -> Floats:
    """The matching score of every answer, once the shapes are known to belong together."""
    if (
        responses.ndim != 2
        or matching.shape not in (responses.shape[:1], responses.shape)
        or len(groups) != len(matching)
    ):
        raise SheetError(
            f"answers have shape {responses.shape}, matching scores {matching.shape} and there are {len(groups)} groups; "
            "expected (people, items), (people,) or (people, items), and one group per person"
        )
    return matching if matching.ndim == 2 else np.broadcast_to(matching[:, None], responses.shape)


def _members(groups: Labels) -> tuple[list[str], Ints]:
    """The labels, sorted, and where among them each person belongs; −1 = unknown (a NaN of pandas is unknown too)."""
    named = ["" if label is None or label != label else str(label) for label in groups]
    labels = sorted(set(named) - {""})
    places = {label: at for at, label in enumerate(labels)}
    return labels, np.array([places.get(label, -1) for label in named], dtype=np.int64)


def _item(answers: Floats, score: Floats, member: Ints, labels: Sequence[str], min_group_size: int) -> ItemDif:
    """One item over the people who count for it; p_holm and verdict come once all items are known."""
    sizes = np.bincount(member, minlength=len(labels))
    item = ItemDif(len(answers), {label: int(size) for label, size in zip(labels, sizes, strict=True)})
    for at, label in enumerate(labels):
        if sizes[at] < min_group_size:
            return replace(item, reason=f"group {label!r} has {sizes[at]} people and needs {min_group_size}")
        if np.ptp(answers[member == at]) == 0:
            return replace(item, reason=f"everybody in group {label!r} gave the same answer")
        if np.ptp(score[member == at]) == 0:
            return replace(item, reason=f"everybody in group {label!r} has the same total")
    categories = np.unique(answers, return_inverse=True)[1]
    fits = _nested_fits(categories, score, member, sizes)
    if fits is None:
        return replace(item, reason="total and group tell the answers apart so cleanly that no estimate is finite")
    n, last = len(answers), len(labels) - 1
    null, by_total, by_group, by_both = fits.log_likelihoods

    def effect(smaller: float, larger: float, df: int) -> Effect:
        chi2 = max(0.0, 2 * (larger - smaller))
        gain = (np.exp(2 * (null - smaller) / n) - np.exp(2 * (null - larger) / n)) / -np.expm1(2 * null / n)
        return Effect(chi2, df, float(chdtrc(df, chi2)), max(0.0, float(gain)))

    return replace(
        item,
        overall=effect(by_total, by_both, 2 * last),
        uniform=effect(by_total, by_group, last),
        nonuniform=effect(by_group, by_both, last),
        shift=dict(zip(labels, fits.shift.tolist(), strict=True)),
        slope=dict(zip(labels, fits.slope.tolist(), strict=True)),
    )


def _judged(item: ItemDif, overall: Effect, p_holm: float) -> ItemDif:
    """Size and significance together; on thousands of people p alone flags what nobody would notice."""
    large, significant = overall.r2_change >= R2_GATE, p_holm < ALPHA
    if large and not significant:
        reason = f"an R² gain of {overall.r2_change:.3f} among {item.n} people could be chance"
        return replace(item, p_holm=float(p_holm), verdict="too_few", reason=reason)
    verdict: Verdict = "dif" if large else "negligible" if significant else "none"
    return replace(item, p_holm=float(p_holm), verdict=verdict)


@dataclass(frozen=True)
class _NestedFits:
    """log_likelihoods: null, total, + group, + total × group; shift and slope as in ItemDif, (n_groups,)."""

    log_likelihoods: tuple[float, float, float, float]
    shift: Floats
    slope: Floats


def _nested_fits(categories: Ints, score: Floats, member: Ints, sizes: Ints) -> _NestedFits | None:
    """The null model in closed form, the others each from where the smaller one ended; None = no finite maximum.

    The total enters standardised, and its products with the groups standardised within
    each of them: the models are the same, and the information stays well conditioned.
    """
    n, others, counts = len(categories), len(sizes) - 1, np.bincount(categories)
    z = (score - score.mean()) / score.std()
    centre = np.bincount(member, z) / sizes
    spread = np.sqrt(np.bincount(member, (z - centre[member]) ** 2) / sizes)
    dummies = (member[:, None] == np.arange(1, others + 1)).astype(float)
    within = (z - centre[member]) / spread[member]
    rows = _logistic_rows(categories, np.column_stack([z, dummies, dummies * within[:, None]]))
    below = counts.cumsum()[:-1]
    thresholds = len(below)
    at = np.log(below / (n - below))
    reached = [float((counts * np.log(counts / n)).sum())]
    ends = []
    for width in (thresholds + 1, thresholds + 1 + others, thresholds + 1 + 2 * others):
        found = _maximum(rows[:, :width], counts[1:-1], np.pad(at, (0, width - len(at))))
        if found is None:
            return None
        at, log_likelihood = found
        ends.append(at[thresholds:])
        reached.append(log_likelihood)
    shift = np.append(0.0, ends[1][1:])
    slope = ends[2][0] + np.append(0.0, ends[2][1 + others :]) / spread
    return _NestedFits((reached[0], reached[1], reached[2], reached[3]), shift - shift @ sizes / n, slope)


def _logistic_rows(categories: Ints, predictors: Floats) -> Floats:
    """Proportional odds written as plain logistic terms: for each person the step above the answer and that below.

    With F logistic, `F(b) − F(a) = F(b) · F(−a) · (1 − exp(a − b))`, where b = θ_y − η and
    a = θ_{y−1} − η. So the log-likelihood is `Σ log F(rows @ [θ, β])` and a term in the
    thresholds alone, without a difference of two nearly equal numbers, and concave.
    """
    steps = np.eye(categories.max())
    above, under = categories < len(steps), categories > 0
    return np.vstack(
        [
            np.hstack([steps[categories[above]], -predictors[above]]),
            np.hstack([-steps[categories[under] - 1], predictors[under]]),
        ]
    )


def _maximum(rows: Floats, inner: Ints, at: Floats) -> tuple[Floats, float] | None:
    """Newton with step halving from `at` to the largest log-likelihood; None where there is no finite one.

    Where answers are cleanly told apart the likelihood creeps up for ever with steps of
    about 1, while a true maximum is closed in on quadratically: so small steps, not small
    gains, mean arrival, and `MOST_STEPS` ends the search before rounding takes over.

    rows : (n_rows, n_parameters), thresholds first; inner : (n_categories − 2,) people in all but the end categories
    """
    gaps = np.diff(np.eye(len(inner) + 1, len(at)), axis=0)

    def log_likelihood(place: Floats) -> float:
        wide = gaps @ place
        if (wide <= 0).any():
            return -np.inf
        return float(log_expit(rows @ place).sum() + inner @ np.log(-np.expm1(-wide)))

    reached = log_likelihood(at)
    for _ in range(MOST_STEPS):
        missed: Floats = expit(-(rows @ at))
        wide = gaps @ at
        shut = -np.expm1(-wide)
        pull = inner * np.exp(-wide) / shut
        gradient = rows.T @ missed + gaps.T @ pull
        information = rows.T @ (rows * (missed * (1 - missed))[:, None]) + gaps.T @ (gaps * (pull / shut)[:, None])
        try:
            step = np.linalg.solve(information, gradient)
        except np.linalg.LinAlgError:
            return None
        size = np.abs(step).max()
        if not size < 1e6:  # the information is singular but for rounding
            return None
        for _ in range(20):
            tried = log_likelihood(at + step)
            if tried >= reached - 1e-11 * abs(reached):
                break
            step = step / 2
        else:
            return None
        at, reached = at + step, tried
        if size < 1e-7:
            return at, reached
    return None
