"""Signs that a sheet was answered without reading. For every index a higher value means more careless.

A flag is a reason to invite someone to answer again, never a deduction. Times are
never a flag on a person: they depend on language, reading and disability.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from assessment.instruments.instrument import Instrument
from assessment.scoring.classical import Floats, Ints, keyed

# Product conventions, set cautiously so that attentive people are rarely named; to be looked at with pilot data.
LONG_RUN_SHARE = 0.25  # of the items asked; 12 of 48 in a row is the same answer over a whole page and more
LITTLE_VARIATION = 0.35  # SD of the raw answers on a five-point scale


def longstring(responses: Floats) -> Ints:
    """Longest run of identical consecutive responses of each person; a gap ends a run.

    Pass raw responses in the order shown, before reverse keying: keying breaks up the
    very runs this looks for.

    Parameters
    ----------
    responses : (n_people, n_items), NaN where unanswered

    Returns
    -------
    (n_people,) 1 to n_items; 0 where nothing was answered

    References
    ----------
    Johnson (2005). https://doi.org/10.1016/j.jrp.2004.09.009
    """
    best = np.zeros(len(responses), dtype=np.int64)
    run = np.zeros(len(responses), dtype=np.int64)
    before = np.full(len(responses), np.nan)
    for column in responses.T:
        run = np.where(np.isnan(column), 0, np.where(column == before, run + 1, 1))
        best = np.maximum(best, run)
        before = column
    return best


def variability(responses: Floats) -> Floats:
    """Negative of the within-person SD (n − 1) of raw responses: near 0 means the same answer throughout.

    NaN where fewer than two were answered.

    References
    ----------
    Dunn, Heggestad, Shanock & Theilgard (2018). https://doi.org/10.1007/s10869-016-9479-0
    """
    given = ~np.isnan(responses)
    n = given.sum(axis=1)
    values = np.where(given, responses, 0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = values.sum(axis=1) / n
        squares = (np.where(given, responses - mean[:, None], 0.0) ** 2).sum(axis=1) / (n - 1)
    return np.where(n > 1, -np.sqrt(np.where(n > 1, squares, 0.0)), np.nan)


def even_odd(responses: Floats, facet_of: Sequence[str]) -> Floats:
    """Negative of the within-person correlation of even and odd half scores over facets, Spearman-Brown corrected.

    Pass keyed responses. NaN where fewer than three facets have both halves, or a half is constant.

    References
    ----------
    Curran (2016). https://doi.org/10.1016/j.jesp.2015.07.006
    """
    halves = []
    for facet in dict.fromkeys(facet_of):
        own = responses[:, [i for i, f in enumerate(facet_of) if f == facet]]
        halves.append((_row_mean(own[:, 0::2]), _row_mean(own[:, 1::2])))
    odd, even = (np.stack(side, axis=1) for side in zip(*halves, strict=True))
    both = ~np.isnan(odd) & ~np.isnan(even)
    n = both.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        x, y = (np.where(both, half, 0.0) for half in (odd, even))
        x = np.where(both, x - (x.sum(axis=1) / n)[:, None], 0.0)
        y = np.where(both, y - (y.sum(axis=1) / n)[:, None], 0.0)
        r = (x * y).sum(axis=1) / np.sqrt((x * x).sum(axis=1) * (y * y).sum(axis=1))
        corrected = np.clip(2 * r / (1 + r), -1, 1)
    return np.where((n >= 3) & np.isfinite(corrected), -corrected, np.nan)


def quality_flags(
    answers: Mapping[str, int | None], *, instrument: Instrument, asked: Sequence[str]
) -> tuple[str, ...]:
    """Which independent signs of careless answering one sheet shows: same_answer, little_variation, halves, checks.

    `same_answer` and `little_variation` look at the same habit, so only the first is given when both hold.
    """
    items = [instrument.by_id[id_] for id_ in asked if id_ in instrument.by_id]
    raw = np.array([[np.nan if (value := answers.get(item.id)) is None else float(value) for item in items]])
    counted = keyed(raw, np.array([item.keyed == "minus" for item in items], dtype=bool), format=instrument.format)
    flags = []
    if longstring(raw)[0] >= max(LONG_RUN_SHARE * len(items), 2):
        flags.append("same_answer")
    elif variability(raw)[0] > -LITTLE_VARIATION:
        flags.append("little_variation")
    if even_odd(counted, [item.facet for item in items])[0] > 0:
        flags.append("halves")
    given = {check.id: answers.get(check.id) for check in instrument.checks if check.id in asked}
    wrong = [c for c in instrument.checks if (said := given.get(c.id)) is not None and said != c.expects]
    if wrong:
        flags.append("checks")
    return tuple(flags)


def ask_again(flags: Sequence[str]) -> bool:
    """Two or more independent flags: invite the person to answer again."""
    return len(flags) >= 2


def _row_mean(values: Floats) -> Floats:
    given = ~np.isnan(values)
    n = given.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(n > 0, np.where(given, values, 0.0).sum(axis=1) / n, np.nan)
