"""Where people stand beside the ranges of a role: what charts on screen and documents on paper both draw."""

from collections.abc import Mapping
from dataclasses import dataclass

T_LOW, T_HIGH = 20, 80
PARTS = ("Core", "Signature", "Other")


@dataclass(frozen=True)
class RangeRow:
    """Where a person stands on a facet, beside what a role asks; all in T."""

    facet: str
    group: str
    part: str
    t: float | None
    sem: float
    low: float
    high: float | None
    band: str | None = None


def asked_for(row: RangeRow) -> str:
    return f"{row.low:.0f} or more" if row.high is None else f"{row.low:.0f} to {row.high:.0f}"


def part_overlaps(placed: Mapping[str, float], *, apart: float, step: float) -> dict[str, float]:
    """How far to lift each mark so that close ones stand one above the other."""
    lifts = dict.fromkeys(placed, 0.0)
    ordered = sorted(placed, key=lambda name: placed[name])
    cluster: list[str] = []
    for name in [*ordered, None]:
        if name is not None and (not cluster or placed[name] - placed[cluster[-1]] < apart):
            cluster.append(name)
            continue
        for i, member in enumerate(cluster):
            lifts[member] = (i - (len(cluster) - 1) / 2) * step
        cluster = [name] if name else []
    return lifts
