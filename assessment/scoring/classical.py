"""From raw answers to facet scores."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assessment.instruments.sheets import Floats, Ints, Sheets

_BLOCK = 8192  # people at a time: what is worked on stays in the processor's cache


@dataclass(frozen=True)
class FacetScores:
    """Scores of many people, in response units; facets in the questionnaire's order.

    answered : (n_people, n_facets); items : (n_facets,) items asked; score : (n_people, n_facets), NaN = not scored
    """

    facets: tuple[str, ...]
    answered: npt.NDArray[np.int32]
    items: Ints
    score: Floats


def facet_scores(sheets: Sheets) -> FacetScores:
    """Mean of the answered items of each facet, where enough of those asked were answered.

    A facet with fewer than `min_answered` of its asked items is not scored; nothing is
    imputed, since that pulls people to the centre. High means more of the facet.

    References
    ----------
    Downey & King (1998). https://doi.org/10.1080/00221309809595542
    Newman (2014). https://doi.org/10.1177/1094428114548590
    """
    n, m = sheets.n_people, len(sheets.facets)
    own = sheets.membership.astype(np.float32)
    signs = np.where(sheets.minus, -own, own)
    turned = np.where(sheets.minus, own, 0)
    sizes = sheets.membership.sum(axis=1)
    least = np.array([facet.min_answered for facet in sheets.facets]) * sizes - 1e-9
    answered = np.empty((m, n), dtype=np.int32)
    score = np.empty((m, n))
    for start in range(0, n, _BLOCK):
        block = sheets.codes[:, start : start + _BLOCK]
        at = slice(start, start + _BLOCK)
        whole = bool(block.all())
        given = np.ones((len(own.T), 1), dtype=np.float32) if whole else (block != 0).astype(np.float32)
        # single precision is exact here: these are sums of a few hundred whole numbers below 256
        points = signs @ block.astype(np.float32) + (sheets.categories + 1) * (turned @ given)
        count = own @ given
        answered[:, at] = count
        score[:, at] = points
        if whole:
            score[:, at] /= sizes[:, None]
        else:
            enough = (count > 0) & (count >= least[:, None])
            with np.errstate(invalid="ignore", divide="ignore"):
                score[:, at] /= count
            score[:, at][~enough] = np.nan
    score += sheets.format.low - 1
    return FacetScores(tuple(f.id for f in sheets.facets), answered.T, sizes.astype(np.int64), score.T)
