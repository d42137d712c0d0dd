"""From raw answers to facet scores. Arrays are people × items; missing is NaN."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assessment.instruments.instrument import Facet, Item, ResponseFormat

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class FacetScores:
    """Scores of many people, in response units; facets in the questionnaire's order.

    answered : (n_people, n_facets); items : (n_facets,) items asked; score : (n_people, n_facets), NaN = not scored
    """

    facets: tuple[str, ...]
    answered: Ints
    items: Ints
    score: Floats


def keyed(responses: Floats, minus: npt.NDArray[np.bool_], *, format: ResponseFormat) -> Floats:
    """Answers counted in the facet's direction: minus-keyed items become `low + high − x`.

    responses : (n_people, n_items) raw answers, NaN where unanswered; minus : (n_items,)
    """
    return np.where(minus, format.low + format.high - responses, responses)


def facet_scores(
    responses: Floats, items: Sequence[Item], *, facets: Sequence[Facet], format: ResponseFormat
) -> FacetScores:
    """Mean of the answered items of each facet, where enough of those asked were answered.

    A facet with fewer than `min_answered` of its asked items is not scored; nothing is
    imputed, since that pulls people to the centre. High means more of the facet.

    Parameters
    ----------
    responses : (n_people, n_items) raw answers as given, NaN where unanswered
    items : the items asked, one per column
    facets : those to score; a facet of which no item was asked is left out

    References
    ----------
    Downey & King (1998). https://doi.org/10.1080/00221309809595542
    Newman (2014). https://doi.org/10.1177/1094428114548590
    """
    counted = keyed(responses, np.array([item.keyed == "minus" for item in items], dtype=bool), format=format)
    asked = [facet for facet in facets if any(item.facet == facet.id for item in items)]
    answered = np.empty((len(responses), len(asked)), dtype=np.int64)
    score = np.full((len(responses), len(asked)), np.nan)
    sizes = np.empty(len(asked), dtype=np.int64)
    for at, facet in enumerate(asked):
        own = counted[:, [i for i, item in enumerate(items) if item.facet == facet.id]]
        given = ~np.isnan(own)
        sizes[at] = own.shape[1]
        answered[:, at] = given.sum(axis=1)
        enough = (answered[:, at] > 0) & (answered[:, at] >= facet.min_answered * sizes[at] - 1e-9)
        total = np.where(given, own, 0.0).sum(axis=1)
        score[enough, at] = total[enough] / answered[enough, at]
    return FacetScores(tuple(facet.id for facet in asked), answered, sizes, score)
