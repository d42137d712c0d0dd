"""Of which people a summary may be made, so that nobody's own answers can be worked out from it.

A mean over a few people, or two means over nearly the same people, would tell what one of them answered. So a summary
is made of at least five people, and the next one differs from every earlier one by at least five, or not at all.
"""

from collections.abc import Sequence

import numpy as np

FEWEST = 5
Group = frozenset[str]


def releasable(released: Sequence[Group], current: Group, *, minimum: int = FEWEST) -> Group | None:
    """The group of which a summary may be shown now; None where there is none.

    Everybody who counts now, where at least `minimum` of them were in no earlier summary that one could subtract, and
    all summaries together still determine no single person. Else the summary shown last, while everybody in it still
    counts; whoever takes their word back makes it vanish.

    released : groups of the summaries shown so far, oldest first; whoever shows a new one keeps it there
    current : ids of the people who count now

    References
    ----------
    Chin & Ozsoyoglu (1982). Auditing and inference control in statistical databases. IEEE Transactions on Software
    Engineering 8(6), 574–582.

    >>> five, six = frozenset("abcde"), frozenset("abcdef")
    >>> releasable([], frozenset("abcd")) is None
    True
    >>> releasable([five], six) == five
    True
    >>> releasable([five], six - {"a"}) is None
    True
    """
    if current in released:
        return current
    if may_follow(released, current, minimum=minimum):
        return current
    return released[-1] if released and released[-1] <= current else None


def may_follow(released: Sequence[Group], group: Group, *, minimum: int = FEWEST) -> bool:
    """Whether a summary of this group, beside all earlier ones, tells nothing about fewer than `minimum` people."""
    if len(group) < minimum:
        return False
    if any(len(group - earlier) < minimum for earlier in released):
        return False
    return not _determines_somebody([*released, group])


def _determines_somebody(groups: Sequence[Group]) -> bool:
    """Whether some sum and difference of the groups is one single person."""
    people = sorted(frozenset().union(*groups))
    sums = np.array([[person in group for person in people] for group in groups], dtype=float)
    rank = np.linalg.matrix_rank(sums)
    return any(np.linalg.matrix_rank(np.vstack([sums, one])) == rank for one in np.eye(len(people)))
