"""A sheet that somebody who works here answers for their own growth: made, handed in, and from then on theirs alone.

What a person says for their own growth is shown only to whoever came by a link that nobody else has seen. A link that
somebody of the house passed on by hand opens the questionnaire; once it is handed in, it opens nothing any more.
"""

from datetime import datetime

from sqlalchemy import Connection

from assessment.errors import NotAllowedError
from assessment.messages.words import words
from assessment.services.actor import Actor
from assessment.services.first_days import own_work
from assessment.services.house import House
from assessment.services.new_door import OPEN_FOR, new_door
from assessment.services.sitting import own_seen
from assessment.services.telling import STATUS_OPEN_FOR
from assessment.services.versions import keep_asked
from assessment.storage import doors, sittings
from assessment.storage import growth as stored
from assessment.storage.clock import stamp
from assessment.storage.record import Record
from assessment.storage.vault import token_hash


def new_sheet_in(
    connection: Connection,
    house: House,
    *,
    application_id: str,
    organisation_id: str,
    role: str,
    profile_id: str,
    facts_id: str,
    language: str,
    large_text: bool = False,
    now: datetime,
) -> str:
    """An open sitting under the versions of today; every line is asked, so that two times can be compared."""
    return sittings.add(
        connection,
        application_id=application_id,
        purpose="growth",
        status="open",
        step="welcome",
        language=language,
        large_text=large_text,
        expires_at=stamp(now + OPEN_FOR),
        profile_id=profile_id,
        facts_id=facts_id,
        adaptive=False,
        now=now,
        **keep_asked(connection, house, organisation_id, role, now=now),
    )


def handed_in_own(connection: Connection, house: House, row: Record, *, now: datetime) -> None:
    """From now on only the person comes in: a link that others may have seen is taken back.

    The browser that is in stays in; the new link is on the person's own page.
    """
    until = now + STATUS_OPEN_FOR
    if row.stage == stored.IN_GROUP and not stored.was_mailed(connection, row.application_id):
        link = new_door(connection, house, row.id, now=now, expires_at=until)
        door = doors.by_token(connection, token_hash(link.rpartition("/")[2]))
        if door is not None:
            stored.hand_over_door(connection, row.id, door.id, now=now)
    else:
        doors.keep_open(connection, row.id, until=until)


def is_own(connection: Connection, row: Record) -> bool:
    """Whether a browser came by a link that only the person has, so that what is theirs may be shown."""
    if row.purpose != "growth":
        return False
    return row.stage == "hired" or any(s.purpose == "growth" for s in stored.own_sheets(connection, row.application_id))


def own_growth(connection: Connection, actor: Actor, *, hold: bool = False) -> Record:
    """The sitting of somebody who came in by a link that only they have.

    Raises
    ------
    NotAllowedError : not yet handed in, or it is the link of the application, which others may have
    """
    row = own_work(connection, actor, hold=hold)
    if not is_own(connection, row):
        raise NotAllowedError(words(row.language).growth["answer_first" if row.purpose == "growth" else "own_link"])
    return row


def lands_on_growth(house: House, *, actor: Actor) -> bool:
    """Whether a personal link opens at the person's growth: a sheet of theirs is in."""
    with house.database.read() as connection:
        row = own_seen(connection, actor)
        return row.status == "submitted" and is_own(connection, row)
