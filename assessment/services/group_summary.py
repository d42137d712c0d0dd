"""What a group answered, summed up so that nobody's own answers can be worked out: means over five people or more."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import numpy as np
from sqlalchemy import Connection

from assessment.fairness.small_groups import releasable
from assessment.storage import group_releases

Kind = Literal["team", "peers", "growth"]


@dataclass(frozen=True)
class Summary:
    """Mean and spread (SD, n − 1) of one thing over the sheets of `members`, in the unit of what was asked."""

    n: int
    mean: float
    sd: float
    members: frozenset[str]


def summary_in(
    connection: Connection,
    organisation_id: str,
    kind: Kind,
    group_id: str,
    values: Mapping[str, Mapping[str, float]],
    *,
    now: datetime,
) -> dict[str, Summary]:
    """Sum up what may be, and keep of whom it was made; within a transaction that may write.

    Each facet or question is looked at for itself, since not everybody has an answer to each. What was shown of other
    groups with some of the same sheets counts as shown before.

    values : facet or question → sheet → number; a sheet is one person's and its numbers do not change
    """
    group_releases.hold(connection, organisation_id)
    before = group_releases.of_group(connection, kind, group_id)
    others = group_releases.elsewhere(connection, organisation_id, kind, group_id)
    found: dict[str, Summary] = {}
    new: dict[str, list[str]] = {}
    for asked, given in values.items():
        released = [frozenset(members[asked]) for members in before if asked in members]
        theirs = [frozenset(members[asked]) for members in others if asked in members]
        shown = releasable(released, frozenset(given), elsewhere=theirs)
        if shown is None:
            continue
        if not released or shown != released[-1]:
            new[asked] = sorted(shown)
        numbers = np.array([given[sheet] for sheet in sorted(shown)])
        found[asked] = Summary(len(numbers), float(numbers.mean()), float(numbers.std(ddof=1)), shown)
    if new:
        group_releases.add(connection, organisation_id, kind, group_id, new, now=now)
    return found
