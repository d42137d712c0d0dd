"""Where an application stands: from invited to hired, every move with who and when, and a way back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, get_args

from sqlalchemy import Connection

from assessment.errors import NotAllowedError, SheetError, UnknownIdError
from assessment.services.actor import Actor, require
from assessment.services.house import House
from assessment.services.stage_templates import stage_template_in
from assessment.services.webhooks import announce
from assessment.storage import audit, decisions
from assessment.storage import stages as stored
from assessment.storage.clock import moment
from assessment.storage.record import Record

Stage = Literal[
    "invited",
    "answering",
    "to_read",
    "interview",
    "decision",
    "offer",
    "hired",
    "not_taken",
    "withdrawn",
    "redirected",
]
STAGES: tuple[Stage, ...] = get_args(Stage)
OPEN_STAGES: tuple[Stage, ...] = STAGES[:6]
BY_HAND: tuple[Stage, ...] = ("invited", "answering", "to_read", "interview", "decision")
UNDO_FOR = timedelta(hours=24)
MOST_AT_ONCE = 500  # one transaction, during which nobody else can save anything
TOLD_FIRST = ("offer", "not_taken")  # nobody outside hears of it before the person does
_ONLY_BY = {
    "offer": "An offer is made on the page “Decision”, with reasons.",
    "not_taken": "Nobody is refused by a click: please write your reasons on the page “Decision”.",
    "redirected": "Another job is proposed on the page “Decision”; the person has to agree.",
    "hired": "Somebody is hired when the offer is accepted, on the page “Decision”.",
    "withdrawn": "Only the person can withdraw an application.",
}


@dataclass(frozen=True)
class Move:
    id: str
    from_stage: str | None
    to_stage: str
    by: str
    because: str
    at: datetime
    undoes: str | None


def move(
    house: House, application_ids: Sequence[str], to: str, *, because: str = "", actor: Actor, now: datetime
) -> tuple[str, ...]:
    """Move applications to a stage that is worked by hand; all of them or none. Returns the moves, to undo them.

    Raises
    ------
    NotAllowedError : the stage is reached only by a decision, an answer or the person's own doing
    """
    require(actor)
    if to not in STAGES:
        raise UnknownIdError("stage", to, STAGES)
    if to not in BY_HAND:
        raise NotAllowedError(_ONLY_BY[to])
    if len(application_ids) > MOST_AT_ONCE:
        raise SheetError(f"Please move {MOST_AT_ONCE} people at a time, or fewer.")
    if len(because) > 2000:
        raise SheetError("Please keep the reason to 2,000 characters.")
    moves = []
    with house.database.write() as connection:
        for application_id in application_ids:
            row = stored.current(connection, application_id, organisation_id=actor.organisation_id)
            if row is None:
                raise UnknownIdError("application", application_id)
            unanswered = row.stage in ("invited", "answering") and to in ("interview", "decision")
            if unanswered and not because.strip():
                raise NotAllowedError(
                    "Somebody among them has not handed in yet. If they go on without the questionnaire, please write why."
                )
            if row.stage not in BY_HAND:
                raise NotAllowedError(
                    f"This application is {row.stage.replace('_', ' ')}; open its page to change that."
                )
            template = stage_template_in(connection, house, actor.organisation_id, row.role)
            if not template.is_used(to):
                raise NotAllowedError(f"This role goes without the stage “{template.name(to)}”.")
            if moved := move_in(connection, house, application_id, to, because=because, actor=actor, now=now):
                moves.append(moved)
    return tuple(moves)


def move_in(
    connection: Connection,
    house: House,
    application_id: str,
    to: str,
    *,
    because: str = "",
    only_from: Sequence[str] = (),
    undoes: str | None = None,
    actor: Actor,
    now: datetime,
) -> str | None:
    """The move itself, within the transaction of the verb that brings it about; None when there is nothing to move.

    `only_from`: move only somebody who stands in one of these stages.
    """
    row = stored.current(connection, application_id, organisation_id=actor.organisation_id)
    if row is None:
        raise UnknownIdError("application", application_id)
    if row.stage == to or (only_from and row.stage not in only_from):
        return None
    id_ = stored.move(
        connection,
        application_id,
        from_stage=row.stage,
        to_stage=to,
        actor=actor.label,
        because_sealed=house.vault.seal(because.strip()) if because.strip() else None,
        undoes=undoes,
        now=now,
    )
    _tell(
        connection,
        application_id,
        row.stage,
        to,
        move=id_,
        undoes=undoes,
        vacancy_id=row.vacancy_id,
        actor=actor,
        now=now,
    )
    return id_


def begin_in(connection: Connection, application_id: str, *, vacancy_id: str, actor: Actor, now: datetime) -> None:
    """The first move of an application that was just made."""
    id_ = stored.move(
        connection,
        application_id,
        from_stage=None,
        to_stage="invited",
        actor=actor.label,
        because_sealed=None,
        undoes=None,
        now=now,
    )
    _tell(connection, application_id, None, "invited", move=id_, vacancy_id=vacancy_id, actor=actor, now=now)


def stage_before(connection: Connection, application_id: str) -> str:
    """Where an application stood before its last move."""
    last = stored.moves_of(connection, application_id)[-1:]
    return last[0].from_stage or "invited" if last else "invited"


def undo(house: House, *move_ids: str, actor: Actor, now: datetime) -> None:
    """Take back the last move of an application, or of several at once, within a day; every move stays in the record.

    Raises
    ------
    NotAllowedError : it is not the last one, is too old, or was not made by hand
    """
    require(actor)
    with house.database.write() as connection:
        for move_id in move_ids:
            _undo(connection, house, move_id, actor=actor, now=now)


def _undo(connection: Connection, house: House, move_id: str, *, actor: Actor, now: datetime) -> None:
    found = stored.one_move(connection, move_id)
    row = stored.current(connection, found.application_id, organisation_id=actor.organisation_id) if found else None
    if found is None or row is None:
        raise UnknownIdError("move", move_id)
    last = stored.moves_of(connection, found.application_id)[-1]
    if last.id != move_id:
        raise NotAllowedError("Something happened since, so this cannot be undone. Move the person instead.")
    if not can_undo(
        found.from_stage, found.to_stage, by=found.actor, at=moment(found.at), undoes=found.undoes, now=now
    ):
        by_hand = "Only a move that was made by hand can be undone."
        late = "A move can be undone for a day. Move the person instead."
        raise NotAllowedError(late if now - moment(found.at) > UNDO_FOR else by_hand)
    move_in(connection, house, found.application_id, found.from_stage, undoes=move_id, actor=actor, now=now)
    stored.stands_since(
        connection, found.application_id, _stood_since(stored.moves_of(connection, found.application_id))
    )


def _stood_since(rows: Sequence[Record]) -> str:
    """Since when an application stands where it stands, as if moves that were taken back had not been made."""
    undone = {row.undoes for row in rows if row.undoes}
    kept = [row for row in rows if row.undoes is None and row.id not in undone]
    return str(kept[-1].at)


def can_undo(
    from_stage: str | None, to_stage: str, *, by: str, at: datetime, undoes: str | None, now: datetime
) -> bool:
    """Whether a last move was made by hand within a day."""
    by_hand = to_stage in BY_HAND and from_stage in BY_HAND and undoes is None
    return by_hand and not by.startswith(("candidate:", "system", "token:")) and now - at <= UNDO_FOR


def moves(house: House, application_id: str, *, actor: Actor) -> tuple[Move, ...]:
    """Every move of an application, oldest first."""
    require(actor)
    with house.database.read() as connection:
        if stored.current(connection, application_id, organisation_id=actor.organisation_id) is None:
            raise UnknownIdError("application", application_id)
        rows = stored.moves_of(connection, application_id)
    return tuple(
        Move(
            row.id,
            row.from_stage,
            row.to_stage,
            row.actor,
            house.vault.open(row.because_sealed) if row.because_sealed else "",
            moment(row.at),
            row.undoes,
        )
        for row in rows
    )


def _tell(
    connection: Connection,
    application_id: str,
    before: str | None,
    after: str,
    *,
    move: str,
    undoes: str | None = None,
    vacancy_id: str,
    actor: Actor,
    now: datetime,
) -> None:
    audit.append(
        connection,
        actor.organisation_id,
        actor=actor.label,
        kind="stage_moved",
        subject=application_id,
        now=now,
        body={"from": before, "to": after, "move": move, "vacancy": vacancy_id, "undoes": undoes},
    )
    said_before, said_after = (_said(connection, application_id, stage, actor) for stage in (before, after))
    if (before, after) != (said_before, said_after) and "withdrawn" not in (before, after):
        return
    _announce(
        connection, application_id, said_before, said_after, move=move, vacancy_id=vacancy_id, actor=actor, now=now
    )


def announce_told(connection: Connection, application_id: str, outcome: str, *, actor: Actor, now: datetime) -> None:
    """Announce the move that a decision brought about, now that the person is told of it."""
    row = stored.current(connection, application_id, organisation_id=actor.organisation_id)
    moves_there = [m for m in stored.moves_of(connection, application_id) if m.to_stage == outcome]
    if outcome not in TOLD_FIRST or row is None or row.stage != outcome or not moves_there:
        return
    last = moves_there[-1]
    before = "decision" if last.from_stage == "withdrawn" else last.from_stage  # as it was told when they went on
    _announce(
        connection, application_id, before, outcome, move=last.id, vacancy_id=row.vacancy_id, actor=actor, now=now
    )


def _said(connection: Connection, application_id: str, stage: str | None, actor: Actor) -> str | None:
    """A stage as others hear of it: one that the person was not told of is still a decision to be made."""
    if stage not in TOLD_FIRST:
        return stage
    told = decisions.was_told(connection, application_id, stage, organisation_id=actor.organisation_id)
    return "decision" if told is False else stage


def _announce(
    connection: Connection,
    application_id: str,
    before: str | None,
    after: str | None,
    *,
    move: str,
    vacancy_id: str,
    actor: Actor,
    now: datetime,
) -> None:
    body = {"application": application_id, "vacancy": vacancy_id, "from": before, "to": after, "move": move}
    announce(connection, actor.organisation_id, "stage_moved", body, now=now)
