"""Rating at day 90 on anchored scales: saved as it is typed, handed in, and then kept as it is.

The ratings are evidence about our hiring. The person rated never sees them, nor do colleagues; raters see only what
they gave themselves, and nothing of any questionnaire.
Beside it: outcome_state.py (how far it is), outcome_days.py (first days, who stayed), outcome_due.py (who is asked when),
leaving.py, feedback.py, outcome_rows.py (a row per hire), outcome_import.py (a file of them).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from assessment.errors import ClosedError, IncompleteError, NotAllowedError, SheetError, UnknownIdError
from assessment.services.actor import STAFF, Actor
from assessment.services.answers import HIGHEST_REV
from assessment.services.first_days import require_newcomer
from assessment.services.house import House
from assessment.services.organisation import organisation_in
from assessment.services.outcome_days import DUE_ON_DAY, OPENS_ON_DAY, Hire, hire_in
from assessment.services.shortlist import opened_name
from assessment.storage import applications, audit
from assessment.storage import outcomes as stored
from assessment.storage.clock import moment, stamp
from assessment.storage.record import Record
from assessment.training.outcome_scales import HIGHEST, LOWEST, NO_CHANCE, OutcomeScales, outcome_scales
from assessment.training.work_days import day_of

LONGEST_NOTE = 4_000
MAY_OPEN_AGAIN = timedelta(hours=24)


@dataclass(frozen=True)
class RatingSheet:
    """One rater's own sheet; `given` has 1 to 5, 0 for no chance to see it, None while it is open.

    opens_on : the first day on which it may be filled in; None while no first day is known
    may_open_again : handed in less than a day ago
    """

    application_id: str
    name: str
    title: str
    first_day: date | None
    day: int | None
    opens_on: date | None
    left_on: date | None
    scales: OutcomeScales
    given: Mapping[str, int | None]
    note: str
    rev: int
    handed_in_at: datetime | None
    is_open: bool
    may_open_again: bool

    @property
    def missing(self) -> tuple[str, ...]:
        """Scales that still wait for a rating."""
        return tuple(id_ for id_, rating in self.given.items() if rating is None)


def rating_sheet(house: House, application_id: str, *, actor: Actor, now: datetime) -> RatingSheet:
    """The own sheet of somebody who leads this person."""
    with house.database.read() as connection:
        return sheet_in(connection, house, rated_hire(connection, house, actor, application_id), actor=actor, now=now)


def save_rating(
    house: House, application_id: str, scale: str, rating: int | None, *, rev: int, actor: Actor, now: datetime
) -> RatingSheet:
    """Keep one rating as it is chosen, and return what stands.

    The same call again changes nothing: a newer rev of the sheet wins, of equal revs the first stands.
    """
    with house.database.write() as connection:
        hire, sheet = _held(connection, house, application_id, actor=actor, now=now)
        if scale not in sheet.given:
            raise UnknownIdError("scale", scale, tuple(sheet.given))
        if rating is not None and (type(rating) is not int or not (rating == NO_CHANCE or LOWEST <= rating <= HIGHEST)):
            raise SheetError(f"A rating is {LOWEST} to {HIGHEST}, or {NO_CHANCE} for no chance to see it.")
        _check_rev(rev)
        if rev <= sheet.rev or sheet.given[scale] == rating:
            return sheet
        given = {**sheet.given, scale: rating}
        _keep(connection, house, hire, given, sheet.note, rev, actor=actor, now=now)
        _log(connection, actor, "outcome_rated", application_id, now, scale=scale, rev=rev)
        return sheet_in(connection, house, hire, actor=actor, now=now)


def save_note(house: House, application_id: str, note: str, *, rev: int, actor: Actor, now: datetime) -> RatingSheet:
    """Keep the free line of the sheet as it is typed, by the same rule."""
    with house.database.write() as connection:
        hire, sheet = _held(connection, house, application_id, actor=actor, now=now)
        if len(note) > LONGEST_NOTE:
            raise SheetError(f"Please keep the note to {LONGEST_NOTE:,} characters.")
        _check_rev(rev)
        if rev <= sheet.rev or sheet.note == note:
            return sheet
        _keep(connection, house, hire, sheet.given, note, rev, actor=actor, now=now)
        _log(connection, actor, "outcome_rated", application_id, now, scale=None, rev=rev)
        return sheet_in(connection, house, hire, actor=actor, now=now)


def hand_in(house: House, application_id: str, *, actor: Actor, now: datetime) -> None:
    """Hand one's own sheet in. Again is harmless.

    Raises
    ------
    IncompleteError : a scale has no rating and was not said to have had no chance
    """
    with house.database.write() as connection:
        hire = rated_hire(connection, house, actor, application_id)
        stored.hold(connection, application_id)
        sheet = sheet_in(connection, house, hire, actor=actor, now=now)
        if sheet.handed_in_at is not None:
            return
        _refuse_closed(sheet)
        if sheet.missing:
            raise IncompleteError(sheet.missing)
        stored.put_sheet(connection, application_id, actor.account_id or "", handed_in_at=stamp(now))
        _log(connection, actor, "outcome_handed_in", application_id, now)


def open_again(house: House, application_id: str, *, actor: Actor, now: datetime) -> None:
    """Take one's own sheet back to put it right, within a day after it was handed in."""
    with house.database.write() as connection:
        hire = rated_hire(connection, house, actor, application_id)
        stored.hold(connection, application_id)
        sheet = sheet_in(connection, house, hire, actor=actor, now=now)
        if sheet.handed_in_at is None:
            return
        if not sheet.may_open_again:
            raise ClosedError("This was handed in more than a day ago, so it stays as it is.")
        stored.put_sheet(connection, application_id, actor.account_id or "", handed_in_at=None)
        _log(connection, actor, "outcome_opened_again", application_id, now)


def may_rate(house: House, application_id: str, *, actor: Actor) -> bool:
    """Whether the actor leads this person, and so is the one to rate."""
    with house.database.read() as connection:
        row = require_newcomer(connection, actor, application_id)
        return actor.account_id in raters_in(connection, [row])[application_id]


def raters_in(connection: Connection, rows: list[Record]) -> dict[str, tuple[str, ...]]:
    """Whoever leads each person: their supervisors, or while there are none, the owner of the opening."""
    supervisors = stored.raters_of(connection, [row.id for row in rows])
    return {row.id: tuple(supervisors[row.id]) or (row.owner_id,) for row in rows}


def rated_hire(connection: Connection, house: House, actor: Actor, application_id: str) -> Hire:
    """The hire, for those who lead the person; HR too rates only then."""
    row = require_newcomer(connection, actor, application_id)
    if actor.account_id is None or actor.account_id not in raters_in(connection, [row])[application_id]:
        who = "their supervisor rates" if actor.role in STAFF else "whoever leads them rates"
        raise NotAllowedError(f"Only {who} this person. Assign yourself as supervisor if you lead them.")
    return hire_in(connection, house, application_id)


def called(connection: Connection, house: House, row: Record, *, masked: bool) -> str:
    """A name, or the number that stands for it while names are masked."""
    if masked:
        return f"Person {applications.number_of(connection, row.id)}"
    return opened_name(house, row.name_sealed)


def ratings_of(row: Record) -> dict[str, int | None]:
    """What a stored sheet gives, by scale."""
    kept = json.loads(row.ratings)
    return {id_: kept.get(id_) for id_ in outcome_scales().ids}


def _held(
    connection: Connection, house: House, application_id: str, *, actor: Actor, now: datetime
) -> tuple[Hire, RatingSheet]:
    """The hire and the sheet, held for writing, while it may be written."""
    hire = rated_hire(connection, house, actor, application_id)
    stored.hold(connection, application_id)
    sheet = sheet_in(connection, house, hire, actor=actor, now=now)
    _refuse_closed(sheet)
    return hire, sheet


def _refuse_closed(sheet: RatingSheet) -> None:
    if sheet.handed_in_at is not None:
        raise ClosedError("This was handed in, so it stays as it is. Within a day you can open it again.")
    if not sheet.is_open:
        when = f"from {sheet.opens_on.day} {sheet.opens_on:%B %Y}" if sheet.opens_on else "once the first day is known"
        raise NotAllowedError(f"The rating at day {DUE_ON_DAY} opens {when}, when there was time to see the work.")


def sheet_in(connection: Connection, house: House, hire: Hire, *, actor: Actor, now: datetime) -> RatingSheet:
    """The actor's own sheet of a hire; the caller has checked that they may see it."""
    row = stored.sheet(connection, hire.id, actor.account_id or "")
    today = organisation_in(connection, actor.organisation_id).day(now)
    opens_on = hire.on_day(OPENS_ON_DAY)
    handed_in = moment(row.handed_in_at) if row and row.handed_in_at else None
    return RatingSheet(
        application_id=hire.id,
        name=called(connection, house, hire.row, masked=actor.masked),
        title=hire.row.title,
        first_day=hire.first_day,
        day=day_of(today, hire.first_day) if hire.first_day else None,
        opens_on=opens_on,
        left_on=hire.left_on,
        scales=outcome_scales(),
        given=ratings_of(row) if row else dict.fromkeys(outcome_scales().ids),
        note=house.vault.open(row.note_sealed) if row and row.note_sealed else "",
        rev=row.rev if row else 0,
        handed_in_at=handed_in,
        is_open=handed_in is None and (hire.left_on is not None or (opens_on is not None and today >= opens_on)),
        may_open_again=handed_in is not None and now - handed_in <= MAY_OPEN_AGAIN,
    )


def _keep(
    connection: Connection,
    house: House,
    hire: Hire,
    given: Mapping[str, int | None],
    note: str,
    rev: int,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    stored.put_sheet(
        connection,
        hire.id,
        actor.account_id or "",
        version=outcome_scales().version,
        ratings=json.dumps(dict(given), sort_keys=True),
        note_sealed=house.vault.seal(note) if note else None,
        rev=rev,
        saved_at=stamp(now),
    )


def _check_rev(rev: int) -> None:
    if not 1 <= rev <= HIGHEST_REV:
        raise SheetError(f"rev is a whole number from 1 to {HIGHEST_REV}")


def _log(connection: Connection, actor: Actor, kind: str, application_id: str, now: datetime, **body: object) -> None:
    audit.append(
        connection, actor.organisation_id, actor=actor.label, kind=kind, subject=application_id, now=now, body=body
    )
