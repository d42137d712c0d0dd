"""Who stands before whom: the order of an opening, as its list shows it, among those nobody decided about yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from assessment.services.house import House
from assessment.services.shortlist import BAND_ORDER, STATE_ORDER, opened_name, state_of
from assessment.services.versions import norms_of
from assessment.storage import applications, redirects, stages
from assessment.storage.clock import moment
from assessment.storage.record import Record

UNDECIDED = ("to_read", "interview", "decision")


@dataclass(frozen=True)
class Before:
    """Somebody who comes first in the order of the opening and is not decided yet."""

    application_id: str
    name: str
    stage: str
    waiting_days: int


@dataclass(frozen=True)
class Order:
    """`by_band`: by band, then by time waiting; else by time waiting alone, while norms are provisional."""

    by_band: bool
    before: tuple[Before, ...]


def order_of(connection: Connection, house: House, vacancy_id: str, application_id: str, *, now: datetime) -> Order:
    """Who of an opening comes before an application: the same order as the list of candidates."""
    rows = applications.of_vacancy(connection, vacancy_id)
    stage = {row.id: row.stage for row in stages.board(connection, vacancy_id)}
    by_band = _by_band(connection, rows)
    ordered = sorted(rows, key=lambda row: _place(row, by_band=by_band, now=now))
    place = next((at for at, row in enumerate(ordered) if row.id == application_id), 0)
    asked = redirects.waiting_in(connection, vacancy_id)  # about another job: these do not wait for us
    waiting = [row for row in ordered[:place] if stage[row.id] in UNDECIDED and row.id not in asked]
    return Order(
        by_band,
        tuple(
            Before(row.id, opened_name(house, row.name_sealed), stage[row.id], max((now - _since(row)).days, 0))
            for row in waiting
        ),
    )


def _by_band(connection: Connection, rows: Sequence[Record]) -> bool:
    """As the list does: bands order it when everybody who finished stands in norms that rest on people."""
    norms = {row.norms_id for row in rows if row.band is not None}
    return bool(norms) and all(norms_of(connection, id_).kind != "provisional" for id_ in norms)


def _place(row: Record, *, by_band: bool, now: datetime) -> tuple[int, int, float, str]:
    state = state_of(row.status, started=row.started_at is not None, expires_at=row.expires_at, now=now)
    band = BAND_ORDER.index(row.band) if by_band and row.band is not None else 0
    return STATE_ORDER.index(state), band, _since(row).timestamp(), row.id


def _since(row: Record) -> datetime:
    return moment(row.finished_at or row.created_at)
