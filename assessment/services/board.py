"""The applications of an opening by stage; within a stage by how long they stand there, never by fit."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from assessment.errors import UnknownIdError
from assessment.roles.stage_template import StageTemplate
from assessment.services.actor import Actor, require
from assessment.services.house import House
from assessment.services.shortlist import Row, list_candidates
from assessment.services.stage_templates import stage_template_in
from assessment.services.stages import BY_HAND, OPEN_STAGES
from assessment.storage import booked, vacancies
from assessment.storage.clock import moment

MOST_CARDS = 25


@dataclass(frozen=True)
class Column:
    """One stage: the people who stand there longest, and how many there are in all."""

    stage: str
    name: str
    days: int | None
    to_do: str
    cards: tuple[Row, ...]
    count: int
    overdue: int

    @property
    def more(self) -> int:
        return self.count - len(self.cards)


@dataclass(frozen=True)
class Board:
    """`columns` are under way, `ended` are over; `interviews` say when, by application, in the slot's own time zone."""

    template: StageTemplate
    columns: tuple[Column, ...]
    ended: tuple[tuple[str, str, int], ...]
    interviews: dict[str, datetime]

    @property
    def targets(self) -> tuple[str, ...]:
        """Where people can be moved by hand, in order."""
        return tuple(stage for stage in self.template.used if stage in BY_HAND)

    def next_stage(self, stage: str) -> str | None:
        """The stage after one that people have read up to; None where a decision, or the candidate, comes next."""
        after = [target for target in self.targets if BY_HAND.index(target) > BY_HAND.index("to_read")]
        if stage not in BY_HAND or BY_HAND.index(stage) < BY_HAND.index("to_read"):
            return None
        return next((target for target in after if BY_HAND.index(target) > BY_HAND.index(stage)), None)


def board(house: House, vacancy_id: str, *, actor: Actor, now: datetime) -> Board:
    """Every stage of an opening that is used or where somebody stands."""
    require(actor)
    rows = list_candidates(house, vacancy_id, actor=actor, now=now)
    with house.database.read() as connection:
        vacancy = vacancies.one(connection, vacancy_id, organisation_id=actor.organisation_id)
        if vacancy is None:
            raise UnknownIdError("vacancy", vacancy_id)
        template = stage_template_in(connection, house, actor.organisation_id, vacancy.role)
        times = {
            row.application_id: moment(row.starts_at).astimezone(ZoneInfo(row.time_zone))
            for row in booked.interview_times(connection, vacancy_id)
        }
    standing: dict[str, list[Row]] = {rule.id: [] for rule in template.stages}
    for row in rows:
        standing[row.stage].append(row)
    columns = [
        _column(template, stage, standing[stage]) for stage in OPEN_STAGES if template.is_used(stage) or standing[stage]
    ]
    ended = [(rule.id, rule.name, len(standing[rule.id])) for rule in template.stages if rule.id not in OPEN_STAGES]
    return Board(template, tuple(columns), tuple(ended), times)


def _column(template: StageTemplate, stage: str, rows: list[Row]) -> Column:
    longest = sorted(rows, key=lambda row: (row.stage_since, row.application_id))
    return Column(
        stage,
        template.name(stage),
        template.days(stage),
        template.to_do(stage),
        tuple(longest[:MOST_CARDS]),
        len(rows),
        sum(row.overdue for row in rows),
    )
