"""The plan of somebody's first 90 days: changed by whoever leads them, kept in versions, shared with the newcomer.

Supervisors work on what is to be done and when. Why it is there is for HR: it would tell of the questionnaire.
Beside it: plan_proposing.py (the first version), plan_view.py (what staff see), own_plan.py (what the newcomer sees
and ticks), newcomers.py (the list).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from assessment.errors import NewerVersionError, NotAllowedError, SheetError, UnknownIdError
from assessment.services.actor import Actor, require
from assessment.services.first_days import LEADS, require_newcomer
from assessment.services.here_still import require_here
from assessment.services.house import House
from assessment.services.kept_plans import KeptPlan, keep_in, known_modules, newest_in, opened, texts_in
from assessment.services.organisation import organisation_in
from assessment.services.profiles import author_name
from assessment.services.telling import said, tell_candidate
from assessment.storage import assignments, audit
from assessment.storage import plans as stored
from assessment.storage.clock import new_id
from assessment.storage.record import Record
from assessment.training.onboarding import plan_rules
from assessment.training.plan import Plan
from assessment.training.plan_changes import changes
from assessment.training.plan_edit import PlanEdit, edited, without_dropped, without_unchanged

LONGEST_AGO = timedelta(days=366)
MINUTES_TO_READ = "5"
NOTHING_TO_BRING = {"en": "nothing special", "es": "nada en especial"}


@dataclass(frozen=True)
class PlanVersion:
    """One version; `changes` against the one before, in sentences."""

    number: int
    by: str
    at: datetime
    shared_at: datetime | None
    changes: tuple[str, ...]


def save_plan(
    house: House,
    application_id: str,
    edit: PlanEdit,
    *,
    based_on: int,
    typed_on: int | None = None,
    actor: Actor,
    now: datetime,
) -> int:
    """Set changes on the newest version and keep that as a new one; returns its number. Nothing changed keeps nothing.

    based_on : the version that was on the screen
    typed_on : where the changes were typed on an older one, which; only what was changed there is set

    Raises
    ------
    NewerVersionError : somebody saved in the meantime; says who and what, and nothing is saved
    NotAllowedError : a supervisor would change why something is there
    """
    require(actor, *LEADS)
    with house.database.write() as connection:
        row = require_newcomer(connection, actor, application_id)
        if actor.role == "supervisor" and edit.touches_reasons:
            raise NotAllowedError("Why something is in the plan is a matter of HR. You can add, change and drop lines.")
        newest = _newest(connection, house, row, based_on)
        today = organisation_in(connection, actor.organisation_id).day(now)
        if edit.starts_on is not None and abs(edit.starts_on - today) > LONGEST_AGO:
            raise SheetError("The first day is to be within a year from today.")
        if typed_on is not None and typed_on != newest.number:
            older = _version(connection, house, application_id, typed_on).plan
            text = texts_in(connection, house, actor.organisation_id, row.role, "en")
            edit = without_dropped(without_unchanged(edit, older), older, newest.plan, text)
        plan = edited(
            newest.plan,
            edit,
            rules=plan_rules(),
            modules=known_modules(connection, house, actor.organisation_id),
            by=actor.label,
            today=today,
            new_id=new_id(),
        )
        if plan == newest.plan:
            return newest.number
        return _keep(connection, house, application_id, plan, "plan_changed", actor=actor, now=now)


def take_back_to(house: House, application_id: str, number: int, *, based_on: int, actor: Actor, now: datetime) -> int:
    """Take an earlier version up again, as a new one: nothing is lost, and this can be taken back in turn."""
    require(actor, *LEADS)
    with house.database.write() as connection:
        row = require_newcomer(connection, actor, application_id)
        newest = _newest(connection, house, row, based_on)
        earlier = _version(connection, house, application_id, number)
        if earlier.plan == newest.plan:
            return newest.number
        return _keep(
            connection, house, application_id, earlier.plan, "plan_taken_back", actor=actor, now=now, earlier=number
        )


def share(house: House, application_id: str, *, based_on: int, actor: Actor, now: datetime) -> None:
    """Let the newcomer see the plan as it stands. Again is harmless.

    The first time they are welcomed, if their first day is still to come; of later changes they hear once a day at most.
    """
    require(actor, *LEADS)
    with house.database.write() as connection:
        row = require_newcomer(connection, actor, application_id)
        newest = _newest(connection, house, row, based_on)
        if newest.shared_at is not None:
            return
        require_here(connection, actor, application_id, now=now)
        today = organisation_in(connection, actor.organisation_id).day(now)
        first = stored.newest(connection, application_id, shared=True) is None
        if first and newest.plan.starts_on >= today:
            _welcome(connection, house, row, newest.plan, actor=actor, now=now)
        else:
            key = f"plan_changed:{application_id}:{today.isoformat()}"
            tell_candidate(connection, house, application_id, "plan_changed", key=key, actor=actor, now=now)
        stored.share(connection, newest.id, now=now)
        _log(connection, actor, "plan_shared", application_id, now, version=newest.number)


def versions(house: House, application_id: str, *, actor: Actor) -> tuple[PlanVersion, ...]:
    """Every version, the newest first, with what it changed and who made it."""
    require(actor, *LEADS)
    with house.database.read() as connection:
        row = require_newcomer(connection, actor, application_id)
        kept = [opened(house, own) for own in stored.of_application(connection, application_id)]
        text = texts_in(connection, house, actor.organisation_id, row.role, "en")
        found = [
            PlanVersion(
                own.number,
                author_name(connection, house, own.author),
                own.at,
                own.shared_at,
                changes(kept[n - 1].plan, own.plan, text) if n else ("Proposed",),
            )
            for n, own in enumerate(kept)
        ]
    return tuple(reversed(found))


def _newest(connection: Connection, house: House, row: Record, based_on: int) -> KeptPlan:
    """The newest version, held, when it is the one that was on the screen."""
    stored.hold(connection, row.id)
    newest = newest_in(connection, house, row.id)
    if newest is None:
        raise NotAllowedError("There is no plan yet.")
    if newest.number == based_on:
        return newest
    text = texts_in(connection, house, row.organisation_id, row.role, "en")
    said_changes = changes(_version(connection, house, row.id, based_on).plan, newest.plan, text)
    what = "; ".join(said_changes[:3]) + (f"; and {len(said_changes) - 3} more" if len(said_changes) > 3 else "")
    by = author_name(connection, house, newest.author)
    raise NewerVersionError(
        f"{by} saved this plan in the meantime. {what}. What you typed is not lost: look at it, then save again.",
        newest.number,
    )


def _version(connection: Connection, house: House, application_id: str, number: int) -> KeptPlan:
    row = stored.one(connection, application_id, number)
    if row is None:
        raise UnknownIdError("version of this plan", str(number))
    return opened(house, row)


def _keep(
    connection: Connection,
    house: House,
    application_id: str,
    plan: Plan,
    kind: str,
    *,
    actor: Actor,
    now: datetime,
    **body: object,
) -> int:
    number = keep_in(connection, house, application_id, plan, author=actor.label, now=now)
    _log(connection, actor, kind, application_id, now, version=number, **body)
    return number


def _welcome(connection: Connection, house: House, row: Record, plan: Plan, *, actor: Actor, now: datetime) -> None:
    """The message before the first day names a buddy, a time and a place, so they must be there."""
    missing = [
        name
        for name, value in (("a buddy", plan.buddy), ("a time", plan.first_time), ("a place", plan.place))
        if not value
    ]
    if missing:
        raise SheetError(f"The welcome message still needs {' and '.join(missing)} for the first day.")
    organisation = organisation_in(connection, actor.organisation_id)
    leads = _supervisors(connection, row.id)
    tell_candidate(
        connection,
        house,
        row.id,
        "onboarding_welcome",
        key=f"onboarding_welcome:{row.id}",
        values={
            "start_date": said(plan.starts_on, row.language),
            "slot": plan.first_time,
            "place": plan.place,
            "bring": plan.bring or NOTHING_TO_BRING.get(row.language, NOTHING_TO_BRING["en"]),
            "buddy_name": plan.buddy,
            "manager_name": house.vault.open(leads[0].name_sealed) if leads else organisation.contact_name,
            "minutes": MINUTES_TO_READ,
        },
        actor=actor,
        now=now,
    )


def _supervisors(connection: Connection, application_id: str) -> list[Record]:
    return [own for own in assignments.of_application(connection, application_id) if own.duty == "supervisor"]


def _log(connection: Connection, actor: Actor, kind: str, subject: str, now: datetime, **body: object) -> None:
    audit.append(connection, actor.organisation_id, actor=actor.label, kind=kind, subject=subject, now=now, body=body)
