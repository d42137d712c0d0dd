"""How long applications stood at each stage, and who was waiting for whom, from the moves alone."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import mean, median
from typing import Literal

Waiting = Literal["us", "candidate", "nobody"]
WhoWaits = Callable[[str, str], Waiting]  # role, stage → for whom the hiring waits there
ENDS = ("hired", "not_taken", "withdrawn", "redirected")


@dataclass(frozen=True)
class Step:
    """One move of an application as the record has it; `undoes` names the move it takes back."""

    id: str
    application_id: str
    to_stage: str
    at: datetime
    undoes: str | None = None


@dataclass(frozen=True)
class Handover:
    """Within a stage the turn passes: from here on the hiring waits for somebody else."""

    application_id: str
    at: datetime
    on: Waiting


@dataclass(frozen=True)
class Stay:
    """One application at one stage, cut where the turn passes; `until` is None while it lasts."""

    application_id: str
    stage: str
    on: Waiting
    since: datetime
    until: datetime | None

    def lasted(self, now: datetime) -> timedelta:
        return max((self.until or now) - self.since, timedelta(0))


@dataclass(frozen=True)
class StageWait:
    """Mean days of the applications that have left a stage, by whom the hiring was waiting for.

    n : applications that have left it; median : of their whole days there; 0 and None while there are none
    """

    stage: str
    n: int
    us: float
    candidate: float
    median: float | None


def stays(
    steps: Sequence[Step],
    *,
    roles: Mapping[str, str],
    who_waits: WhoWaits,
    handovers: Sequence[Handover] = (),
) -> tuple[Stay, ...]:
    """Every stay of every application, oldest first. A move that was taken back and the taking back count as nothing.

    `steps` are in order; `roles` gives the role of each application.
    """
    undone = {step.undoes for step in steps if step.undoes}
    kept: dict[str, list[Step]] = {}
    for step in steps:
        if step.id not in undone and step.undoes is None:
            kept.setdefault(step.application_id, []).append(step)
    turns: dict[str, list[Handover]] = {}
    for handover in sorted(handovers, key=lambda h: h.at):
        turns.setdefault(handover.application_id, []).append(handover)
    found = []
    for application_id, own in kept.items():
        for at, step in enumerate(own):
            if step.to_stage in ENDS:
                continue
            until = own[at + 1].at if at + 1 < len(own) else None
            on = who_waits(roles[application_id], step.to_stage)
            inside = [h for h in turns.get(application_id, []) if step.at < h.at and (until is None or h.at < until)]
            found += _cut(step, on, inside, until)
    return tuple(sorted(found, key=lambda stay: (stay.since, stay.application_id)))


def stage_waits(found: Sequence[Stay], stages: Sequence[str]) -> tuple[StageWait, ...]:
    """Per stage, over the applications that have left it: mean days on us and on candidates, and the median of the whole."""
    lines = []
    for stage in stages:
        whole: dict[str, dict[str, float]] = {}
        still = {stay.application_id for stay in found if stay.stage == stage and stay.until is None}
        for stay in found:
            if stay.stage == stage and stay.until is not None and stay.application_id not in still:
                own = whole.setdefault(stay.application_id, {"us": 0.0, "candidate": 0.0, "nobody": 0.0})
                own[stay.on] += days(stay.until - stay.since)
        sums = [sum(own.values()) for own in whole.values()]
        lines.append(
            StageWait(
                stage,
                len(whole),
                mean(own["us"] for own in whole.values()) if whole else 0.0,
                mean(own["candidate"] for own in whole.values()) if whole else 0.0,
                median(sums) if sums else None,
            )
        )
    return tuple(lines)


def days(length: timedelta) -> float:
    return length / timedelta(days=1)


def _cut(step: Step, on: Waiting, inside: Sequence[Handover], until: datetime | None) -> list[Stay]:
    pieces, since = [], step.at
    for handover in inside:
        if handover.on != on:
            pieces.append(Stay(step.application_id, step.to_stage, on, since, handover.at))
            on, since = handover.on, handover.at
    return [*pieces, Stay(step.application_id, step.to_stage, on, since, until)]
