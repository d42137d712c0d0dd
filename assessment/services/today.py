"""What waits for whom: the first screen of an HR manager's day."""

from dataclasses import dataclass
from datetime import datetime

from assessment.services import (
    early_warnings,
    engagements,
    hire_checks,
    inquiries,
    mentions,
    newcomers,
    outbox,
    sign_off,
)
from assessment.services.actor import Actor, require
from assessment.services.house import House
from assessment.services.ledger import Spent, ledger_in
from assessment.services.next_steps import next_steps
from assessment.services.outcome_due import ratings_due
from assessment.services.to_do import ToDo
from assessment.services.vacancies import Counts, Vacancy, list_vacancies
from assessment.storage import audit, said


@dataclass(frozen=True)
class Today:
    """`days_to_hire` is the median over all hires; `spent` and `currency` are of the whole house."""

    waiting_on_you: tuple[ToDo, ...]
    waiting_on_candidates: tuple[ToDo, ...]
    vacancies: tuple[Vacancy, ...]
    counts: Counts
    days_to_hire: float | None
    hires: int
    spent: Spent
    currency: str

    @property
    def overdue(self) -> tuple[ToDo, ...]:
        return tuple(task for task in self.waiting_on_you if task.overdue)


def today(house: House, *, actor: Actor, now: datetime) -> Today:
    """Everything that waits, what is due first; what colleagues who are away would do is marked as theirs."""
    require(actor)
    open_ones = tuple(v for v in list_vacancies(house, actor=actor, now=now) if v.closed_at is None)
    steps = next_steps(house, actor=actor, now=now)
    mine = [
        *steps.on_us,
        *sign_off.tasks_for(house, actor=actor, now=now),
        *inquiries.tasks_for(house, actor=actor, now=now),
        *hire_checks.tasks_for(house, actor=actor, now=now),
        *engagements.tasks_for(house, actor=actor, now=now),
        *newcomers.tasks_for(house, actor=actor, now=now),
        *early_warnings.tasks_for(house, actor=actor, now=now),
        *ratings_due(house, actor=actor, now=now),
        *outbox.tasks_for(house, actor=actor, now=now),
        *mentions.tasks_for(house, actor=actor, now=now),
    ]
    mine.sort(key=lambda task: (task.kind != "hire", not task.overdue, task.at, task.title))  # a yes waits first
    with house.database.read() as connection:
        found = ledger_in(connection, house, actor.organisation_id, now=now)
    return Today(
        tuple(mine),
        steps.on_candidates,
        open_ones,
        Counts(*(sum(getattr(v.counts, f) for v in open_ones) for f in Counts.__dataclass_fields__)),
        found.days_to_hire,
        found.hires,
        found.spent,
        found.rates.currency,
    )


def settle_adjustment(house: House, adjustment_id: str, *, actor: Actor, now: datetime) -> None:
    """Somebody has seen to it that the person can answer in another way."""
    require(actor)
    with house.database.write() as connection:
        if adjustment_id in [a.id for a in said.open_adjustments(connection, actor.organisation_id)]:
            said.settle_adjustment(connection, adjustment_id, now=now)
            audit.append(
                connection,
                actor.organisation_id,
                actor=actor.label,
                kind="adjustment_settled",
                subject=adjustment_id,
                now=now,
            )
