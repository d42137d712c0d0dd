"""Another job was proposed: the person says yes or no, and only with the yes do their answers go to the other team."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from assessment.errors import ClosedError, NotAllowedError, UnknownIdError
from assessment.instruments.facts import JobFact
from assessment.messages.plain_pages import put_in
from assessment.messages.words import words
from assessment.roles.library import job_title
from assessment.services.actor import Actor
from assessment.services.adaptive import ahead
from assessment.services.decision_messages import body_of, told_decision
from assessment.services.house import House
from assessment.services.interview_booking import free_in
from assessment.services.invitations import made_under_now
from assessment.services.new_door import OPEN_FOR, new_door
from assessment.services.organisation import organisation_in
from assessment.services.proposals import Proposal, proposal_in
from assessment.services.scoring import score_sitting
from assessment.services.sitting import log, own, own_seen
from assessment.services.stages import OPEN_STAGES, begin_in, move_in
from assessment.services.telling import own_link, reply_day, said, tell_candidate
from assessment.services.top_up import TopUp, handed_in, top_up
from assessment.services.versions import facts_of
from assessment.storage import applications, responses, sittings, stages, vacancies
from assessment.storage import redirects as stored
from assessment.storage.clock import stamp
from assessment.storage.record import Record
from assessment.storage.responses import Response


@dataclass(frozen=True)
class MyRedirect:
    """What the person reads before they say yes or no; `link` goes on to the other job once they said yes."""

    title: str
    site: str
    hours: str
    pay: str
    facts: tuple[JobFact, ...]
    top_up: TopUp
    answer_by: date
    late: bool
    consent: bool | None
    link: str


def my_redirect(house: House, *, actor: Actor, now: datetime) -> MyRedirect | None:
    """What was proposed to this candidate, from the moment somebody sent it; a new link once they said yes."""
    with house.database.write() as connection:  # the link may have to be made anew
        row = own_seen(connection, actor)
        decision = told_decision(connection, house, row.application_id, organisation_id=actor.organisation_id)
        found = proposal_in(connection, decision) if decision is not None else None
        application = applications.one(connection, row.application_id, organisation_id=actor.organisation_id)
        other = stored.one(connection, found.id) if found else None
        if found is None or other is None or application is None:
            return None
        if application.stage not in OPEN_STAGES and application.stage != "redirected":
            return None
        if found.consent is None and (found.answered_at or other.closed_at):
            return None
        form = house.library.form(other.role)
        instrument = house.library.questionnaire(form.questionnaire)
        before = handed_in(connection, row.application_id, organisation_id=actor.organisation_id)
        today = organisation_in(connection, actor.organisation_id).day(now)
        return MyRedirect(
            title=job_title(other.title, other.role, row.language),
            site=other.site,
            hours=other.hours,
            pay=other.pay,
            facts=facts_of(connection, other.facts_id)[row.language],
            top_up=top_up(connection, before, form=form, instrument=instrument, now=now),
            answer_by=found.answer_by,
            late=found.consent is None and today > found.answer_by,
            consent=found.consent,
            link=_link(connection, house, found, actor=actor, now=now),
        )


def answer_redirect(house: House, yes: bool, *, actor: Actor, now: datetime) -> str | None:
    """The candidate says yes or no; with a yes returns their link to the other job. The same answer again is harmless.

    Yes: a new application of the same person, under the versions of the other opening; answers that mean the same are
    taken over and only the rest is asked; where nothing is left, it is handed in. No: everything is as it was before.

    Raises
    ------
    ClosedError : nothing is proposed any more, or its days are over; says whom to call
    NotAllowedError : it was answered otherwise before
    """
    with house.database.write() as connection:
        row = own(connection, actor)
        own_words = words(row.language).decision
        stages.current(connection, row.application_id, organisation_id=actor.organisation_id)
        organisation = organisation_in(connection, actor.organisation_id)
        decision = told_decision(connection, house, row.application_id, organisation_id=actor.organisation_id)
        found = proposal_in(connection, decision) if decision is not None else None
        if found is None or decision is None:
            raise ClosedError(put_in(own_words["redirect_gone"], contact=organisation.contact))
        if found.consent is not None:
            if found.consent != yes:
                raise NotAllowedError(put_in(own_words["answered_before"], contact=organisation.contact))
            return _link(connection, house, found, actor=actor, now=now) or None
        other = stored.one(connection, found.id)
        application = applications.one(connection, row.application_id, organisation_id=actor.organisation_id)
        if application is None or other is None:
            raise UnknownIdError("application", row.application_id)
        if application.stage not in OPEN_STAGES or found.answered_at or other.closed_at:
            raise ClosedError(put_in(own_words["redirect_gone"], contact=organisation.contact))
        if organisation.day(now) > found.answer_by:
            raise ClosedError(put_in(own_words["late"], contact=organisation.contact))
        became, link = _go_over(connection, house, row, other, actor=actor, now=now) if yes else (None, "")
        stored.close(connection, found.id, consent=yes, became_id=became, now=now)
        log(connection, actor, "redirect_answered", row.application_id, now, redirect=found.id, yes=yes, became=became)
        to = "redirected" if yes else str(body_of(decision)["from"])
        where = OPEN_STAGES if yes else ("decision",)
        move_in(connection, house, row.application_id, to, only_from=where, actor=actor, now=now)
        off = None
        if yes:
            off = free_in(connection, house, row.application_id, to_candidate=False, actor=actor, now=now)
        tell_candidate(
            connection,
            house,
            row.application_id,
            "redirect_answer_received",
            key=f"redirect_answer:{found.id}",
            values={
                "answer_text": own_words["said_yes" if yes else "said_no"],
                "other_role_title": job_title(other.title, other.role, row.language),
                "next_date": said(reply_day(organisation, now), row.language),
                **({"link": link, "status_link": link} if link else {}),
            },
            calendar=off,
            actor=actor,
            now=now,
        )
    return link or None


def _go_over(
    connection: Connection, house: House, row: Record, other: Record, *, actor: Actor, now: datetime
) -> tuple[str, str]:
    """The new application with its sitting: what was answered comes along, the rest is asked; returns it and its link."""
    vacancy = vacancies.one(connection, other.vacancy_id, organisation_id=actor.organisation_id)
    if vacancy is None:
        raise UnknownIdError("vacancy", other.vacancy_id)
    if any(a.vacancy_id == vacancy.id for a in applications.of_people(connection, [row.person_id])):
        raise NotAllowedError(words(row.language).decision["applied"])
    form = house.library.form(vacancy.role)
    instrument = house.library.questionnaire(form.questionnaire)
    before = handed_in(connection, row.application_id, organisation_id=actor.organisation_id)
    rest = top_up(connection, before, form=form, instrument=instrument, now=now)
    application = applications.add(connection, vacancy_id=vacancy.id, person_id=row.person_id, channel="link", now=now)
    sitting = sittings.add(
        connection,
        application_id=application,
        status="open",
        step="job",
        language=row.language,
        large_text=row.large_text,
        expires_at=stamp(now + OPEN_FOR),
        agreed_at=stamp(now),  # to the same notice, with the yes
        started_at=stamp(now) if rest.taken_over else None,
        reused_from=before.id if before is not None and rest.taken_over else None,
        now=now,
        **made_under_now(connection, house, vacancy, channel="link", now=now),
    )
    begin_in(connection, application, vacancy_id=vacancy.id, actor=actor, now=now)
    for field, value in rest.taken_over.items():
        responses.put(connection, sitting, field, Response(value, 1), known=(), ms=None, now=now)
        log(connection, actor, "answered", sitting, now, item=field, rev=1)
    if rest.taken_over:
        log(connection, actor, "earlier_answers_taken_over", sitting, now, earlier=before.id if before else None)
        move_in(connection, house, application, "answering", actor=actor, now=now)
    made = sittings.by_id(connection, sitting)
    if made is not None and not ahead(connection, made, rest.taken_over).fields:
        sittings.change(connection, sitting, status="submitted", step="result", finished_at=stamp(now))
        log(connection, actor, "submitted", sitting, now, skipped=0)
        score_sitting(connection, sitting, now)
        move_in(connection, house, application, "to_read", actor=actor, now=now)
    return application, new_door(connection, house, sitting, now=now)


def _link(connection: Connection, house: House, found: Proposal, *, actor: Actor, now: datetime) -> str:
    """The person's own link to the application that their yes made."""
    if found.became_id is None:
        return ""
    became = applications.one(connection, found.became_id, organisation_id=actor.organisation_id)
    return own_link(connection, house, became.sitting_id, now=now) if became is not None else ""
