"""How the first 90 days go, seen from both sides: means over a day's lines, and where the two see things alike or not.

A mean here is over lines of one scale on one day, with how many and from where to where; the lines differ from day to
day, so it says how the start goes, never how good a person is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from assessment.services.actor import Actor, require
from assessment.services.check_in import CheckIn, is_readable, opened, readable_from
from assessment.services.first_days import LEADS, require_newcomer
from assessment.services.house import House
from assessment.services.organisation import Organisation, organisation_in
from assessment.services.profiles import author_name
from assessment.services.shortlist import opened_name
from assessment.storage import check_ins as stored
from assessment.training.check_in import DAYS, SIDES, Side, check_in_form, check_in_key

LARGE = 2  # steps of the scale between the two sides, on the same thing


@dataclass(frozen=True)
class SideMean:
    """Mean of the lines somebody answered on a day, 1 to 5, over `n` of them, from `low` to `high`."""

    mean: float
    n: int
    low: int
    high: int


@dataclass(frozen=True)
class Pair:
    """Two lines about the same thing; a large difference is something to talk about, whoever is right."""

    day: int
    newcomer_line: str
    manager_line: str
    newcomer: int
    manager: int

    @property
    def apart(self) -> int:
        return abs(self.newcomer - self.manager)

    @property
    def is_large(self) -> bool:
        return self.apart >= LARGE


@dataclass(frozen=True)
class SideView:
    """One side of one day; `mean` None while nothing was answered. `lines`: what was asked, with the answer in words."""

    check_in: CheckIn
    by: str
    mean: SideMean | None
    lines: tuple[tuple[str, str], ...]
    question: str  # what the free line answers


@dataclass(frozen=True)
class DayView:
    """`newcomer` None while the answers may not be read; they can be from `readable_from` at the latest.

    late : the manager answered when the newcomer's answers could be read already
    """

    day: int
    due_on: date
    newcomer: SideView | None
    manager: SideView
    pairs: tuple[Pair, ...]
    newcomer_asked_at: datetime | None
    newcomer_answered_at: datetime | None
    wants_talk: bool
    readable_from: date | None
    late: bool


@dataclass(frozen=True)
class Trends:
    application_id: str
    name: str
    title: str
    days: tuple[DayView, ...]

    @property
    def pairs(self) -> tuple[Pair, ...]:
        return tuple(pair for day in self.days for pair in day.pairs)


def side_mean(answers: Mapping[str, int | None]) -> SideMean | None:
    """
    >>> side_mean({"tools": 2, "welcome": 5, "role": None})
    SideMean(mean=3.5, n=2, low=2, high=5)
    """
    given = [value for value in answers.values() if value is not None]
    return SideMean(sum(given) / len(given), len(given), min(given), max(given)) if given else None


def pairs_of(newcomer: CheckIn, manager: CheckIn, *, role: str) -> tuple[Pair, ...]:
    """What both have answered about the same thing on a day, in the order asked."""
    forms = {side: check_in_form(newcomer.day, side, role=role, language="en") for side in SIDES}
    said = {side: {item.id: item.text for item in form.items} for side, form in forms.items()}
    mine, theirs = newcomer.given, manager.given
    return tuple(
        Pair(newcomer.day, said["newcomer"][one], said["manager"][other], mine[one], theirs[other])
        for one, other in check_in_key().day(newcomer.day).pairs
        if one in mine and other in theirs
    )


def trends(house: House, application_id: str, *, actor: Actor, now: datetime) -> Trends:
    """Both sides of every check-in of a newcomer, for those who lead them; empty while no day is set."""
    require(actor, *LEADS)
    with house.database.read() as connection:
        row = require_newcomer(connection, actor, application_id)
        organisation = organisation_in(connection, actor.organisation_id)
        today = organisation.day(now)
        known = {(r.day, r.side): opened(house, r) for r in stored.of_application(connection, application_id)}
        by = {id_: author_name(connection, house, id_) for id_ in {c.answered_by for c in known.values()} if id_}
    name = opened_name(house, row.name_sealed)
    days = []
    for day in DAYS:
        if any((day, side) not in known for side in SIDES):
            continue
        newcomer, manager = known[day, "newcomer"], known[day, "manager"]
        shown = is_readable(newcomer, manager, today)
        first = readable_from(newcomer, manager)
        days.append(
            DayView(
                day=day,
                due_on=newcomer.due_on,
                newcomer=_view(newcomer, name, role=row.role) if shown else None,
                manager=_view(manager, by.get(manager.answered_by, ""), role=row.role),
                pairs=pairs_of(newcomer, manager, role=row.role) if shown else (),
                newcomer_asked_at=newcomer.asked_at,
                newcomer_answered_at=newcomer.answered_at,
                wants_talk=newcomer.wants_talk,
                readable_from=None if shown else first,
                late=_late(newcomer, manager, organisation),
            )
        )
    return Trends(application_id, name, row.title, tuple(days))


def scale_words(value: int | None, scale: Sequence[tuple[int, str]], no_answer: str) -> str:
    return no_answer if value is None else dict(scale).get(value, str(value))


def _view(check_in: CheckIn, by: str, *, role: str) -> SideView:
    side: Side = check_in.side
    form = check_in_form(check_in.day, side, role=role, language="en")
    said = {item.id: item.text for item in form.items}
    lines = tuple(
        (said.get(line, line), scale_words(value, form.scale, form.no_answer))
        for line, value in check_in.answers.items()
    )
    return SideView(check_in, by, side_mean(check_in.answers), lines, form.open)


def _late(newcomer: CheckIn, manager: CheckIn, organisation: Organisation) -> bool:
    """Whether the manager could have read the newcomer's answers before giving their own."""
    if newcomer.answered_at is None or manager.answered_at is None:
        return False
    could = organisation.day(manager.answered_at) >= newcomer.readable_on
    return could and newcomer.answered_at < manager.answered_at
