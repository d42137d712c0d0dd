"""Another job that somebody proposes: which openings there are, and what each would still have to ask."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from assessment.errors import ClosedError, NotAllowedError, SheetError, UnknownIdError
from assessment.roles.library import job_title
from assessment.services.actor import Actor, require
from assessment.services.assigned import require_person
from assessment.services.decision_messages import body_of
from assessment.services.house import House
from assessment.services.organisation import organisation_in
from assessment.services.scoring import scored_sheet
from assessment.services.telling import said
from assessment.services.top_up import TopUp, handed_in, top_up
from assessment.services.versions import profile_of
from assessment.storage import applications, audit, vacancies
from assessment.storage import redirects as stored
from assessment.storage.clock import moment
from assessment.storage.record import Record


@dataclass(frozen=True)
class OtherOpening:
    """An opening that can be proposed to somebody, and what it would still have to ask.

    measured of asked : signature facets that the answers there are already say something on
    """

    vacancy_id: str
    title: str
    site: str
    hours: str
    pay: str
    measured: int
    asked: int
    top_up: TopUp


@dataclass(frozen=True)
class Proposal:
    """What was proposed, for staff; `consent` None: no answer yet."""

    id: str
    vacancy_id: str
    title: str
    answer_by: date
    consent: bool | None
    answered_at: datetime | None
    became_id: str | None


def openings_for(house: House, application_id: str, *, actor: Actor, now: datetime) -> tuple[OtherOpening, ...]:
    """Openings that can be proposed: open, not applied for, and all four signature facets measured with the top-up."""
    require(actor)
    with house.database.read() as connection:
        row = require_person(connection, actor, application_id)
        before = handed_in(connection, application_id, organisation_id=actor.organisation_id)
        if before is None:
            return ()
        taken = {a.vacancy_id for a in applications.of_people(connection, [row.person_id])}
        return tuple(
            _opening(connection, house, vacancy, before, now=now)
            for vacancy in vacancies.of_organisation(connection, actor.organisation_id)
            if not vacancy.closed_at and vacancy.id not in taken and not _unmeasurable(connection, house, vacancy)
        )


def propose_in(
    connection: Connection,
    house: House,
    application_id: str,
    vacancy_id: str,
    *,
    answer_by: date,
    actor: Actor,
    now: datetime,
) -> tuple[str, Record]:
    """Note the proposal, within the transaction of the decision; returns it and the opening.

    Raises
    ------
    NotAllowedError : the opening is closed or applied for, its signature cannot be measured, or nothing is handed in
    """
    row = require_person(connection, actor, application_id)
    vacancy = vacancies.one(connection, vacancy_id, organisation_id=actor.organisation_id)
    if vacancy is None:
        raise UnknownIdError("vacancy", vacancy_id)
    if vacancy.closed_at:
        raise ClosedError("That opening is closed, so it cannot be proposed.")
    if handed_in(connection, application_id, organisation_id=actor.organisation_id) is None:
        raise NotAllowedError("There are no answers to take along. Invite the person to the other opening instead.")
    if any(a.vacancy_id == vacancy_id for a in applications.of_people(connection, [row.person_id])):
        raise NotAllowedError("This person has applied for that opening already.")
    if unmeasured := _unmeasurable(connection, house, vacancy):
        raise NotAllowedError(
            f"Not all four signature facets of that role can be measured: its form does not ask about "
            f"{', '.join(unmeasured)}. So it is not suggested."
        )
    if answer_by < organisation_in(connection, actor.organisation_id).day(now):
        raise SheetError("The day to answer by has passed already.")
    id_ = stored.add(
        connection,
        application_id=application_id,
        vacancy_id=vacancy_id,
        account_id=actor.account_id,
        answer_by=answer_by.isoformat(),
        now=now,
    )
    _log(connection, actor, "redirect_proposed", application_id, now, redirect=id_, vacancy=vacancy_id)
    return id_, vacancy


def redirect_values(vacancy: Record, answer_by: date, next_day: date, language: str) -> dict[str, str]:
    """What the message of a proposal names."""
    return {
        "other_role_title": job_title(vacancy.title, vacancy.role, language),
        "deadline": said(answer_by, language),
        "next_date": said(next_day, language),
        "minutes": "5",
    }


def proposal_in(connection: Connection, decision: Record) -> Proposal | None:
    """What a decision proposed."""
    row = stored.one(connection, str(body_of(decision).get("redirect", "")))
    if row is None:
        return None
    answered = moment(row.answered_at) if row.answered_at else None
    by = date.fromisoformat(row.answer_by)
    return Proposal(row.id, row.vacancy_id, row.title, by, row.consent, answered, row.became_id)


def _opening(connection: Connection, house: House, vacancy: Record, before: Record, *, now: datetime) -> OtherOpening:
    form = house.library.form(vacancy.role)
    instrument = house.library.questionnaire(form.questionnaire)
    signature = profile_of(connection, vacancy.profile_id).signature
    standings = scored_sheet(connection, before).standings
    measured = sum(facet in standings and standings[facet].t is not None for facet in signature)
    rest = top_up(connection, before, form=form, instrument=instrument, now=now)
    return OtherOpening(
        vacancy.id, vacancy.title, vacancy.site, vacancy.hours, vacancy.pay, measured, len(signature), rest
    )


def _unmeasurable(connection: Connection, house: House, vacancy: Record) -> tuple[str, ...]:
    """Signature facets of an opening that its form does not ask about."""
    asked = house.library.form(vacancy.role).facets
    return tuple(f for f in profile_of(connection, vacancy.profile_id).signature if f not in asked)


def _log(connection: Connection, actor: Actor, kind: str, subject: str, now: datetime, **body: object) -> None:
    audit.append(connection, actor.organisation_id, actor=actor.label, kind=kind, subject=subject, now=now, body=body)
