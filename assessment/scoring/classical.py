"""From raw answers to facet scores."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from assessment.instruments.sheets import Codes, Floats, Ints, Sheets

_BLOCK = 16_384  # people at a time: what is worked on stays in the processor's cache


@dataclass(frozen=True)
class FacetScores:
    """Scores of many people, in response units; facets in the questionnaire's order.

    answered : (n_people, n_facets); items : (n_facets,) items asked; score : (n_people, n_facets), NaN = not scored
    """

    facets: tuple[str, ...]
    answered: npt.NDArray[np.uint16]
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
    plus, minus = sheets.rows_by_key
    sizes, turned = sheets.membership.sum(axis=1), (sheets.membership & sheets.minus).sum(axis=1)
    answered, score = np.empty((m, n), dtype=np.uint16), np.empty((m, n))
    most = int(sizes.max(initial=0)) * (sheets.categories + 1)
    narrow = np.uint8 if most < 256 else np.uint16 if most < 65_536 else np.uint32
    both = narrow(sheets.categories + 1)
    least = (np.array([facet.min_answered for facet in sheets.facets]) * sizes - 1e-9)[:, None]
    for start in range(0, n, _BLOCK):
        at = slice(start, start + _BLOCK)
        block = sheets.codes[:, at]
        block = np.concatenate((block, np.zeros((1, block.shape[1]), dtype=np.uint8)))
        points = _sums(block, plus, narrow) - _sums(block, minus, narrow)  # what it loses here it gets back below
        if block[:-1].min(initial=1):
            points += (both * turned.astype(narrow))[:, None]
            answered[:, at] = sizes[:, None]
            np.divide(points, sizes[:, None], out=score[:, at])
        else:
            given = (block != 0).view(np.uint8)
            count = _sums(given, minus, narrow)
            points += both * count
            count += _sums(given, plus, narrow)
            answered[:, at] = count
            np.divide(points, np.where((count > 0) & (count >= least), count, np.nan), out=score[:, at])
    if sheets.format.low != 1:
        score += sheets.format.low - 1
    return FacetScores(tuple(f.id for f in sheets.facets), answered.T, sizes, score.T)


def _sums(block: Codes, rows: Ints, kind: type[np.unsignedinteger[Any]]) -> npt.NDArray[np.unsignedinteger[Any]]:
    """(n_facets, n_people) sums over the rows of each facet, one byte wide where that is enough."""
    total: npt.NDArray[np.unsignedinteger[Any]] = np.add.reduce(block[rows], axis=1, dtype=kind)
    return total
