"""One application's way through the stages, in words: who moved it, when and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from assessment.errors import UnknownIdError
from assessment.roles.stage_template import StageTemplate
from assessment.services.actor import Actor, require
from assessment.services.house import House
from assessment.services.organisation import organisation_in
from assessment.services.shortlist import opened_name
from assessment.services.stage_templates import stage_template_in
from assessment.services.stages import BY_HAND, can_undo
from assessment.storage import accounts, applications
from assessment.storage import stages as stored
from assessment.storage.clock import moment
from assessment.storage.record import Record

DECIDED = ("decision", "offer", "hired", "not_taken", "redirected")


@dataclass(frozen=True)
class PastMove:
    """One move; `at` is on the organisation's clock."""

    words: str
    by: str
    because: str
    at: datetime


@dataclass(frozen=True)
class StageHistory:
    """`targets`: where it can be moved by hand, stage → name; `undo`: the move that can be taken back, if any."""

    stage: str
    name: str
    to_do: str
    days: int
    overdue: bool
    targets: dict[str, str]
    moves: tuple[PastMove, ...]
    undo: str | None

    @property
    def decided(self) -> bool:
        """Whether the page “Decision” has something to say about it."""
        return self.stage in DECIDED


def stage_history(house: House, application_id: str, *, actor: Actor, now: datetime) -> StageHistory:
    """Where an application stands, for how long, and every move that brought it there, oldest first."""
    require(actor)
    with house.database.read() as connection:
        row = applications.one(connection, application_id, organisation_id=actor.organisation_id)
        if row is None:
            raise UnknownIdError("application", application_id)
        template = stage_template_in(connection, house, actor.organisation_id, row.role)
        zone = organisation_in(connection, actor.organisation_id).zone
        moves = stored.moves_of(connection, application_id)
        past = tuple(
            PastMove(
                _words(move, template),
                _who(connection, house, move.actor),
                house.vault.open(move.because_sealed) if move.because_sealed else "",
                moment(move.at).astimezone(zone),
            )
            for move in moves
        )
    since = moment(row.stage_since or row.created_at)
    allowed = template.days(row.stage)
    by_hand = row.stage in BY_HAND
    targets = [s for s in template.used if s in BY_HAND and s != row.stage] if by_hand else []
    return StageHistory(
        row.stage,
        template.name(row.stage),
        template.to_do(row.stage),
        max((now - since).days, 0),
        allowed is not None and now - since > timedelta(days=allowed),
        {s: template.name(s) for s in targets},
        past,
        _undo(moves, now=now),
    )


def _words(move: Record, template: StageTemplate) -> str:
    to = template.name(move.to_stage)
    if move.from_stage is None:
        return to
    return f"Back to {to}, a move was undone" if move.undoes else f"{template.name(move.from_stage)} → {to}"


def _who(connection: Connection, house: House, label: str) -> str:
    """Whoever moved it, as a person reads it; a candidate's own doing and the house's are called so."""
    if label.startswith("candidate:"):
        return "by the candidate’s own doing"
    if label.startswith("token:"):
        return "by a connected system"
    row = accounts.by_id(connection, label)
    return opened_name(house, row.name_sealed) if row else "Carefit"


def _undo(moves: Sequence[Record], *, now: datetime) -> str | None:
    if not moves:
        return None
    last = moves[-1]
    mine = can_undo(last.from_stage, last.to_stage, by=last.actor, at=moment(last.at), undoes=last.undoes, now=now)
    return str(last.id) if mine else None
