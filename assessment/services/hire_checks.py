"""The checks of a hire: begun once there is an offer, confirmed by a named person, with a note and no documents.

Nothing is checked before an offer, and the list that ships asks about no health: data/checks/default.yaml says why.
"""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Connection

from assessment.errors import NotAllowedError, UnknownIdError
from assessment.services.absences import seen_to_by, standing_in_for_in
from assessment.services.actor import Actor, require
from assessment.services.checklists import checklist_in
from assessment.services.house import House
from assessment.services.organisation import organisation_in
from assessment.services.profiles import author_name
from assessment.services.shortlist import opened_name
from assessment.services.to_do import ToDo
from assessment.storage import applications, audit
from assessment.storage import hire_checks as stored
from assessment.storage.clock import moment
from assessment.storage.record import Record

AFTER = ("offer", "hired")  # the stages at which checks may begin
SOON_DAYS = 3


@dataclass(frozen=True)
class Evidence:
    """What was seen, in words; of a public register also the number and the last day it is good for."""

    note: str
    register_number: str = ""
    valid_until: date | None = None


@dataclass(frozen=True)
class Check:
    """One thing to look at; `outcome` None while it waits."""

    id: str
    application_id: str
    kind: str
    title: str
    line: str
    by_register: bool
    due_on: date | None
    outcome: str | None
    evidence: Evidence | None
    settled_by: str
    settled_at: datetime | None
    overdue: bool


@dataclass(frozen=True)
class OpenCheck:
    """A check that is late, with whose it is."""

    id: str
    application_id: str
    name: str
    vacancy_title: str
    title: str
    due_on: date


def begin_checks(house: House, application_id: str, *, actor: Actor, now: datetime) -> int:
    """Put the checks of the role on the application; how many are new.

    Raises
    ------
    NotAllowedError : there is no offer yet
    """
    require(actor)
    with house.database.write() as connection:
        return begin_checks_in(connection, application_id, actor=actor, now=now)


def begin_checks_in(
    connection: Connection, application_id: str, *, anew: bool = False, actor: Actor, now: datetime
) -> int:
    """The same within the transaction of the offer, after its move; those that are there already stay.

    anew : another offer after one was taken back, so that what is not settled is due by the new one
    """
    row = _application(connection, application_id, actor)
    if row.stage not in AFTER:
        raise NotAllowedError("Checks begin once there is an offer. Before that nobody is asked about any of this.")
    found = checklist_in(connection, actor.organisation_id, row.role)
    rows = stored.of_application(connection, application_id)
    there = {check.kind for check in rows}
    today = organisation_in(connection, actor.organisation_id).day(now)
    new = {kind: check for kind, check in found.checklist.checks.items() if kind not in there}
    for kind, check in new.items():
        stored.add(
            connection,
            application_id=application_id,
            kind=kind,
            title=check.title,
            due_on=(today + timedelta(days=check.due_days)).isoformat(),
            now=now,
        )
    for row in rows if anew else ():
        if row.outcome is None and row.kind in found.checklist.checks:
            due = today + timedelta(days=found.checklist.checks[row.kind].due_days)
            stored.change(connection, row.id, due_on=due.isoformat())
    if new:
        log(connection, actor, "checks_begun", application_id, now, kinds=sorted(new))
    return len(new)


def may_begin(house: House, application_id: str, *, actor: Actor) -> bool:
    """Whether there is an offer, so that checks are in order."""
    require(actor)
    with house.database.read() as connection:
        return _application(connection, application_id, actor).stage in AFTER


def checks_of(house: House, application_id: str, *, actor: Actor, now: datetime) -> tuple[Check, ...]:
    """Every check of an application, the first due first."""
    require(actor)
    with house.database.read() as connection:
        row = _application(connection, application_id, actor)
        kinds = checklist_in(connection, actor.organisation_id, row.role).checklist.checks
        today = organisation_in(connection, actor.organisation_id).day(now)
        found = []
        for check in stored.of_application(connection, application_id):
            due = date.fromisoformat(check.due_on) if check.due_on else None
            words = kinds.get(check.kind)
            found.append(
                Check(
                    id=check.id,
                    application_id=application_id,
                    kind=check.kind,
                    title=check.title,
                    line=words.line if words else "",
                    by_register=bool(words and words.needs == "register"),
                    due_on=due,
                    outcome=check.outcome,
                    evidence=_evidence(house, check),
                    settled_by=author_name(connection, house, check.settled_by) if check.settled_by else "",
                    settled_at=moment(check.settled_at) if check.settled_at else None,
                    overdue=check.outcome is None and due is not None and due < today,
                )
            )
    return tuple(found)


def overdue_checks(house: House, *, actor: Actor, now: datetime) -> tuple[OpenCheck, ...]:
    """Everything that should be settled by now, the oldest first."""
    require(actor)
    with house.database.read() as connection:
        yesterday = organisation_in(connection, actor.organisation_id).day(now) - timedelta(days=1)
        rows = stored.open_until(connection, yesterday, organisation_id=actor.organisation_id)
    return tuple(
        OpenCheck(
            row.id,
            row.application_id,
            opened_name(house, row.name_sealed),
            row.vacancy_title,
            row.title,
            date.fromisoformat(row.due_on),
        )
        for row in rows
    )


def tasks_for(house: House, *, actor: Actor, now: datetime) -> tuple[ToDo, ...]:
    """Checks that are late or due within three days, of the actor's openings and of those they stand in for."""
    require(actor)
    with house.database.read() as connection:
        organisation = organisation_in(connection, actor.organisation_id)
        today = organisation.day(now)
        away = {s.account_id: s.words for s in standing_in_for_in(connection, house, actor, now=now)}
        seen_to = seen_to_by(connection, actor.organisation_id, now=now)
        until = today + timedelta(days=SOON_DAYS)
        rows = stored.open_until(connection, until, organisation_id=actor.organisation_id)
    found = []
    for row in rows:
        if seen_to(row.owner_id) not in (actor.account_id, None):
            continue
        last = date.fromisoformat(row.due_on)
        end = datetime.combine(last + timedelta(days=1), time(0), tzinfo=organisation.zone).astimezone(UTC)
        late = last < today
        words = "Due today" if last == today else f"{'Overdue since' if late else 'Due'} {last.day} {last:%B}"
        title = f"{row.title}: {opened_name(house, row.name_sealed)}"
        link = f"/candidate?application={row.application_id}"
        found.append(ToDo("check", title, row.vacancy_title, words, late, end, link, away.get(row.owner_id, "")))
    return tuple(found)


def _evidence(house: House, row: Record) -> Evidence | None:
    if row.evidence_sealed is None:
        return None
    body = json.loads(house.vault.open(row.evidence_sealed))
    until = body["valid_until"]
    return Evidence(body["note"], body["register_number"], date.fromisoformat(until) if until else None)


def _application(connection: Connection, application_id: str, actor: Actor) -> Record:
    row = applications.one(connection, application_id, organisation_id=actor.organisation_id)
    if row is None:
        raise UnknownIdError("application", application_id)
    return row


def log(connection: Connection, actor: Actor, kind: str, subject: str, now: datetime, **body: object) -> None:
    audit.append(connection, actor.organisation_id, actor=actor.label, kind=kind, subject=subject, now=now, body=body)
