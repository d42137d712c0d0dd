"""Of which people a summary may be made, so that nobody's own answers can be worked out from it.

A mean over a few people, or two means over nearly the same people, would tell what one of them answered. So a summary
is made of at least five people, and the next one differs from every earlier one by at least five, or not at all.
"""

from collections.abc import Sequence

import numpy as np

FEWEST = 5
Group = frozenset[str]


def releasable(
    released: Sequence[Group], current: Group, *, elsewhere: Sequence[Group] = (), minimum: int = FEWEST
) -> Group | None:
    """The group of which a summary may be shown now; None where there is none.

    Everybody who counts now, where at least `minimum` of them were in no earlier summary that one could subtract, and
    all summaries together still determine no single person. Else the summary shown last, while everybody in it still
    counts; whoever takes their word back makes it vanish.

    released : groups of the summaries shown of this group so far, oldest first; whoever shows a new one keeps it there
    current : ids of the people who count now
    elsewhere : groups of the summaries shown of other groups, where the same people may be in several

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
    known = [*elsewhere, *released]
    if current in known or may_follow(_linked(known, current), current, minimum=minimum):
        return current
    return released[-1] if released and released[-1] <= current else None


def may_follow(shown: Sequence[Group], group: Group, *, minimum: int = FEWEST) -> bool:
    """Whether a summary of this group, beside all those shown, tells nothing about fewer than `minimum` people."""
    if len(group) < minimum:
        return False
    if any(len(group - earlier) < minimum for earlier in shown):
        return False
    return not _determines_somebody([*shown, group])


def _linked(groups: Sequence[Group], current: Group) -> list[Group]:
    """Those that share somebody with the current one, or with one that does, and so on: sums reach no further."""
    reached, found = current, list[Group]()
    rest = list(groups)
    while near := [group for group in rest if not group.isdisjoint(reached)]:
        found += near
        rest = [group for group in rest if group.isdisjoint(reached)]
        reached = reached.union(*near)
    return found


def _determines_somebody(groups: Sequence[Group]) -> bool:
    """Whether some sum and difference of the groups is one single person: a unit vector in the span of their rows."""
    people = sorted(frozenset().union(*groups))
    sums = np.array([[person in group for person in people] for group in groups], dtype=float)
    onto_span = np.linalg.pinv(sums) @ sums
    return bool(np.any(np.diag(onto_span) > 1 - 1e-9))
