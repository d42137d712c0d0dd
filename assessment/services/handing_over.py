"""One vacancy to take along: what was asked, who applied, every move, result, rating and decision, in one structure.

Never in it: answers, what anybody asked to be adjusted, notes and messages, anything about groups of people.
Names and mail addresses only when they are asked for, and never for who sees names masked.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from assessment.errors import UnknownIdError
from assessment.reports.use_words import Use, use_note
from assessment.services.actor import Actor, require
from assessment.services.handed_result import HandedResult, handed_result
from assessment.services.house import House
from assessment.services.shortlist import State, opened_name, state_of
from assessment.services.versions import norms_of, profile_of
from assessment.storage import audit, vacancies
from assessment.storage import handing_over as stored
from assessment.storage.clock import moment
from assessment.storage.record import Record

FORMAT, VERSION = "carefit.vacancy", "1.0"


@dataclass(frozen=True)
class Asked:
    """A requirement of the profile."""

    facet: str
    part: str
    kind: str
    low: float
    high: float | None
    weight: float


@dataclass(frozen=True)
class ProfileHanded:
    """What the role asks for, in the version that new invitations are read by."""

    id: str
    version: str
    status: str
    weights_origin: str
    requirements: tuple[Asked, ...]


@dataclass(frozen=True)
class NormsHanded:
    id: str
    version: str
    kind: str
    people: int


@dataclass(frozen=True)
class VacancyHanded:
    id: str
    role: str
    title: str
    site: str
    hours: str
    pay: str
    owner: str
    created_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True)
class MoveHanded:
    number: int
    from_stage: str | None
    to_stage: str
    by: str
    at: datetime
    undoes: str | None
    id: str


@dataclass(frozen=True)
class InterviewHanded:
    status: str
    starts_at: datetime | None
    ends_at: datetime | None
    time_zone: str | None


@dataclass(frozen=True)
class RatingHanded:
    """1 to 5; 0: no chance to answer. first_rating: as it was handed in, where it was changed after the talk about it."""

    by: str
    question: str
    rating: int | None
    first_rating: int | None
    handed_in_at: datetime


@dataclass(frozen=True)
class DecisionHanded:
    by: str
    outcome: str
    because: str
    order_because: str | None
    at: datetime
    taken_back_at: datetime | None


@dataclass(frozen=True)
class PersonHanded:
    """One application. name and email are None unless they were asked for; ratings wait until all are handed in."""

    application: str
    number: int
    name: str | None
    email: str | None
    external_id: str | None
    language: str
    channel: str
    engagement: str
    stage: str
    stage_since: datetime
    status: State
    applied_at: datetime
    started_at: datetime | None
    moves: tuple[MoveHanded, ...]
    result: HandedResult | None
    interview: InterviewHanded | None
    ratings: tuple[RatingHanded, ...]
    decisions: tuple[DecisionHanded, ...]


@dataclass(frozen=True)
class VacancyExport:
    """Accounts are named by id. `note`: what the numbers may be used for, by the weakest of the results."""

    format: str
    version: str
    made_at: datetime
    made_by: str
    note: str
    vacancy: VacancyHanded
    profile: ProfileHanded
    norms: tuple[NormsHanded, ...]
    people: tuple[PersonHanded, ...]


def vacancy_export(
    house: House,
    vacancy_id: str,
    *,
    with_names: bool = False,
    file_kind: str = "json",
    actor: Actor,
    now: datetime,
) -> VacancyExport:
    """Gather a vacancy; that it was taken along, and whether with names, is kept in the event log."""
    require(actor)
    named = with_names and not actor.masked
    with house.database.write() as connection:
        row = vacancies.one(connection, vacancy_id, organisation_id=actor.organisation_id)
        if row is None:
            raise UnknownIdError("vacancy", vacancy_id)
        rows = stored.people_of(connection, vacancy_id)
        audit.append(
            connection,
            actor.organisation_id,
            actor=actor.label,
            kind="vacancy_exported",
            subject=vacancy_id,
            now=now,
            body={"format": file_kind, "names": named, "people": len(rows)},
        )
    with house.database.read() as connection:
        people = _people(connection, house, vacancy_id, rows, named=named, now=now)
        norms = sorted({(n.id, n.version, n.kind, n.n) for n in (norms_of(connection, r.norms_id) for r in rows)})
        profile = _profile(connection, row)
    return VacancyExport(
        format=FORMAT,
        version=VERSION,
        made_at=now,
        made_by=actor.label,
        note=use_note(_strictest(people)),
        vacancy=VacancyHanded(
            row.id,
            row.role,
            row.title,
            row.site,
            row.hours,
            row.pay,
            row.owner_id,
            moment(row.created_at),
            _moment(row.closed_at),
        ),
        profile=profile,
        norms=tuple(NormsHanded(*own) for own in norms),
        people=people,
    )


def _strictest(people: Sequence[PersonHanded]) -> Use:
    uses = {person.result.use for person in people if person.result}
    return "one_of_several_grounds" if uses == {"one_of_several_grounds"} else "development"


def _people(
    connection: Connection, house: House, vacancy_id: str, rows: Sequence[Record], *, named: bool, now: datetime
) -> tuple[PersonHanded, ...]:
    moves = _by_application(stored.moves_of(connection, vacancy_id))
    interviews = _by_application(stored.interviews_of(connection, vacancy_id))
    ratings = _by_application(stored.ratings_of(connection, vacancy_id))
    still_rating = stored.still_rating(connection, vacancy_id)
    decisions = _by_application(stored.decisions_of(connection, vacancy_id))
    return tuple(
        PersonHanded(
            application=row.application_id,
            number=number,
            name=opened_name(house, row.name_sealed) if named else None,
            email=house.vault.open(row.email_sealed) if named and row.email_sealed else None,
            external_id=row.external_id,
            language=row.language,
            channel=row.channel,
            engagement=row.engagement,
            stage=row.stage,
            stage_since=moment(row.stage_since or row.applied_at),
            status=state_of(row.status, started=row.started_at is not None, expires_at=row.expires_at, now=now),
            applied_at=moment(row.applied_at),
            started_at=_moment(row.started_at),
            moves=tuple(
                MoveHanded(m.number, m.from_stage, m.to_stage, m.actor, moment(m.at), m.undoes, m.id)
                for m in moves[row.application_id]
            ),
            result=handed_result(connection, house, row) if row.status == "submitted" else None,
            interview=_interview(interviews[row.application_id]),
            ratings=() if row.application_id in still_rating else _ratings(ratings[row.application_id]),
            decisions=tuple(_decision(house, own) for own in decisions[row.application_id]),
        )
        for number, row in enumerate(rows, start=1)
    )


def _by_application(rows: Iterable[Record]) -> defaultdict[str, list[Record]]:
    found: defaultdict[str, list[Record]] = defaultdict(list)
    for row in rows:
        found[row.application_id].append(row)
    return found


def _interview(rows: Sequence[Record]) -> InterviewHanded | None:
    if not rows:
        return None
    row = rows[0]
    return InterviewHanded(row.status, _moment(row.starts_at), _moment(row.ends_at), row.time_zone)


def _ratings(rows: Sequence[Record]) -> tuple[RatingHanded, ...]:
    return tuple(RatingHanded(r.account_id, r.question, r.rating, r.first_rating, moment(r.handed_in_at)) for r in rows)


def _decision(house: House, row: Record) -> DecisionHanded:
    return DecisionHanded(
        row.account_id,
        row.outcome,
        house.vault.open(row.because_sealed),
        house.vault.open(row.order_because_sealed) if row.order_because_sealed else None,
        moment(row.created_at),
        _moment(row.taken_back_at),
    )


def _profile(connection: Connection, row: Record) -> ProfileHanded:
    profile = profile_of(connection, row.profile_id)
    return ProfileHanded(
        profile.id,
        profile.version,
        profile.status,
        profile.weights_origin,
        tuple(Asked(r.facet, profile.part_of(r.facet), r.kind, r.low, r.high, r.weight) for r in profile.requirements),
    )


def _moment(stamp: str | None) -> datetime | None:
    return moment(stamp) if stamp else None
