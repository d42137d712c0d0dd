"""Answering a check-in: the newcomer by their own link, the manager's side by whoever leads them.

The answers are sealed. Those who lead the newcomer read them, once their own view is given or a week went by; that
somebody would like to talk is told at once. They are no score of a person and go into none.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from assessment.errors import ClosedError, SheetError, UnknownIdError
from assessment.messages.words import words
from assessment.services.actor import Actor, require
from assessment.services.check_in import (
    CheckIn,
    account_name,
    body_of,
    lead_in,
    opened,
    readable_from,
    who_sees,
)
from assessment.services.first_days import LEADS, own_work, require_newcomer
from assessment.services.here_still import works_here
from assessment.services.house import House
from assessment.services.organisation import Organisation, organisation_in
from assessment.services.outbox_by_hand import drop_one_in
from assessment.services.shortlist import opened_name
from assessment.services.telling import said, tell_staff
from assessment.services.working_time import add_working_days
from assessment.storage import applications, audit, outbox
from assessment.storage import check_ins as stored
from assessment.storage.clock import stamp
from assessment.storage.record import Record
from assessment.training.check_in import CheckInForm, check_in_form, check_in_key

WANTS_TALK = "manager_wants_talk"


@dataclass(frozen=True)
class MyCheckIn:
    """A check-in as the newcomer sees it; `may_answer` for the first time, or once more until `change_until`."""

    check_in: CheckIn
    form: CheckInForm
    may_answer: bool
    change_until: date | None
    talk_by: date  # when somebody said that they would like to


@dataclass(frozen=True)
class MyCheckIns:
    """What is open now, if anything, the next day, what was answered before, and who reads it.

    lead : the name of whoever leads the newcomer
    no_reminders : whether the newcomer wants none; None for whoever is never asked
    """

    now: MyCheckIn | None
    next_on: date | None
    earlier: tuple[MyCheckIn, ...]
    who_sees: str
    lead: str
    no_reminders: bool | None


@dataclass(frozen=True)
class ManagerCheckIn:
    """The manager's side of a day.

    newcomer_answered : whether the other side has; nothing of it is here
    readable_from : from when the newcomer's answers can be read without an own view; None where they can be
    """

    application_id: str
    name: str
    title: str
    lead: str
    check_in: CheckIn
    form: CheckInForm
    may_answer: bool
    newcomer_answered: bool
    wants_talk: bool
    readable_from: date | None


def my_check_in(house: House, *, actor: Actor, now: datetime) -> MyCheckIns:
    """What the newcomer is asked, from the day it is due until fourteen days later, while they work here."""
    with house.database.read() as connection:
        row = own_work(connection, actor)
        organisation = organisation_in(connection, actor.organisation_id)
        application = _application(connection, row.application_id, actor)
        owner = application.owner_id if application is not None else ""
        sees = who_sees(connection, house, row.application_id, owner_id=owner, language=row.language)
        lead = account_name(connection, house, lead_in(connection, row.application_id, owner_id=owner))
        rows = stored.of_application(connection, row.application_id)
        here = works_here(connection, actor, row.application_id, now=now)
    today = organisation.day(now)
    mine = [_mine(opened(house, found), row, organisation, now=now) for found in rows if found.side == "newcomer"]
    at = next((one for one in reversed(mine) if here and one.check_in.open_on(today)), None)
    coming = [one.check_in.due_on for one in mine if here and one.check_in.due_on > today]
    earlier = tuple(one for one in mine if one is not at and one.check_in.answered_at is not None)
    quiet = application.no_reminders_at is not None if application is not None and rows else None
    return MyCheckIns(at, min(coming, default=None), earlier, sees, lead, quiet)


def answer_own(
    house: House,
    day: int,
    answers: Mapping[str, int | None],
    *,
    own_words: str = "",
    wants_talk: bool = False,
    actor: Actor,
    now: datetime,
) -> None:
    """Keep what the newcomer says, or what they say instead within two days. Whoever leads them hears of the wish to
    talk at once.

    answers : line → 1 to 5; None, or no such line, where the person would rather not say
    """
    with house.database.write() as connection:
        row = own_work(connection, actor, hold=True)
        stored.hold(connection, row.application_id)
        organisation = organisation_in(connection, actor.organisation_id)
        before = _side(connection, house, row.application_id, day, "newcomer")
        said_here = words(row.language).check_in
        mine = _mine(before, row, organisation, now=now)
        if not mine.may_answer or not works_here(connection, actor, row.application_id, now=now):
            raise ClosedError(said_here["closed"])
        if not answers and not own_words.strip() and not wants_talk:
            raise SheetError(said_here["nothing"])
        _keep(connection, house, before, mine.form, answers, own_words, wants_talk, actor=actor, now=now)
        if wants_talk and not before.wants_talk:
            _tell_of_wish(connection, house, row, before, organisation, actor=actor, now=now)
        if before.wants_talk and not wants_talk:
            _drop_wish(connection, before, actor=actor, now=now)


def check_in_for(house: House, application_id: str, day: int, *, actor: Actor, now: datetime) -> ManagerCheckIn:
    """The five questions to whoever leads the newcomer, and what they answered themselves."""
    require(actor, *LEADS)
    with house.database.read() as connection:
        row = require_newcomer(connection, actor, application_id)
        organisation = organisation_in(connection, actor.organisation_id)
        newcomer, manager = (_side(connection, house, application_id, day, side) for side in ("newcomer", "manager"))
        lead = account_name(connection, house, lead_in(connection, application_id, owner_id=row.owner_id))
        here = works_here(connection, actor, application_id, now=now)
    first = readable_from(newcomer, manager)
    return ManagerCheckIn(
        application_id=application_id,
        name=opened_name(house, row.name_sealed),
        title=row.title,
        lead=lead,
        check_in=manager,
        form=check_in_form(day, "manager", role=row.role, language="en"),
        may_answer=here and _manager_may(manager, newcomer, organisation, now=now),
        newcomer_answered=newcomer.answered_at is not None,
        wants_talk=newcomer.wants_talk,
        readable_from=first if first is not None and organisation.day(now) < first else None,
    )


def answer_for(
    house: House,
    application_id: str,
    day: int,
    answers: Mapping[str, int | None],
    *,
    own_words: str = "",
    actor: Actor,
    now: datetime,
) -> None:
    """Keep how it goes as seen by whoever leads the newcomer. It stands as soon as the newcomer's answers can be read."""
    require(actor, *LEADS)
    with house.database.write() as connection:
        row = require_newcomer(connection, actor, application_id)
        stored.hold(connection, application_id)
        organisation = organisation_in(connection, actor.organisation_id)
        newcomer, manager = (_side(connection, house, application_id, day, side) for side in ("newcomer", "manager"))
        if not works_here(connection, actor, application_id, now=now):
            raise ClosedError("This person does not work here any more, so there is nothing more to answer.")
        if not _manager_may(manager, newcomer, organisation, now=now):
            raise ClosedError("This check-in is not open, or it stands since both of you have answered.")
        if not answers and not own_words.strip():
            raise SheetError(words("en").check_in["nothing"])
        form = check_in_form(day, "manager", role=row.role, language="en")
        _keep(connection, house, manager, form, answers, own_words, False, actor=actor, now=now)


def _mine(check_in: CheckIn, row: Record, organisation: Organisation, *, now: datetime) -> MyCheckIn:
    today, until = organisation.day(now), check_in.change_until(organisation)
    in_time = check_in.open_on(today) and (until is None or today <= until)
    form = check_in_form(check_in.day, "newcomer", role=row.role, language=row.language)
    return MyCheckIn(check_in, form, in_time, until, talk_by(organisation, check_in.answered_at or now))


def _manager_may(manager: CheckIn, newcomer: CheckIn, organisation: Organisation, *, now: datetime) -> bool:
    """Once both have answered, both stand: who has read the other's answers does not change their own."""
    today, until = organisation.day(now), manager.change_until(organisation)
    if not manager.open_on(today):
        return False
    return until is None or (newcomer.answered_at is None and today <= until)


def _side(connection: Connection, house: House, application_id: str, day: int, side: str) -> CheckIn:
    rows = stored.of_application(connection, application_id)
    found = next((row for row in rows if (row.day, row.side) == (day, side)), None)
    if found is None:
        raise UnknownIdError("check-in at day", str(day), sorted({str(row.day) for row in rows}))
    return opened(house, found)


def _keep(
    connection: Connection,
    house: House,
    before: CheckIn,
    form: CheckInForm,
    answers: Mapping[str, int | None],
    own_words: str,
    wants_talk: bool,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    first = before.answered_at is None
    stored.change(
        connection,
        before.id,
        body_sealed=house.vault.seal(body_of(form, answers, own_words)),
        answered_at=stamp(before.answered_at or now),
        answered_by=actor.label,
        wants_talk=wants_talk,
    )
    audit.append(
        connection,
        actor.organisation_id,
        actor=actor.label,
        kind="check_in_answered" if first else "check_in_changed",
        subject=before.application_id,
        now=now,
        body={"day": before.day, "side": before.side},
    )


def talk_by(organisation: Organisation, asked_at: datetime) -> date:
    """By when a talk is offered that somebody asked for, or that something calls for."""
    return organisation.day(add_working_days(asked_at, check_in_key().talk_within, zone=organisation.zone))


def _tell_of_wish(
    connection: Connection,
    house: House,
    row: Record,
    check_in: CheckIn,
    organisation: Organisation,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    application = _application(connection, row.application_id, actor)
    if application is None:
        return
    tell_staff(
        connection,
        house,
        lead_in(connection, row.application_id, owner_id=application.owner_id),
        WANTS_TALK,
        key=f"{WANTS_TALK}:{check_in.id}:{stamp(now)}",
        values={
            "candidate_name": house.vault.open(row.name_sealed),
            "role_title": row.title,
            "deadline": said(talk_by(organisation, now), "en"),
            "link": f"{house.base_url}/newcomer?application={row.application_id}",
        },
        application_id=row.application_id,
        actor=actor,
        now=now,
    )


def _drop_wish(connection: Connection, check_in: CheckIn, *, actor: Actor, now: datetime) -> None:
    """What has not gone yet does not go; what has gone stays, and the page says that the wish was taken back."""
    rows = outbox.listed(
        connection,
        actor.organisation_id,
        statuses=("queued",),
        template=WANTS_TALK,
        application_id=check_in.application_id,
    )
    for row in rows:
        if row.key.startswith(f"{WANTS_TALK}:{check_in.id}:"):
            drop_one_in(connection, row.id, because="the wish was taken back", actor=actor, now=now)


def _application(connection: Connection, application_id: str, actor: Actor) -> Record | None:
    return applications.one(connection, application_id, organisation_id=actor.organisation_id)
