"""Early warnings as those who lead newcomers see them: what was seen, a next step and by when, settled with a note.

HR sees everybody's, supervisors their own people's; nobody else any. They stand by the day something is due and are no
order of people.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby

from sqlalchemy import Connection

from assessment.errors import NotAllowedError, SheetError, UnknownIdError
from assessment.services.absences import seen_to_by, standing_in_for_in
from assessment.services.actor import Actor, require
from assessment.services.check_in import ANSWER_DAYS, is_open, lead_in, opened
from assessment.services.check_ins import talk_by
from assessment.services.first_days import LEADS, own_people_in, require_newcomer
from assessment.services.house import House
from assessment.services.organisation import Organisation, organisation_in
from assessment.services.profiles import author_name
from assessment.services.shortlist import opened_name
from assessment.services.to_do import ToDo, clock
from assessment.services.warning_rules import Found, Kind, warnings_of
from assessment.services.warning_words import KIND_WORDS
from assessment.storage import applications, audit
from assessment.storage import check_ins as stored
from assessment.storage.clock import moment
from assessment.storage.here_still import is_gone
from assessment.storage.record import Record

LOOK_BACK = timedelta(days=150)  # the last check-in of whoever began longer ago is over
LONGEST_NOTE = 1_000


@dataclass(frozen=True)
class Settled:
    by: str
    at: datetime
    note: str


@dataclass(frozen=True)
class EarlyWarning:
    """One thing that asks for an eye; `settled` once somebody has noted what they did.

    number : stands for a masked name
    lead_id : the account that it waits for
    """

    application_id: str
    organisation_id: str
    name: str
    number: int
    title: str
    lead_id: str
    owner_id: str
    kind: Kind
    day: int
    since: date
    due_on: date
    because: str
    step: str
    settled: Settled | None

    @property
    def words(self) -> str:
        return KIND_WORDS[self.kind]


def early_warnings(house: House, *, actor: Actor, now: datetime) -> tuple[EarlyWarning, ...]:
    """What is not settled, of everybody for HR and of their own people for supervisors, what is due first."""
    require(actor, *LEADS)
    with house.database.read() as connection:
        organisation = organisation_in(connection, actor.organisation_id)
        rows = stored.of_organisation(connection, actor.organisation_id, since=organisation.day(now) - LOOK_BACK)
        mine = own_people_in(connection, actor)
        rows = [row for row in rows if mine is None or row.application_id in mine]
        found = warnings_in(connection, house, rows, organisation, now=now)
    return tuple(sorted((w for w in found if w.settled is None), key=lambda w: (w.due_on, w.name, w.day, w.kind)))


def warnings_about(house: House, application_id: str, *, actor: Actor, now: datetime) -> tuple[EarlyWarning, ...]:
    """Every warning about one newcomer, settled ones as well, the newest day first."""
    require(actor, *LEADS)
    with house.database.read() as connection:
        require_newcomer(connection, actor, application_id)
        organisation = organisation_in(connection, actor.organisation_id)
        rows = stored.whole_of(connection, application_id)
        found = warnings_in(connection, house, rows, organisation, now=now)
    return tuple(sorted(found, key=lambda w: (-w.day, w.settled is not None, w.due_on)))


def settle_warning(
    house: House, application_id: str, kind: str, day: int, *, note: str, actor: Actor, now: datetime
) -> None:
    """Note what was done about a warning; it leaves the list. Again is harmless.

    Raises
    ------
    SheetError : no word of what was done
    UnknownIdError : there is no such warning
    """
    require(actor, *LEADS)
    text = note.strip()
    if not text or len(text) > LONGEST_NOTE:
        raise SheetError(f"Please write in a few words what you did, up to {LONGEST_NOTE:,} characters.")
    if actor.account_id is None:
        raise NotAllowedError("A warning is settled by a person who is signed in.")
    with house.database.write() as connection:
        require_newcomer(connection, actor, application_id)
        stored.hold(connection, application_id)
        organisation = organisation_in(connection, actor.organisation_id)
        rows = stored.whole_of(connection, application_id)
        found = warnings_in(connection, house, rows, organisation, now=now)
        one = next((w for w in found if (w.kind, w.day) == (kind, day)), None)
        if one is None:
            raise UnknownIdError("warning", f"{kind} at day {day}", [f"{w.kind} at day {w.day}" for w in found])
        if one.settled is not None:
            return
        stored.add_step(
            connection,
            application_id,
            one.kind,
            one.day,
            note_sealed=house.vault.seal(text),
            account_id=actor.account_id,
            now=now,
        )
        _log(connection, actor, "warning_settled", application_id, now, one.kind, one.day)


def open_warning_again(house: House, application_id: str, kind: str, day: int, *, actor: Actor, now: datetime) -> None:
    """Undo: it stands in the list again; the event log keeps both."""
    require(actor, *LEADS)
    with house.database.write() as connection:
        require_newcomer(connection, actor, application_id)
        stored.hold(connection, application_id)
        if stored.remove_step(connection, application_id, kind, day):
            _log(connection, actor, "warning_opened_again", application_id, now, kind, day)


def warnings_in(
    connection: Connection, house: House, rows: Sequence[Record], organisation: Organisation, *, now: datetime
) -> list[EarlyWarning]:
    """The warnings of these people, whose rows stand together; none of those who are not here any more."""
    today = organisation.day(now)
    people = {id_: list(group) for id_, group in groupby(rows, key=lambda row: str(row.application_id))}
    here = {id_: own for id_, own in people.items() if not is_gone(own[0], today)}
    found = {
        id_: warnings_of([opened(house, r) for r in own], role=own[0].role, organisation=organisation, today=today)
        for id_, own in here.items()
    }
    telling = [id_ for id_, own in found.items() if own]
    steps = {
        (row.application_id, row.kind, row.day): Settled(
            author_name(connection, house, row.settled_by),
            moment(row.settled_at),
            house.vault.open(row.note_sealed) if row.note_sealed else "",
        )
        for row in stored.steps_of(connection, telling)
    }
    warnings = []
    for id_ in telling:
        first = here[id_][0]
        lead = lead_in(connection, id_, owner_id=first.owner_id)
        number = applications.number_of(connection, id_)
        for one in found[id_]:
            warnings.append(
                EarlyWarning(
                    application_id=id_,
                    organisation_id=organisation.id,
                    name=opened_name(house, first.name_sealed),
                    number=number,
                    title=first.title,
                    lead_id=lead,
                    owner_id=first.owner_id,
                    kind=one.kind,
                    day=one.day,
                    since=one.since,
                    due_on=_due_on(one, organisation),
                    because=one.because,
                    step=one.step,
                    settled=steps.get((id_, one.kind, one.day)),
                )
            )
    return warnings


def tasks_for(house: House, *, actor: Actor, now: datetime) -> tuple[ToDo, ...]:
    """What waits for the actor: warnings and own check-ins about people they lead or stand in for.

    Who hired somebody sees what waits for the supervisor once it is late.
    """
    require(actor, *LEADS)
    with house.database.read() as connection:
        organisation = organisation_in(connection, actor.organisation_id)
        away = {s.account_id: s.words for s in standing_in_for_in(connection, house, actor, now=now)}
        seen_to = seen_to_by(connection, actor.organisation_id, now=now)
        today = organisation.day(now)
        rows = stored.of_organisation(connection, actor.organisation_id, since=today - LOOK_BACK)
        mine = own_people_in(connection, actor)
        rows = [row for row in rows if mine is None or row.application_id in mine]
        warnings = [w for w in warnings_in(connection, house, rows, organisation, now=now) if w.settled is None]
        sides = [
            (row, lead_in(connection, row.application_id, owner_id=row.owner_id))
            for row in rows
            if row.side == "manager" and row.answered_at is None and is_open(row, today) and not is_gone(row, today)
        ]
        numbers = {row.application_id: applications.number_of(connection, row.application_id) for row, _ in sides}
    me: Collection[str | None] = (actor.account_id, None)
    tasks = []
    for warning in warnings:
        late = warning.due_on < today
        if seen_to(warning.lead_id) in me or (late and seen_to(warning.owner_id) in me):
            name = f"Person {warning.number}" if actor.masked else warning.name
            title, line = f"{warning.words}: {name}", f"{warning.title} · {warning.step}"
            link = f"/newcomer?application={warning.application_id}"
            task = _task("warning", title, line, warning.due_on, link, organisation, now=now)
            tasks.append(task.on_behalf(away.get(warning.lead_id, "")))
    for row, lead in sides:
        if seen_to(lead) in me:
            name = f"Person {numbers[row.application_id]}" if actor.masked else opened_name(house, row.name_sealed)
            link = f"/check-in?application={row.application_id}&day={row.day}"
            due = date.fromisoformat(row.due_on) + timedelta(days=ANSWER_DAYS)
            title = f"Day {row.day} of {name}: five questions"
            task = _task("check_in", title, f"{row.title} · two minutes", due, link, organisation, now=now)
            tasks.append(task.on_behalf(away.get(lead, "")))
    return tuple(sorted(tasks, key=lambda task: (task.at, task.title)))


def _task(
    kind: str, title: str, line: str, due_on: date, link: str, organisation: Organisation, *, now: datetime
) -> ToDo:
    end = datetime.combine(due_on + timedelta(days=1), time(0), tzinfo=organisation.zone).astimezone(UTC)
    last = end - timedelta(minutes=1)
    application = link.partition("application=")[2].partition("&")[0]
    words = clock(last, now, zone=organisation.zone)
    return ToDo(kind, title, line, words, last < now, last, link, application_id=application)


def _due_on(found: Found, organisation: Organisation) -> date:
    """Within so many working days of the day it became known."""
    return talk_by(organisation, datetime.combine(found.since, time(12), tzinfo=organisation.zone))


def _log(
    connection: Connection, actor: Actor, kind: str, application_id: str, now: datetime, warning: str, day: int
) -> None:
    audit.append(
        connection,
        actor.organisation_id,
        actor=actor.label,
        kind=kind,
        subject=application_id,
        now=now,
        body={"warning": warning, "day": day},
    )
