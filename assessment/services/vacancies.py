"""Openings: which role, where, for what pay, and the honest facts of that very job."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from assessment.errors import NotAllowedError, SheetError, UnknownIdError
from assessment.instruments.document import parse
from assessment.instruments.facts import JobFact
from assessment.instruments.form import Form
from assessment.roles.profile import RoleProfile
from assessment.services.actor import Actor, require
from assessment.services.house import House
from assessment.services.profiles import author_name, newest_profile
from assessment.services.versions import (
    Facts,
    calibration_in_use,
    facts_of,
    keep_facts,
    keep_profile,
    next_version,
    profile_of,
)
from assessment.storage import accounts, audit, documents
from assessment.storage import vacancies as stored
from assessment.storage.clock import moment, stamp
from assessment.storage.record import Record

DEVELOPMENT_ONLY = ("physician",)  # until its profile is in use (SCIENCE: what a status allows)


@dataclass(frozen=True)
class Counts:
    invited: int = 0
    started: int = 0
    finished: int = 0
    expired: int = 0
    withdrawn: int = 0


@dataclass(frozen=True)
class Vacancy:
    """`adaptive`: new sittings stop where enough is known; `not_adaptive_because`: why that cannot be now, or nothing."""

    id: str
    role: str
    title: str
    site: str
    hours: str
    pay: str
    profile: RoleProfile
    profile_document: str
    profile_author: str
    profile_reason: str
    facts: Facts
    facts_version: str
    form: Form
    created_at: datetime
    closed_at: datetime | None
    counts: Counts
    owner_name: str
    adaptive: bool
    not_adaptive_because: str


def list_vacancies(house: House, *, actor: Actor, now: datetime) -> tuple[Vacancy, ...]:
    """Open ones first, newest first."""
    require(actor)
    with house.database.read() as connection:
        rows = stored.of_organisation(connection, actor.organisation_id)
        return _with_counts(connection, house, rows, now=now)


def vacancy(house: House, vacancy_id: str, *, actor: Actor, now: datetime) -> Vacancy:
    require(actor)
    with house.database.read() as connection:
        return _with_counts(connection, house, [_row(connection, vacancy_id, actor)], now=now)[0]


def open_vacancy(
    house: House, role: str, *, title: str, site: str, hours: str, pay: str, actor: Actor, now: datetime
) -> Vacancy:
    """Open a vacancy from a role pack, with the organisation's newest profile of that role."""
    require(actor)
    if role in DEVELOPMENT_ONLY:
        raise NotAllowedError(
            "The physician pack is for development and training only, until its profile is in use. "
            "No vacancy can be opened with it."
        )
    house.library.form(role)
    words = _checked(title=title, site=site, hours=hours, pay=pay)
    with house.database.write() as connection:
        profile = newest_profile(connection, actor, role, now=now)
        profile_id = keep_profile(
            connection, actor.organisation_id, profile, author="system", reason="as shipped", now=now
        )
        facts: Facts = {
            language: house.library.job_facts(language).roles[role] for language in house.library.languages()
        }
        facts_id = keep_facts(
            connection,
            actor.organisation_id,
            facts,
            name=role,
            version=house.library.job_facts("en").version,
            author="system",
            reason="as shipped",
            now=now,
        )
        owner = actor.account_id or accounts.of_organisation(connection, actor.organisation_id)[0].id
        id_ = stored.add(
            connection,
            organisation_id=actor.organisation_id,
            owner_id=owner,
            role=role,
            profile_id=profile_id,
            facts_id=facts_id,
            now=now,
            **words,
        )
        _log(connection, actor, "vacancy_opened", id_, now, role=role)
        return _with_counts(connection, house, [_row(connection, id_, actor)], now=now)[0]


def edit_vacancy(
    house: House, vacancy_id: str, *, title: str, site: str, hours: str, pay: str, actor: Actor, now: datetime
) -> None:
    require(actor)
    words = _checked(title=title, site=site, hours=hours, pay=pay)
    with house.database.write() as connection:
        _row(connection, vacancy_id, actor)
        stored.change(connection, vacancy_id, **words)
        _log(connection, actor, "vacancy_changed", vacancy_id, now)


def edit_facts(house: House, vacancy_id: str, facts: Facts, *, reason: str, actor: Actor, now: datetime) -> None:
    """A new version of this vacancy's job facts; sittings made before keep theirs."""
    require(actor)
    if not reason.strip():
        raise SheetError("Please say why; the reason is kept with the version.")
    checked: Facts = {
        language: tuple(parse(JobFact, fact.model_dump(), where=f"fact {fact.id}") for fact in own)
        for language, own in facts.items()
    }
    ids = {language: [fact.id for fact in own] for language, own in checked.items()}
    if len({tuple(own) for own in ids.values()}) > 1:
        raise SheetError("Every fact needs its words in each language.")
    if not all(1 <= len(own) <= 12 for own in ids.values()):
        raise SheetError("A vacancy shows between 1 and 12 facts.")
    with house.database.write() as connection:
        row = _row(connection, vacancy_id, actor)
        if facts_of(connection, row.facts_id) == checked:
            raise SheetError("Nothing was changed, so there is no new version.")
        known = documents.versions(connection, actor.organisation_id, kind="facts", name=vacancy_id)
        version = next_version([k.version for k in known] or ["0.1"])
        id_ = keep_facts(
            connection,
            actor.organisation_id,
            checked,
            name=vacancy_id,
            version=version,
            author=actor.label,
            reason=reason.strip()[:1000],
            now=now,
        )
        stored.change(connection, vacancy_id, facts_id=id_)
        _log(connection, actor, "facts_changed", vacancy_id, now, version=version)


def close_vacancy(house: House, vacancy_id: str, *, actor: Actor, now: datetime) -> None:
    """No new invitations; people who have begun may finish."""
    require(actor)
    with house.database.write() as connection:
        _row(connection, vacancy_id, actor)
        stored.change(connection, vacancy_id, closed_at=stamp(now))
        _log(connection, actor, "vacancy_closed", vacancy_id, now)


def reopen_vacancy(house: House, vacancy_id: str, *, actor: Actor, now: datetime) -> None:
    require(actor)
    with house.database.write() as connection:
        _row(connection, vacancy_id, actor)
        stored.change(connection, vacancy_id, closed_at=None)
        _log(connection, actor, "vacancy_reopened", vacancy_id, now)


def stop_early(house: House, vacancy_id: str, on: bool, *, actor: Actor, now: datetime) -> None:
    """Whether people invited from now on are asked only until enough is known; sittings made before stay as they are.

    Raises
    ------
    NotAllowedError : the form is not calibrated; says what it takes
    """
    require(actor)
    with house.database.write() as connection:
        row = _row(connection, vacancy_id, actor)
        if row.adaptive == on:
            return
        if on and (because := _not_adaptive_because(connection, house, row)):
            raise NotAllowedError(because)
        stored.change(connection, vacancy_id, adaptive=on)
        _log(connection, actor, "adaptive_changed", vacancy_id, now, on=on)


def _not_adaptive_because(connection: Connection, house: House, row: Record) -> str:
    """Why the questionnaire of an opening cannot stop early, in plain words; nothing when it can."""
    form = house.library.form(row.role)
    instrument = house.library.questionnaire(form.questionnaire)
    found = calibration_in_use(connection, row.organisation_id, instrument)
    if found is None:
        return (
            "No calibration is in use, so how much each line says is not known and everybody gets every line. "
            "Under Questionnaire health one can be made of at least 200 people, better 500, and put to use."
        )
    missing = [id_ for id_ in form.items if id_ in instrument.by_id and id_ not in found[1].items]
    if missing:
        return (
            f"Not possible: of {len(missing)} lines of this form the calibration in use does not know how much they say "
            f"({', '.join(missing[:5])}{' …' if len(missing) > 5 else ''})."
        )
    return ""


def _row(connection: Connection, vacancy_id: str, actor: Actor) -> Record:
    row = stored.one(connection, vacancy_id, organisation_id=actor.organisation_id)
    if row is None:
        raise UnknownIdError("vacancy", vacancy_id)
    return row


def _with_counts(connection: Connection, house: House, rows: Sequence[Record], *, now: datetime) -> tuple[Vacancy, ...]:

    counts = stored.counts(connection, [row.id for row in rows], now=now)
    return tuple(_vacancy(connection, house, row, counts.get(row.id)) for row in rows)


def _vacancy(connection: Connection, house: House, row: Record, counts: Record | None) -> Vacancy:
    kept = documents.document(connection, row.profile_id)
    return Vacancy(
        id=row.id,
        role=row.role,
        title=row.title,
        site=row.site,
        hours=row.hours,
        pay=row.pay,
        profile=profile_of(connection, row.profile_id),
        profile_document=row.profile_id,
        profile_author=author_name(connection, house, kept.author),
        profile_reason=kept.reason,
        facts=facts_of(connection, row.facts_id),
        facts_version=documents.document(connection, row.facts_id).version,
        form=house.library.form(row.role),
        created_at=moment(row.created_at),
        closed_at=moment(row.closed_at) if row.closed_at else None,
        counts=(
            Counts(counts.invited, counts.started, counts.finished, counts.expired, counts.withdrawn)
            if counts
            else Counts()
        ),
        owner_name=author_name(connection, house, row.owner_id),
        adaptive=row.adaptive,
        not_adaptive_because=_not_adaptive_because(connection, house, row),
    )


def _checked(**fields: str) -> dict[str, str]:
    values = {key: value.strip() for key, value in fields.items()}
    if not values["title"]:
        raise SheetError("Please give the opening a title.")
    if long := [key for key, value in values.items() if len(value) > 200]:
        raise SheetError(f"Please keep {', '.join(long)} to 200 characters.")
    return values


def _log(connection: Connection, actor: Actor, kind: str, subject: str, now: datetime, **body: object) -> None:
    audit.append(connection, actor.organisation_id, actor=actor.label, kind=kind, subject=subject, now=now, body=body)
