"""Signs that a sheet was answered without reading. For every index a higher value means more careless.

A flag is a reason to invite someone to answer again, never a deduction. Times are
never a flag on a person: they depend on language, reading and disability.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import chi2

from assessment.instruments.instrument import Check, Instrument, ResponseFormat
from assessment.instruments.sheets import Bools, Codes, Floats, Ints, Sheets

# Product conventions, set cautiously so that attentive people are rarely named; to be looked at with pilot data.
LONG_RUN_SHARE, LONG_RUN = 0.25, 6  # of the items asked, and at the least; 12 of 48 in a row is more than a page
LITTLE_VARIATION = 0.35  # SD of the raw answers on a five-point scale
UNUSUAL = 0.999  # of chi-square, for the distance from the middle of everybody
MISFIT = 2.33  # −l_z
_BLOCK = 16_384


@dataclass(frozen=True)
class Quality:
    """Indices of many people, (n_people,) each; NaN where not defined.

    Here `irv` is the plain SD of the raw answers (low means careless); every other index is
    high where somebody may have been careless.
    """

    answered: Ints
    longstring: Ints
    average_string: Floats
    irv: Floats
    even_odd: Floats
    mahalanobis_d2: Floats
    person_misfit: Floats


def longstring(codes: Codes) -> Ints:
    """Longest run of identical consecutive responses of each person; a gap ends a run.

    Pass raw responses in the order shown, before reverse keying: keying breaks up the
    very runs this looks for.

    Parameters
    ----------
    codes : (n_items, n_people), 0 where unanswered

    Returns
    -------
    (n_people,) 1 to n_items; 0 where nothing was answered

    References
    ----------
    Johnson (2005). https://doi.org/10.1016/j.jrp.2004.09.009
    """
    return _runs(codes)[0]


def average_string(codes: Codes) -> Floats:
    """Mean length of the runs of identical consecutive responses; a gap ends a run. NaN where nothing was answered.

    codes : (n_items, n_people) raw responses in the order shown, 0 where unanswered

    References
    ----------
    Meade & Craig (2012). https://doi.org/10.1037/a0028085
    """
    return _mean_run(codes, _runs(codes)[1])


def irv(codes: Codes) -> Floats:
    """Within-person SD (n − 1) of raw responses: near 0 means the same answer throughout.

    codes : (n_items, n_people), 0 where unanswered. NaN where fewer than two were answered.

    References
    ----------
    Dunn, Heggestad, Shanock & Theilgard (2018). https://doi.org/10.1007/s10869-016-9479-0
    """
    n = (codes != 0).sum(axis=0)
    total = codes.sum(axis=0, dtype=np.int64)
    squares = np.zeros(codes.shape[1], dtype=np.int64)
    for item in codes:
        squares += np.square(item, dtype=np.uint16)
    variance = (squares * n - total * total) / np.maximum(n * (n - 1), 1)
    return np.where(n > 1, np.sqrt(variance), np.nan)


def even_odd(sheets: Sheets) -> Floats:
    """Negative of the within-person correlation of even and odd half scores over facets, Spearman-Brown corrected.

    Halves are by position among the facet's items asked, answers counted in its direction. NaN where
    fewer than three facets have both halves, or a half is constant over the facets.

    References
    ----------
    Curran (2016). https://doi.org/10.1016/j.jesp.2015.07.006
    """
    own = sheets.membership
    first = own & (np.cumsum(own, axis=1) % 2 == 1)
    codes = sheets.keyed_codes
    found = np.empty(sheets.n_people)
    for start in range(0, sheets.n_people, _BLOCK):
        at = slice(start, start + _BLOCK)
        found[at] = _even_odd(codes[:, at], first.astype(np.float32), (own & ~first).astype(np.float32))
    return found


def mahalanobis_d2(codes: Codes, *, mean: Floats, covariance: Floats) -> Floats:
    """Squared distance of each sheet from the middle of everybody; an unanswered item stands at the mean.

    Items that do not vary are left out. NaN throughout where the covariances of the others contradict
    each other (not positive definite), as they may where much is missing.

    Parameters
    ----------
    codes : (n_items, n_people), 0 where unanswered
    mean, covariance : (n_items,) and (n_items, n_items) of the codes, pairwise, as in R's psych

    Returns
    -------
    (n_people,) NaN where nothing was answered

    References
    ----------
    Mahalanobis (1936). Meade & Craig (2012). https://doi.org/10.1037/a0028085
    """
    n = codes.shape[1]
    varying = np.diag(covariance) > 0
    codes, mean, covariance = codes[varying], mean[varying], covariance[np.ix_(varying, varying)]
    if not len(covariance) or not np.isfinite(covariance).all():
        return np.full(n, np.nan)
    spread = np.linalg.eigvalsh(covariance)
    if spread[0] <= 1e-10 * spread[-1]:
        return np.full(n, np.nan)
    inverse = np.linalg.inv(covariance)
    found = np.empty(n)
    for start in range(0, n, _BLOCK):
        block = codes[:, start : start + _BLOCK]
        away = np.where(block == 0, 0.0, block - mean[:, None])
        d2 = np.einsum("ip,ip->p", inverse @ away, away)
        found[start : start + _BLOCK] = np.where(block.any(axis=0), d2, np.nan)
    return found


def flags_of(
    quality: Quality, *, asked: int, format: ResponseFormat, checks_missed: Ints, exempt: Bools | None = None
) -> tuple[tuple[str, ...], ...]:
    """Which independent signs of careless answering each sheet shows.

    Signs that look at the same habit are given once: `same_answer` or `little_variation`; and
    `halves`, `unusual` or `misfit`. `checks` stands for attention checks answered otherwise.

    Parameters
    ----------
    asked : how many items were asked
    checks_missed : (n_people,) attention checks answered with something else than asked for
    exempt : (n_people,) True for people whose adjustment makes these signs meaningless
    """
    with np.errstate(invalid="ignore"):
        run = quality.longstring >= max(LONG_RUN_SHARE * asked, LONG_RUN)
        far = chi2.sf(quality.mahalanobis_d2, np.maximum(quality.answered, 1)) < 1 - UNUSUAL
        signs: tuple[tuple[str, npt.NDArray[np.bool_]], ...] = (
            ("same_answer", run),
            ("little_variation", ~run & (quality.irv < LITTLE_VARIATION * (format.high - format.low) / 4)),
            ("halves", quality.even_odd > 0),
            ("unusual", ~(quality.even_odd > 0) & far),
            ("misfit", ~(quality.even_odd > 0) & ~far & (quality.person_misfit > MISFIT)),
            ("checks", checks_missed > 0),
        )
    quiet = np.zeros(len(run), dtype=bool) if exempt is None else exempt
    columns = [(name, (held & ~quiet).tolist()) for name, held in signs]
    return tuple(tuple(name for name, held in columns if held[at]) for at in range(len(run)))


def quality_flags(
    answers: Mapping[str, int | None], *, instrument: Instrument, asked: Sequence[str]
) -> tuple[str, ...]:
    """The signs that one sheet shows by itself: same_answer, little_variation, halves, checks."""
    sheet = Sheets.of_one(answers, instrument=instrument, asked=asked)
    checks = [check for check in instrument.checks if check.id in asked]
    (flags,) = flags_of(
        quality_of(sheet),
        asked=len(sheet.items),
        format=sheet.format,
        checks_missed=np.array([missed(checks, answers)]),
    )
    return flags


def quality_of(sheets: Sheets, *, mahalanobis: Floats | None = None, person_misfit: Floats | None = None) -> Quality:
    """All indices of the sheets; what needs other people or item parameters is passed in, else not defined."""
    nothing = np.full(sheets.n_people, np.nan)
    longest, runs = _runs(sheets.codes)
    return Quality(
        answered=(sheets.codes != 0).sum(axis=0),
        longstring=longest,
        average_string=_mean_run(sheets.codes, runs),
        irv=irv(sheets.codes),
        even_odd=even_odd(sheets),
        mahalanobis_d2=nothing if mahalanobis is None else mahalanobis,
        person_misfit=nothing if person_misfit is None else person_misfit,
    )


def missed(checks: Sequence[Check], answers: Mapping[str, int | None]) -> int:
    """How many attention checks were answered with something else than they asked for; unanswered is not missed."""
    return sum((said := answers.get(check.id)) is not None and said != check.expects for check in checks)


def ask_again(flags: Sequence[str]) -> bool:
    """Two or more independent flags: invite the person to answer again."""
    return len(flags) >= 2


def _runs(codes: Codes) -> tuple[Ints, Ints]:
    """Length of the longest run and number of runs of each person."""
    n = codes.shape[1]
    best, count = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
    for start in range(0, n, _BLOCK):
        block = codes[:, start : start + _BLOCK]
        run, longest, runs = (np.zeros(block.shape[1], dtype=np.uint16) for _ in range(3))
        before = np.zeros(block.shape[1], dtype=np.uint8)
        for item in block:
            given = item != 0
            again = (item == before) & given
            run *= again
            run += given
            runs += given & ~again
            np.maximum(longest, run, out=longest)
            before = item
        best[start : start + _BLOCK], count[start : start + _BLOCK] = longest, runs
    return best, count


def _mean_run(codes: Codes, runs: Ints) -> Floats:
    return np.where(runs > 0, (codes != 0).sum(axis=0) / np.maximum(runs, 1), np.nan)


def _even_odd(codes: Codes, odd: npt.NDArray[np.float32], even: npt.NDArray[np.float32]) -> Floats:
    values, given = codes.astype(np.float32), (codes != 0).astype(np.float32)
    with np.errstate(invalid="ignore", divide="ignore"):
        x, y = ((half @ values).astype(float) / (half @ given) for half in (odd, even))
        both = ~(np.isnan(x) | np.isnan(y))
        n = both.sum(axis=0)
        x, y = (np.where(both, half - np.where(both, half, 0.0).sum(axis=0) / n, 0.0) for half in (x, y))
        spread = (x * x).sum(axis=0) * (y * y).sum(axis=0)
        r = np.clip((x * y).sum(axis=0) / np.sqrt(spread), -1, 1)
        corrected = np.clip(2 * r / (1 + r), -1, 1)
    return np.where((n >= 3) & (spread > 1e-18) & np.isfinite(corrected), -corrected, np.nan)
