"""Plans as they are kept: sealed, version by version, and with the words of one language put to them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import Connection

from assessment.services.check_in_dates import set_dates_in
from assessment.services.house import House
from assessment.services.own_modules import KnownModule, modules_of
from assessment.storage import plans as stored
from assessment.storage.clock import moment
from assessment.storage.record import Record
from assessment.training.onboarding import plan_rules, plan_wording
from assessment.training.plan import Plan, PlanLine
from assessment.training.plan_words import line_text

_PLAN = TypeAdapter(Plan)


@dataclass(frozen=True)
class KeptPlan:
    """One version; `author` as the event log names them."""

    id: str
    number: int
    plan: Plan
    author: str
    at: datetime
    shared_at: datetime | None


def newest_in(connection: Connection, house: House, application_id: str, *, shared: bool = False) -> KeptPlan | None:
    """The newest version, or the newest that the newcomer may read."""
    row = stored.newest(connection, application_id, shared=shared)
    return opened(house, row) if row is not None else None


def opened(house: House, row: Record) -> KeptPlan:
    plan = _PLAN.validate_json(house.vault.open(row.body_sealed))
    shared = moment(row.shared_at) if row.shared_at else None
    return KeptPlan(row.id, row.number, plan, row.author, moment(row.created_at), shared)


def keep_in(
    connection: Connection, house: House, application_id: str, plan: Plan, *, author: str, now: datetime
) -> int:
    """Keep a version and let the days of the check-ins follow its first day; returns its number."""
    body = house.vault.seal(_PLAN.dump_json(plan).decode())
    number = stored.add(
        connection, application_id, starts_on=plan.starts_on.isoformat(), body=body, author=author, now=now
    )
    set_dates_in(connection, application_id, starts_on=plan.starts_on, works_on=plan.works_on)
    return number


def known_modules(connection: Connection, house: House, organisation_id: str) -> dict[str, KnownModule]:
    """Modules that may be put into a plan."""
    return {id_: known for id_, known in modules_of(connection, house, organisation_id).items() if not known.retired}


def texts_in(
    connection: Connection, house: House, organisation_id: str, role: str, language: str
) -> Callable[[PlanLine], str]:
    """What lines say in a language; what has no words in it is said in English."""
    known = modules_of(connection, house, organisation_id)
    rules, words = plan_rules(), plan_wording(language)

    def text(line: PlanLine) -> str:
        named = known.get(line.ref) if line.what == "module" else None
        titles = {named.id: named.in_language(language).title} if named else {}
        return line_text(line, role, rules=rules, words=words, titles=titles)

    return text
