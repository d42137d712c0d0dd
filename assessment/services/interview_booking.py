"""A time is given to somebody or given back, within the transaction of the verb that brings it about.

Whoever is concerned is told, with an entry for the calendar: the same UID for ever, a higher number every time.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection

from assessment.errors import NotAllowedError, UnknownIdError
from assessment.messages.calendar import ics
from assessment.messages.times import listed, say_time
from assessment.messages.words import words
from assessment.services.actor import Actor
from assessment.services.assigned import assign_in
from assessment.services.calendar_entries import candidate_entry, rate_link, staff_entry
from assessment.services.house import House
from assessment.services.organisation import organisation_in
from assessment.services.slot import Slot, slot_of
from assessment.services.telling import Calendar, reply_day, said, tell_candidate, tell_staff
from assessment.storage import applications, audit, outbox, slots
from assessment.storage import interviews as stored
from assessment.storage.clock import stamp
from assessment.storage.record import Record

Method = Literal["REQUEST", "CANCEL"]
BY_BOOKING = "system"  # who assigned an interviewer whom a picked time brought


def book_in(
    connection: Connection,
    house: House,
    application: Record,
    slot_id: str,
    *,
    because: str = "",
    actor: Actor,
    now: datetime,
) -> Slot:
    """Give a slot to an application that was asked, in place of the one it may hold, and tell everybody.

    The caller has checked that the slot may be picked; raises IntegrityError when somebody else holds it by now.
    """
    interview = _interview(connection, application.id)
    before = _held(connection, house, interview, actor)
    sequence = interview.sequence + 1
    stored.change(
        connection,
        interview.id,
        slot_id=slot_id,
        status="booked",
        sequence=sequence,
        changed_at=interview.changed_at if interview.status == "booked" else stamp(now),
        because_sealed=house.vault.seal(because.strip()) if because.strip() else None,
    )
    slot = slot_in(connection, house, slot_id, actor=actor)
    _log(connection, actor, "interview_moved" if before else "interview_booked", application.id, now, slot, sequence)
    system = Actor("system", actor.organisation_id)
    for account_id in slot.account_ids:
        assign_in(connection, application.id, account_id, duty="interviewer", actor=system, now=now)
    gone = [id_ for id_ in before.account_ids if id_ not in slot.account_ids] if before else []
    _release(connection, application.id, gone, actor=actor, now=now)
    _drop_reminders(connection, application.id, actor=actor, now=now)
    template = "interview_rescheduled" if before else "interview_confirmation"
    values = candidate_values(connection, house, slot, application.language, actor=actor)
    if before:
        values["old_slot"] = before.when(application.language)
    entry = candidate_entry(connection, house, application, interview.uid, sequence, slot, actor=actor, now=now)
    tell_candidate(
        connection,
        house,
        application.id,
        template,
        key=f"{template}:{application.id}:{sequence}",
        values=values,
        calendar=Calendar(ics(entry, "REQUEST", now=now), "REQUEST"),
        actor=actor,
        now=now,
    )
    staff = (application, interview.uid, sequence)
    if before:
        _tell_interviewers(connection, house, *staff, before, gone, "CANCEL", actor=actor, now=now)
    _tell_interviewers(connection, house, *staff, slot, slot.account_ids, "REQUEST", actor=actor, now=now)
    return slot


def free_in(
    connection: Connection,
    house: House,
    application_id: str,
    *,
    because: str = "",
    to_candidate: bool = True,
    actor: Actor,
    now: datetime,
) -> Calendar | None:
    """Give the held slot back and tell everybody; None when there is none, or when its time has come: it stays as it was.

    Returns the cancellation for the candidate's calendar, for a message of the caller's own where `to_candidate` is off.
    """
    interview = stored.of_application(connection, application_id)
    before = _held(connection, house, interview, actor) if interview is not None else None
    application = applications.one(connection, application_id, organisation_id=actor.organisation_id)
    if interview is None or before is None or application is None or before.starts_at <= now:
        return None
    sequence = interview.sequence + 1
    stored.change(
        connection,
        interview.id,
        slot_id=None,
        status="cancelled",
        sequence=sequence,
        changed_at=stamp(now),
        because_sealed=house.vault.seal(because.strip()) if because.strip() else None,
    )
    _log(connection, actor, "interview_cancelled", application_id, now, before, sequence)
    _release(connection, application_id, before.account_ids, actor=actor, now=now)
    _drop_reminders(connection, application_id, actor=actor, now=now)
    entry = candidate_entry(connection, house, application, interview.uid, sequence, before, actor=actor, now=now)
    calendar = Calendar(ics(entry, "CANCEL", now=now), "CANCEL")
    if to_candidate:
        tell_candidate(
            connection,
            house,
            application_id,
            "interview_cancelled",
            key=f"interview_cancelled:{application_id}:{sequence}",
            values={"slot": before.when(application.language)},
            calendar=calendar,
            actor=actor,
            now=now,
        )
    _tell_interviewers(
        connection,
        house,
        application,
        interview.uid,
        sequence,
        before,
        before.account_ids,
        "CANCEL",
        actor=actor,
        now=now,
    )
    return calendar


def slot_in(connection: Connection, house: House, slot_id: str, *, actor: Actor) -> Slot:
    """A slot of the actor's organisation, whoever asks; verbs have checked whose it is."""
    row = slots.one(connection, slot_id, organisation_id=actor.organisation_id)
    if row is None:
        raise UnknownIdError("time", slot_id)
    return slot_of(house, row)


def candidate_values(
    connection: Connection, house: House, slot: Slot, language: str, *, actor: Actor
) -> dict[str, str]:
    """What messages about a picked time name, in the candidate's language."""
    organisation = organisation_in(connection, actor.organisation_id)
    return {
        "slot": slot.when(language),
        "minutes": str(slot.minutes),
        "place": slot.place,
        "interviewers": listed(slot.interviewers, language),
        "bring": words(language).progress["bring"],
        "next_date": said(reply_day(organisation, slot.ends_at), language),
    }


def _tell_interviewers(
    connection: Connection,
    house: House,
    application: Record,
    uid: str,
    sequence: int,
    slot: Slot,
    account_ids: Iterable[str],
    method: Method,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    template = "manager_interview_booked" if method == "REQUEST" else "manager_interview_cancelled"
    entry = staff_entry(connection, house, application, uid, sequence, slot, actor=actor)
    link = rate_link(house, application.id) if method == "REQUEST" else f"{house.base_url}/slots"
    for account_id in account_ids:
        tell_staff(
            connection,
            house,
            account_id,
            template,
            key=f"{template}:{application.id}:{sequence}:{account_id}",
            values={
                "candidate_name": house.vault.open(application.name_sealed),
                "role_title": application.title,
                "slot": say_time(slot.starts_at, slot.time_zone, "en"),
                "place": slot.place,
                "link": link,
            },
            application_id=application.id,
            calendar=Calendar(ics(entry, method, now=now), method),
            actor=actor,
            now=now,
        )


def _release(
    connection: Connection, application_id: str, account_ids: Iterable[str], *, actor: Actor, now: datetime
) -> None:
    """Interviewers whom the booking brought and who have not begun to rate have this person no more."""
    for account_id in account_ids:
        if stored.release_interviewer(connection, application_id, account_id, assigned_by=BY_BOOKING, now=now):
            audit.append(
                connection,
                actor.organisation_id,
                actor=BY_BOOKING,
                kind="unassigned",
                subject=application_id,
                now=now,
                body={"account": account_id, "duty": "interviewer"},
            )


def _drop_reminders(connection: Connection, application_id: str, *, actor: Actor, now: datetime) -> None:
    """A reminder of the time before, still on its way out, would be wrong by now."""
    waiting = outbox.listed(
        connection,
        actor.organisation_id,
        statuses=("queued",),
        template="interview_reminder",
        application_id=application_id,
    )
    for row in waiting:
        if outbox.change(connection, row.id, {"status": "dropped"}, only_from=("queued",)):
            audit.append(
                connection, actor.organisation_id, actor=actor.label, kind="message_dropped", subject=row.id, now=now
            )


def _interview(connection: Connection, application_id: str) -> Record:
    row = stored.of_application(connection, application_id)
    if row is None:
        raise NotAllowedError("This person was not asked for an interview yet.")
    return row


def _held(connection: Connection, house: House, interview: Record, actor: Actor) -> Slot | None:
    return slot_in(connection, house, interview.slot_id, actor=actor) if interview.slot_id else None


def _log(
    connection: Connection, actor: Actor, kind: str, application_id: str, now: datetime, slot: Slot, sequence: int
) -> None:
    audit.append(
        connection,
        actor.organisation_id,
        actor=actor.label,
        kind=kind,
        subject=application_id,
        now=now,
        body={"slot": slot.id, "sequence": sequence},
    )
