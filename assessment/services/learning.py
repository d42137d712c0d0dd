"""What staff see of somebody's learning: begun, done, seen in practice, minutes. Never steps, picks or notes."""

from dataclasses import dataclass
from datetime import datetime

from assessment.errors import NotAllowedError
from assessment.services.actor import STAFF, Actor, require
from assessment.services.first_days import LEADS, require_newcomer
from assessment.services.here_still import works_here
from assessment.services.house import House
from assessment.services.module_work import State, state_of
from assessment.services.own_modules import KnownModule, known_in, modules_of
from assessment.services.shortlist import opened_name
from assessment.services.telling import tell_candidate
from assessment.storage import audit, module_work, seminars
from assessment.storage.clock import moment, stamp


@dataclass(frozen=True)
class Learnt:
    """One module of a newcomer; `seen_by` has seen it in practice, `noted_by` that they were at the seminar."""

    id: str
    title: str
    minutes: int
    state: State
    begun_at: datetime
    done_at: datetime | None
    seen_by: str
    seen_at: datetime | None
    noted_by: str


@dataclass(frozen=True)
class Learning:
    """Everything that was begun, earliest first."""

    modules: tuple[Learnt, ...]

    @property
    def minutes(self) -> int:
        """Of the modules that are done, as they are meant to take."""
        return sum(one.minutes for one in self.modules if one.done_at)

    @property
    def done(self) -> int:
        return sum(one.done_at is not None for one in self.modules)


@dataclass(frozen=True)
class Learner:
    """A newcomer with how many modules they have begun, done and shown, and the minutes of those done."""

    application_id: str
    name: str
    job: str
    begun: int
    done: int
    confirmed: int
    minutes: int


@dataclass(frozen=True)
class ModuleInLibrary:
    """A module with how many of the newcomers whom the reader may see have begun, done and shown it."""

    module: KnownModule
    title: str
    begun: int
    done: int
    confirmed: int


def learning_of(house: House, application_id: str, *, actor: Actor) -> Learning:
    """What a newcomer has begun and done, for HR and their supervisor."""
    require(actor, *LEADS)
    with house.database.read() as connection:
        require_newcomer(connection, actor, application_id)
        rows = module_work.of_application(connection, application_id)
        known = modules_of(connection, house, actor.organisation_id)
        noted = {row.module: row.noter_sealed for row in seminars.attended_by(connection, application_id)}
    open_ = house.vault.open
    return Learning(
        tuple(
            Learnt(
                id=row.module,
                title=known[row.module].in_language("en").title if row.module in known else row.module,
                minutes=known[row.module].key.minutes if row.module in known else 0,
                state=state_of(row),
                begun_at=moment(row.begun_at),
                done_at=moment(row.done_at) if row.done_at else None,
                seen_by=open_(row.seer_sealed) if row.seer_sealed else "",
                seen_at=moment(row.confirmed_at) if row.confirmed_at else None,
                noted_by=open_(noted[row.module]) if noted.get(row.module) else "",
            )
            for row in rows
        )
    )


def confirm(house: House, application_id: str, module_id: str, *, actor: Actor, now: datetime) -> None:
    """“I have seen it in practice”: who and when are kept, and the newcomer is told while they work here.

    Twice is once.

    Raises
    ------
    NotAllowedError : the newcomer has not done the module yet
    """
    require(actor, *LEADS)
    with house.database.write() as connection:
        row = require_newcomer(connection, actor, application_id)
        module = known_in(connection, house, actor.organisation_id, module_id).in_language(row.language)
        kept = module_work.one(connection, application_id, module_id)
        if kept is None or kept.done_at is None:
            raise NotAllowedError("This module is not done yet. It can be confirmed after that.")
        if actor.account_id is None:
            raise NotAllowedError("A person who is signed in confirms this.")
        if kept.confirmed_at is not None:
            return
        values = {"confirmed_by": actor.account_id, "confirmed_at": stamp(now)}
        module_work.change(connection, application_id, module_id, **values)
        audit.append(
            connection,
            actor.organisation_id,
            actor=actor.label,
            kind="module_confirmed",
            subject=application_id,
            now=now,
            body={"module": module_id},
        )
        if not works_here(connection, actor, application_id, now=now):
            return
        tell_candidate(
            connection,
            house,
            application_id,
            "module_confirmed",
            key=f"module_confirmed:{application_id}:{module_id}",
            values={"module_title": module.title},
            actor=actor,
            now=now,
        )


def training_library(house: House, *, actor: Actor) -> tuple[ModuleInLibrary, ...]:
    """Every module with how many have begun, done and shown it: HR of everybody, supervisors of their own people."""
    require(actor, *LEADS)
    with house.database.read() as connection:
        known = modules_of(connection, house, actor.organisation_id)
        counts = module_work.counts(connection, actor.organisation_id, account_id=_only(actor))
    found = [
        ModuleInLibrary(
            one,
            one.in_language("en").title,
            *((row.begun, row.done, row.confirmed) if (row := counts.get(one.id)) else (0, 0, 0)),
        )
        for one in known.values()
    ]
    return tuple(sorted(found, key=lambda one: one.title))


def learners(house: House, *, actor: Actor) -> tuple[Learner, ...]:
    """Every newcomer whom the actor may see, by name."""
    require(actor, *LEADS)
    with house.database.read() as connection:
        rows = seminars.newcomers(connection, actor.organisation_id, account_id=_only(actor))
        work = module_work.of_people(connection, [row.id for row in rows])
        known = modules_of(connection, house, actor.organisation_id)
    found = []
    for row in rows:
        mine = [one for one in work if one.application_id == row.id]
        done = [one for one in mine if one.done_at]
        found.append(
            Learner(
                application_id=row.id,
                name=opened_name(house, row.name_sealed),
                job=row.title,
                begun=len(mine),
                done=len(done),
                confirmed=sum(one.confirmed_at is not None for one in mine),
                minutes=sum(known[one.module].key.minutes for one in done if one.module in known),
            )
        )
    return tuple(sorted(found, key=lambda one: one.name))


def _only(actor: Actor) -> str | None:
    """Whose people are seen: a supervisor's own, else everybody."""
    return None if actor.kind == "system" or actor.role in STAFF else actor.account_id or ""
