"""Answering once more, asked for by the person or offered by the house; what has changed is in change_since.py."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from assessment.errors import NotAllowedError, UnknownIdError
from assessment.messages.plain_pages import put_in, say_date
from assessment.messages.words import words
from assessment.services.actor import Actor, require
from assessment.services.first_days import own_work, require_newcomer
from assessment.services.growth_sheet import is_own, new_sheet_in
from assessment.services.house import House
from assessment.services.new_door import OPEN_FOR, new_door
from assessment.services.organisation import organisation_in
from assessment.services.telling import LINK_GONE, own_link, tell_candidate
from assessment.storage import applications, audit, doors, here_still
from assessment.storage import growth as stored
from assessment.storage.clock import moment
from assessment.storage.record import Record

AFTER = timedelta(days=21)  # sooner, one remembers what one ticked


@dataclass(frozen=True)
class OwnPage:
    """`own`: came by a link that only the person has, so that what is theirs is shown; `begun`: they have one.

    `waits`: a sheet of theirs is open; `from_day`: from when they may answer once more, None when that is now.
    """

    own: bool
    begun: bool
    handed_in: int
    waits: bool
    from_day: date | None
    by_mail: bool
    link: str


@dataclass(frozen=True)
class Offered:
    """How many were written to, and why the others were not: reason → how many."""

    queued: int
    left_out: dict[str, int]


def own_page(house: House, *, actor: Actor, now: datetime) -> OwnPage:
    """Where somebody stands who works here: what is theirs, and whether they may answer once more."""
    with house.database.write() as connection:  # the link may have to be made anew
        row = own_work(connection, actor)
        newest, own = stored.newest_own(connection, row.application_id), is_own(connection, row)
        return OwnPage(
            own=own,
            begun=newest is not None,
            handed_in=len(stored.own_sheets(connection, row.application_id)) if own else 0,
            waits=_waits(newest, now),
            from_day=_from_day(connection, row, now=now),
            by_mail=_by_mail(connection, house, row),
            link=own_link(connection, house, newest.id, now=now) if own and newest is not None else "",
        )


def begin(house: House, *, actor: Actor, now: datetime) -> str:
    """A new own sheet, asked for by the person; returns its link, or nothing where it goes by mail.

    The link of an application may be known to whoever hired, so one that came by it gets the new link by mail.
    Where the house sends none, it is returned. A sheet that waits already is gone on with.

    Raises
    ------
    NotAllowedError : too soon after the last time, says from when; or there is an own page, which has its own link
    """
    with house.database.write() as connection:
        row = own_work(connection, actor, hold=True)
        newest, own = stored.newest_own(connection, row.application_id), is_own(connection, row)
        said = words(row.language).growth
        if row.purpose == "growth" and not own:
            raise NotAllowedError(said["answer_first"])
        if newest is not None and not own:
            raise NotAllowedError(said["own_link"])
        if newest is not None and _waits(newest, now):
            return own_link(connection, house, newest.id, now=now)
        if (day := _from_day(connection, row, now=now)) is not None:
            raise NotAllowedError(put_in(said["too_soon"], date=say_date(day, row.language)))
        sitting = new_sheet_in(
            connection,
            house,
            application_id=row.application_id,
            organisation_id=row.organisation_id,
            role=row.role,
            profile_id=row.profile_id,
            facts_id=row.facts_id,
            language=row.language,
            large_text=row.large_text,
            now=now,
        )
        _log(connection, actor, "growth_begun", row.application_id, now, sitting=sitting)
        link = new_door(connection, house, sitting, now=now)
        if own or not _by_mail(connection, house, row):
            return link
        until = organisation_in(connection, actor.organisation_id).day(now + OPEN_FOR)
        values = {"link": link, "deadline": say_date(until, row.language)}
        _tell(connection, house, row, "growth_invitation", f"growth_begun:{sitting}", values, actor=actor, now=now)
    return ""


def mail_own_link(house: House, *, actor: Actor, now: datetime) -> None:
    """Send the person a new link to their own page; older ones stop working.

    Raises
    ------
    NotAllowedError : there is no own page yet, or no mail to send it by
    """
    with house.database.write() as connection:
        row = own_work(connection, actor, hold=True)
        newest = stored.newest_own(connection, row.application_id)
        if newest is None or not _by_mail(connection, house, row):
            raise NotAllowedError(words(row.language).growth["no_mail"])
        doors.revoke_all(connection, newest.id, now=now)
        link = new_door(connection, house, newest.id, now=now)
        day = organisation_in(connection, actor.organisation_id).day(now)
        _log(connection, actor, "growth_link_mailed", row.application_id, now)
        key = f"growth_link:{newest.id}:{day}:{now:%H%M%S}"
        _tell(connection, house, row, "growth_again", key, {"link": link}, actor=actor, now=now)


def offer_again(house: House, application_ids: Sequence[str], *, actor: Actor, now: datetime) -> Offered:
    """Write to people who work here that they may answer once more, also before the three weeks are over; once a day.

    Whether they do is theirs. Nothing is sent where the house would see the link.
    """
    require(actor)
    queued, left_out = 0, dict[str, int]()
    with house.database.write() as connection:
        day = organisation_in(connection, actor.organisation_id).day(now)
        gone = here_still.gone_of(connection, application_ids, day)
        for application_id in dict.fromkeys(application_ids):
            row = applications.one(connection, application_id, organisation_id=actor.organisation_id, or_growth=True)
            if row is None:
                raise UnknownIdError("application", application_id)
            because = ""
            if row.stage not in here_still.AT_WORK or not stored.own_sheets(connection, application_id):
                because = "have not answered yet"
            elif application_id in gone:
                because = "do not work here any more"
            elif row.email_sealed is None or not house.sends_mail:
                because = "get no mail: they can begin on their own page"
            if because:
                left_out[because] = left_out.get(because, 0) + 1
                continue
            newest = stored.newest_own(connection, application_id)
            try:
                link = own_link(connection, house, newest.id if newest is not None else row.sitting_id, now=now)
            except NotAllowedError:
                left_out[LINK_GONE] = left_out.get(LINK_GONE, 0) + 1
                continue
            key = f"{stored.ASKED_AGAIN}:{application_id}:{day}"
            tell_candidate(
                connection, house, application_id, "growth_again", key=key, values={"link": link}, actor=actor, now=now
            )
            queued += 1
    return Offered(queued, left_out)


def void_own_sheet(house: House, application_id: str, *, actor: Actor, now: datetime) -> None:
    """Take back what a newcomer has begun for their own growth and not handed in: its links open nothing any more.

    For where somebody else who knew the link of the application began it first. The person can begin anew. Nothing is
    said of whether there was anything, and what is handed in stays as it is.
    """
    require(actor)
    with house.database.write() as connection:
        require_newcomer(connection, actor, application_id)
        for sitting_id in stored.void_open(connection, application_id):
            doors.revoke_all(connection, sitting_id, now=now)
            _log(connection, actor, "growth_voided", application_id, now, sitting=sitting_id)


def _waits(sitting: Record | None, now: datetime) -> bool:
    return sitting is not None and sitting.status == "open" and moment(sitting.expires_at) > now


def _from_day(connection: Connection, row: Record, *, now: datetime) -> date | None:
    """The day from which a new sheet may be begun; None when that is now."""
    sheets = stored.own_sheets(connection, row.application_id)
    if not sheets:
        return None
    last = sheets[-1].finished_at
    asked = stored.asked_again_at(connection, row.application_id)
    free_from = moment(last) + AFTER
    if free_from <= now or (asked is not None and asked > last):
        return None
    return organisation_in(connection, row.organisation_id).day(free_from)


def _by_mail(connection: Connection, house: House, row: Record) -> bool:
    application = applications.one(connection, row.application_id, organisation_id=row.organisation_id, or_growth=True)
    return house.sends_mail and application is not None and application.email_sealed is not None


def _tell(
    connection: Connection,
    house: House,
    row: Record,
    template: str,
    key: str,
    values: Mapping[str, str],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    tell_candidate(connection, house, row.application_id, template, key=key, values=values, actor=actor, now=now)


def _log(connection: Connection, actor: Actor, kind: str, subject: str, now: datetime, **body: object) -> None:
    audit.append(connection, actor.organisation_id, actor=actor.label, kind=kind, subject=subject, now=now, body=body)
