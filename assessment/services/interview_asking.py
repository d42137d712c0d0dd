"""Asking one person to pick a time, within the transaction of the verb that asks several."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from assessment.errors import NotAllowedError
from assessment.messages.times import listed
from assessment.messages.words import words
from assessment.services.actor import Actor
from assessment.services.house import House
from assessment.services.organisation import Organisation, organisation_in
from assessment.services.shortlist import opened_name
from assessment.services.slot import Slot, slot_of
from assessment.services.stage_templates import stage_template_in
from assessment.services.stages import BY_HAND, move_in
from assessment.services.telling import said, tell_candidate
from assessment.storage import audit, slots
from assessment.storage import interviews as stored
from assessment.storage.clock import stamp
from assessment.storage.record import Record

PICK_WITHIN = timedelta(days=5)
TOLD_SLOTS = 5  # in the message; the page has them all
# in the message; the page has them all


def ask_in(
    connection: Connection, house: House, row: Record, free: Sequence[Slot], *, actor: Actor, now: datetime
) -> bool:
    """Ask one person; False when they were asked before and that still stands."""
    if row.stage not in BY_HAND:
        stage = row.stage.replace("_", " ")
        raise NotAllowedError(
            f"The application of {opened_name(house, row.name_sealed)} is {stage}; ask only who is open."
        )
    interview = stored.of_application(connection, row.id)
    if interview is not None and interview.status != "cancelled":
        return False
    if not free:
        raise NotAllowedError("There is no free time. Please offer times first, then ask.")
    if interview is None:
        stored.add(connection, row.id, now=now)
    else:
        stored.change(
            connection,
            interview.id,
            status="asked",
            sequence=interview.sequence + 1,
            asked_at=stamp(now),
            changed_at=stamp(now),
        )
    number = interview.sequence + 1 if interview else 0
    audit.append(
        connection,
        actor.organisation_id,
        actor=actor.label,
        kind="interview_asked",
        subject=row.id,
        now=now,
        body={"vacancy": row.vacancy_id},
    )
    if stage_template_in(connection, house, actor.organisation_id, row.role).is_used("interview"):
        move_in(connection, house, row.id, "interview", only_from=BY_HAND, actor=actor, now=now)
    tell_candidate(
        connection,
        house,
        row.id,
        "interview_invitation",
        key=f"interview_invitation:{row.id}:{number}",
        values=_invitation(connection, free, row.language, actor=actor, now=now),
        actor=actor,
        now=now,
    )
    return True


def free_slots(connection: Connection, house: House, vacancy_id: str, *, now: datetime) -> tuple[Slot, ...]:
    return tuple(slot_of(house, row) for row in slots.free(connection, vacancy_id, after=now))


def pick_by(organisation: Organisation, asked_at: datetime, free: Sequence[date]) -> date:
    """The day by which somebody is asked to pick: some days on, while there is a time left after it."""
    day = organisation.day(asked_at + PICK_WITHIN)
    return max(min(day, free[-1] - timedelta(days=1)), organisation.day(asked_at)) if free else day


def _invitation(
    connection: Connection, free: Sequence[Slot], language: str, *, actor: Actor, now: datetime
) -> dict[str, str]:
    said_here = words(language).progress
    organisation = organisation_in(connection, actor.organisation_id)
    lines = [f"- {slot.when(language)}" for slot in free[:TOLD_SLOTS]]
    if len(free) > TOLD_SLOTS:
        lines.append(f"- {said_here['more_times']}")
    places = list(dict.fromkeys(slot.place for slot in free))
    names = list(dict.fromkeys(name for slot in free[:TOLD_SLOTS] for name in slot.interviewers))
    last = max(slot.ends_at for slot in free)
    return {
        "slots": "\n".join(lines),
        "minutes": str(max(slot.minutes for slot in free)),
        "interviewers": listed(names, language),
        "place": places[0] if len(places) == 1 else said_here["place_varies"],
        "deadline": said(pick_by(organisation, now, [slot.day for slot in free]), language),
        "next_date": said(organisation.day(last + timedelta(days=organisation.reply_days)), language),
    }
