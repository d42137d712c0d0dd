"""A plan for somebody who was hired: proposed with the hire, or later for those hired before there were plans."""

from datetime import date, datetime

from sqlalchemy import Connection

from assessment.services.actor import Actor, require
from assessment.services.first_days import require_newcomer
from assessment.services.house import House
from assessment.services.kept_plans import keep_in, known_modules
from assessment.services.offered_day import offered_days
from assessment.services.organisation import organisation_in
from assessment.services.plan_sources import plan_sources
from assessment.services.telling import said, tell_staff
from assessment.storage import assignments, audit
from assessment.storage import plans as stored
from assessment.storage.record import Record
from assessment.training.onboarding import plan_rules
from assessment.training.plan_proposal import propose


def propose_in(connection: Connection, house: House, application_id: str, *, actor: Actor, now: datetime) -> int:
    """Make the first version for somebody who is hired, within another verb's transaction; returns the newest number.

    Where there is a plan already it stays as it is. Whoever leads the person is told that it is there to look at.
    """
    row = require_newcomer(connection, actor, application_id)
    stored.hold(connection, application_id)
    there = stored.newest(connection, application_id)
    if there is not None:
        return int(there.number)
    today = organisation_in(connection, actor.organisation_id).day(now)
    starts_on = offered_days(connection, house, [application_id]).get(application_id, today)
    sources = plan_sources(connection, house, row)
    known = known_modules(connection, house, actor.organisation_id)
    plan = propose(
        row.role,
        rules=plan_rules(),
        modules={id_: own.key for id_, own in known.items()},
        matches=sources.matches,
        scenes=sources.scenes,
        talk=sources.talk,
        starts_on=starts_on,
        from_day=max((today - starts_on).days + 1, 1),
    )
    number = keep_in(connection, house, application_id, plan, author="system", now=now)
    audit.append(
        connection,
        actor.organisation_id,
        actor=actor.label,
        kind="plan_proposed",
        subject=application_id,
        now=now,
        body={"version": number, "lines": len(plan.lines)},
    )
    if starts_on >= today:
        _tell_leads(connection, house, row, starts_on, actor=actor, now=now)
    return number


def propose_plan(house: House, application_id: str, *, actor: Actor, now: datetime) -> int:
    """The same for somebody who was hired before there were plans."""
    require(actor)
    with house.database.write() as connection:
        return propose_in(connection, house, application_id, actor=actor, now=now)


def _tell_leads(
    connection: Connection, house: House, row: Record, starts_on: date, *, actor: Actor, now: datetime
) -> None:
    leads = [own.account_id for own in assignments.of_application(connection, row.id) if own.duty == "supervisor"]
    for account_id in dict.fromkeys((row.owner_id, *leads)):
        tell_staff(
            connection,
            house,
            account_id,
            "manager_new_person",
            key=f"plan_ready:{row.id}:{account_id}",
            values={
                "candidate_name": house.vault.open(row.name_sealed),
                "role_title": row.title,
                "start_date": said(starts_on, "en"),
                "link": f"{house.base_url}/newcomer?application={row.id}",
            },
            application_id=row.id,
            actor=actor,
            now=now,
        )
