"""Where a candidate's application stands, in steps with dates, as they read it themselves.

Of a decision nothing is shown before somebody has sent its message.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy import Connection

from assessment.messages.times import listed
from assessment.roles.library import job_title
from assessment.services.actor import Actor
from assessment.services.decision_messages import message_of, seen_stage, told_decision
from assessment.services.house import House
from assessment.services.interview_asking import pick_by
from assessment.services.organisation import Organisation, organisation_in
from assessment.services.sitting import own_seen
from assessment.services.slot import Slot, slot_of
from assessment.services.stages import BY_HAND
from assessment.services.telling import reply_day
from assessment.storage import applications, slots, stages
from assessment.storage import interviews as stored
from assessment.storage.clock import moment
from assessment.storage.record import Record

StepId = Literal["received", "reading", "talk", "decision"]
StepState = Literal["done", "now", "next"]
PAST_READING = ("interview", "decision", "offer", "hired", "not_taken", "redirected")


@dataclass(frozen=True)
class StatusStep:
    """`on`: when it was done, or takes place; `by`: when it will be, at the latest; `late` once that day is over."""

    id: StepId
    state: StepState
    on: date | None = None
    by: date | None = None
    late: bool = False


@dataclass(frozen=True)
class PickedTime:
    """The time a candidate has, in their words; `began` once it can no more be changed here."""

    when: str
    minutes: int
    place: str
    interviewers: str
    began: bool


@dataclass(frozen=True)
class Status:
    """What the page shows. `outcome`: what was told of the decision, or empty; `asked`: to pick a time; `may_pick`: it can be done now."""

    title: str
    steps: tuple[StatusStep, ...]
    picked: PickedTime | None
    asked: bool
    may_pick: bool
    outcome: str
    withdrawn: bool
    handed_in: bool
    no_reminders: bool
    open: bool


def status(house: House, *, actor: Actor, now: datetime) -> Status:
    """The candidate's own application as it stands; changes nothing."""
    with house.database.read() as connection:
        row = own_seen(connection, actor)
        application = applications.one(connection, row.application_id, organisation_id=actor.organisation_id)
        organisation = organisation_in(connection, actor.organisation_id)
        interview = stored.of_application(connection, row.application_id)
        slot = _slot(connection, house, interview, actor)
        free = slots.free(connection, row.vacancy_id, after=now)
        moves = stages.moves_of(connection, row.application_id)
        decision = told_decision(connection, house, row.application_id, organisation_id=actor.organisation_id)
        told_on = _told_on(connection, house, decision, organisation)
        stage = "withdrawn"
        if application is not None:
            stage = seen_stage(
                connection, house, application.id, application.stage, organisation_id=actor.organisation_id
            )
    outcome = _outcome(decision, stage)
    asked = interview is not None
    pick = (
        pick_by(organisation, moment(interview.asked_at), [slot_of(house, s).day for s in free]) if interview else None
    )
    steps = (
        _received(row, organisation),
        _reading(row, moves, stage, organisation, now=now),
        *_talk(slot, pick, asked=asked, decided=bool(outcome), organisation=organisation, now=now),
        _decision(moves, slot, told_on if outcome else None, stage, organisation, asked=asked, now=now),
    )
    picked = None
    if slot is not None:
        language = row.language
        picked = PickedTime(
            slot.when(language), slot.minutes, slot.place, listed(slot.interviewers, language), slot.starts_at <= now
        )
    return Status(
        title=job_title(row.title, row.role, row.language),
        steps=_one_now(steps),
        picked=picked,
        asked=asked and not outcome and row.withdrawn_at is None,
        may_pick=asked and stage in BY_HAND and row.withdrawn_at is None and (slot is None or slot.starts_at > now),
        outcome=outcome,
        withdrawn=row.withdrawn_at is not None,
        handed_in=row.status == "submitted",
        no_reminders=bool(application is not None and application.no_reminders_at),
        open=row.withdrawn_at is None and not outcome,
    )


def lands_on_status(house: House, *, actor: Actor) -> bool:
    """Whether a personal link opens here: answers are in, and there is more to see than the result."""
    with house.database.read() as connection:
        row = own_seen(connection, actor)
        if row.status != "submitted" or row.purpose == "growth":
            return False
        if row.withdrawn_at is not None or stored.of_application(connection, row.application_id) is not None:
            return True
        return bool(told_decision(connection, house, row.application_id, organisation_id=actor.organisation_id))


def _slot(connection: Connection, house: House, interview: Record | None, actor: Actor) -> Slot | None:
    if interview is None or interview.slot_id is None:
        return None
    row = slots.one(connection, interview.slot_id, organisation_id=actor.organisation_id)
    return slot_of(house, row) if row is not None else None


def _outcome(decision: Record | None, stage: str) -> str:
    """Another job that was proposed and not agreed to is no answer yet: the first application goes on."""
    if decision is None or (decision.outcome == "redirected" and stage != "redirected"):
        return ""
    return "hired" if stage == "hired" else str(decision.outcome)


def _told_on(connection: Connection, house: House, decision: Record | None, organisation: Organisation) -> date | None:
    if decision is None:
        return None
    message = message_of(connection, house, decision.id, organisation_id=organisation.id)
    sent_at = message.sent_at if message is not None else None
    return organisation.day(sent_at or moment(decision.created_at))


def _received(row: Record, organisation: Organisation) -> StatusStep:
    if row.status == "submitted":
        return StatusStep("received", "done", on=organisation.day(moment(row.finished_at)))
    return StatusStep("received", "now", by=organisation.day(moment(row.expires_at)))


def _reading(
    row: Record, moves: Sequence[Record], stage: str, organisation: Organisation, *, now: datetime
) -> StatusStep:
    if row.status != "submitted":
        return StatusStep("reading", "next")
    read = next((m for m in moves if m.to_stage in PAST_READING), None)
    if read is not None and stage in PAST_READING:  # some are asked for a talk before they have answered it all
        return StatusStep("reading", "done", on=organisation.day(moment(max(read.at, row.finished_at))))
    by = reply_day(organisation, moment(row.finished_at))
    return StatusStep("reading", "now", by=by, late=organisation.day(now) > by)


def _talk(
    slot: Slot | None, pick: date | None, *, asked: bool, decided: bool, organisation: Organisation, now: datetime
) -> tuple[StatusStep, ...]:
    """Left out where the decision came without a talk."""
    if slot is not None:
        over = slot.ends_at <= now
        return (StatusStep("talk", "done" if over else "now", on=slot.day),)
    if decided:
        return ()
    if asked and pick is not None:
        return (StatusStep("talk", "now", by=pick, late=organisation.day(now) > pick),)
    return (StatusStep("talk", "next"),)


def _decision(
    moves: Sequence[Record],
    slot: Slot | None,
    told_on: date | None,
    stage: str,
    organisation: Organisation,
    *,
    asked: bool,
    now: datetime,
) -> StatusStep:
    """An answer is promised for some days after the talk, or after the application came to be decided without one."""
    if told_on is not None:
        return StatusStep("decision", "done", on=told_on)
    if slot is not None and slot.ends_at <= now:
        since = slot.ends_at
    elif not asked and moves and stage not in ("invited", "answering", "to_read", "interview"):
        since = moment(next((m for m in reversed(moves) if m.to_stage == "decision"), moves[-1]).at)
    else:
        return StatusStep("decision", "next")
    by = reply_day(organisation, since)
    return StatusStep("decision", "now", by=by, late=organisation.day(now) > by)


def _one_now(steps: Sequence[StatusStep]) -> tuple[StatusStep, ...]:
    """A decision that is awaited leaves a talk that was never asked for behind."""
    if any(step.id == "decision" and step.state == "now" for step in steps):
        return tuple(step for step in steps if not (step.id == "talk" and step.state == "next"))
    return tuple(steps)
