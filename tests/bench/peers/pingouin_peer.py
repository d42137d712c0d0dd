"""Cronbach's α with pingouin: `cronbach_alpha`, its only way, on wide frames.

Float64 columns spare it the conversion of integers. Where answers are missing it takes each
covariance over the people who answered both items (nan_policy="pairwise", the default), with the means of
those people, as pandas does; its interval then still counts everybody.
"""

import numpy as np
import numpy.typing as npt
import pandas as pd
import pingouin


def prepare(keyed: npt.NDArray[np.uint8], *, facet_of: npt.NDArray[np.int64]) -> list[pd.DataFrame]:
    """From codes in the facet's direction, (n_items, n_people), 0 where unanswered: one frame a facet."""
    answers = np.where(keyed == 0, np.nan, keyed.astype(np.float64))
    return [pd.DataFrame(answers[facet_of == facet].T) for facet in np.unique(facet_of)]


def run(prepared: list[pd.DataFrame]) -> npt.NDArray[np.float64]:
    """α and the two ends of its 95 % interval (rounded to 3 places by pingouin), (n_facets, 3)."""
    found = [pingouin.cronbach_alpha(data=frame) for frame in prepared]
    return np.array([(value, *interval) for value, interval in found])
