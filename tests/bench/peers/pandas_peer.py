"""Facet T scores with pandas.

Three ways: `mean(axis=1)` of each facet's columns, which one would write first; whole columns added up,
quickest for many people; and `DataFrame.dot` with a matrix of keys, quickest for few, in single precision,
which is exact for sums of small whole numbers and half the work. Answers are uint8 where nobody left any
out and float64 with NaN elsewhere, pandas' own missing value: the nullable UInt8 is twice as slow.
"""

from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Prepared:
    """One column an item; per facet, its plus-keyed and its minus-keyed columns; signs (items × facets)."""

    frame: pd.DataFrame
    whole: bool
    facets: list[tuple[list[str], list[str]]]
    signs: pd.DataFrame
    mean: Floats
    sd: Floats
    turn: int
    least: int
    way: Literal["columns", "dot", "mean"]


def prepare(
    codes: npt.NDArray[np.uint8],
    *,
    minus: npt.NDArray[np.bool_],
    facet_of: npt.NDArray[np.int64],
    mean: Floats,
    sd: Floats,
    categories: int = 5,
    least: int = 1,
    way: Literal["columns", "dot", "mean"] = "columns",
) -> Prepared:
    """From codes 1 to `categories`, (n_items, n_people), 0 where unanswered; see `polars_peer.prepare`."""
    whole = bool(codes.all())
    answers = codes if whole else np.where(codes == 0, np.nan, codes.astype(np.float64))
    frame = pd.DataFrame({f"i{at}": row for at, row in enumerate(answers)})
    facets = []
    for facet in range(len(mean)):
        own = np.flatnonzero(facet_of == facet)
        facets.append(([f"i{at}" for at in own[~minus[own]]], [f"i{at}" for at in own[minus[own]]]))
    own = (facet_of[:, None] == np.arange(len(mean))).astype(np.float32)
    signs = pd.DataFrame(np.where(minus[:, None], -own, own), index=frame.columns)
    return Prepared(frame, whole, facets, signs, mean, sd, categories + 1, least, way)


def run(prepared: Prepared) -> Floats:
    """T scores, (n_people, n_facets), NaN where a facet has none."""
    points, given = {"columns": _columns, "dot": _dot, "mean": _mean}[prepared.way](prepared)
    t = (points / given) * (10 / prepared.sd) + (50 - 10 * prepared.mean / prepared.sd)
    return (t if prepared.whole or prepared.least < 2 else t.where(given >= prepared.least)).to_numpy()


def _columns(prepared: Prepared) -> tuple[pd.DataFrame, pd.DataFrame | pd.Series]:
    """Points of each facet and how many answers they are of."""
    frame, points, given = prepared.frame, {}, {}
    for facet, (plus, minus) in enumerate(prepared.facets):
        keyed = [frame[c] for c in plus] + [prepared.turn - frame[c] for c in minus]
        if prepared.whole:
            points[facet], given[facet] = reduce(add, keyed), len(keyed)
        else:
            points[facet] = reduce(add, [x.fillna(0) for x in keyed])
            given[facet] = reduce(add, [x.notna().astype(np.uint8) for x in keyed])
    return pd.DataFrame(points), pd.Series(given) if prepared.whole else pd.DataFrame(given)


def _dot(prepared: Prepared) -> tuple[pd.DataFrame, pd.DataFrame | pd.Series]:
    frame, signs = prepared.frame, prepared.signs
    turned = (signs < 0).astype(np.float32) * np.float32(prepared.turn)
    if prepared.whole:
        return frame.astype(np.float32).dot(signs).astype(float) + turned.sum(), signs.abs().sum()
    present = frame.notna().astype(np.float32)
    points = frame.fillna(0).astype(np.float32).dot(signs) + present.dot(turned)
    return points.astype(float), present.dot(signs.abs())


def _mean(prepared: Prepared) -> tuple[pd.DataFrame, pd.DataFrame | int]:
    keyed, groups = prepared.frame.copy(), [plus + minus for plus, minus in prepared.facets]
    reverse = [column for _, minus in prepared.facets for column in minus]
    keyed[reverse] = prepared.turn - keyed[reverse]
    means = pd.concat([keyed[own].mean(axis=1) for own in groups], axis=1)
    if prepared.least < 2:
        return means, 1
    given = pd.concat([keyed[own].count(axis=1) for own in groups], axis=1)
    return means * given, given
