"""Asking people to take part: a list checked row by row, then a personal link for each."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import segno
from sqlalchemy import Connection

from assessment.errors import ClosedError, NotAllowedError, SheetError, UnknownIdError
from assessment.messages.templates import Message
from assessment.services.actor import Actor, require
from assessment.services.house import House
from assessment.services.invitees import Invitee
from assessment.services.new_door import OPEN_FOR, new_door
from assessment.services.sign_off import require_sign_off
from assessment.services.stages import begin_in
from assessment.services.telling import composed, tell_candidate
from assessment.services.versions import keep_asked
from assessment.storage import applications, audit, doors, people, sittings, vacancies
from assessment.storage.clock import moment, stamp
from assessment.storage.record import Record

CHANNELS = ("link", "kiosk", "paper")


@dataclass(frozen=True)
class Invited:
    application_id: str
    name: str
    language: str
    url: str


def invite(
    house: House,
    vacancy_id: str,
    invitees: Sequence[Invitee],
    *,
    channel: str = "link",
    send: bool = True,
    actor: Actor,
    now: datetime,
) -> tuple[Invited, ...]:
    """One open sitting and one personal link for each; all of them or none.

    Someone with an e-mail that is known already is the same person and keeps one file;
    applying twice for one vacancy is refused. Whoever answers by link gets an invitation: by mail, or without an
    address through somebody who works the outbox by hand. `send=False` leaves telling them to whoever invites.
    """
    with house.database.write() as connection:
        return invite_in(connection, house, vacancy_id, invitees, channel=channel, send=send, actor=actor, now=now)


def invite_in(
    connection: Connection,
    house: House,
    vacancy_id: str,
    invitees: Sequence[Invitee],
    *,
    channel: str = "link",
    send: bool = True,
    actor: Actor,
    now: datetime,
) -> tuple[Invited, ...]:
    """The same within another verb's transaction."""
    require(actor)
    if not invitees:
        raise SheetError("There is nobody to invite.")
    if channel not in CHANNELS:
        raise UnknownIdError("channel", channel, CHANNELS)
    vacancy = vacancies.one(connection, vacancy_id, organisation_id=actor.organisation_id)
    if vacancy is None:
        raise UnknownIdError("vacancy", vacancy_id)
    if vacancy.closed_at:
        raise ClosedError("This opening is closed. Open it again to invite people.")
    require_sign_off(connection, actor.organisation_id)
    made_under = made_under_now(connection, house, vacancy, channel=channel, now=now)
    invited = tuple(
        _invite_one(connection, house, vacancy_id, invitee, made_under, channel=channel, actor=actor, now=now)
        for invitee in invitees
    )
    if send and channel == "link":
        for one in invited:
            _tell(connection, house, one.application_id, "invitation", one.application_id, one.url, actor, now)
    return invited


def link_of(house: House, application_id: str, *, actor: Actor, now: datetime) -> str:
    """The personal link, as often as it is asked for, until it expires or is revoked."""
    require(actor)
    with house.database.read() as connection:
        row = _application(connection, application_id, actor)
        door = doors.newest(connection, row.sitting_id)
    if door is None or door.revoked_at or moment(door.expires_at) <= now:
        raise ClosedError("This link has expired or was taken back. Make a new one.")
    return f"{house.base_url}/i/{house.vault.open(door.token_sealed)}"


def revoke(house: House, application_id: str, *, actor: Actor, now: datetime) -> None:
    """Take every link of an application back; what was answered stays."""
    require(actor)
    with house.database.write() as connection:
        row = _application(connection, application_id, actor)
        doors.revoke_all(connection, row.sitting_id, now=now)
        _log(connection, actor, "link_revoked", application_id, now)


def reissue(house: House, application_id: str, *, send: bool = True, actor: Actor, now: datetime) -> str:
    """A new link for another 14 days to the same place; older ones stop working. Who answers by link is sent it."""
    require(actor)
    with house.database.write() as connection:
        row = _application(connection, application_id, actor)
        sitting = sittings.by_id(connection, row.sitting_id)
        status = sitting.status if sitting else "withdrawn"
        if status in ("submitted", "withdrawn"):
            raise NotAllowedError(f"These answers are {status}; there is nothing left to answer.")
        doors.revoke_all(connection, row.sitting_id, now=now)
        sittings.change(connection, row.sitting_id, status="open", expires_at=stamp(now + OPEN_FOR))
        _log(connection, actor, "link_renewed", application_id, now)
        url = new_door(connection, house, row.sitting_id, now=now)
        if send and row.channel == "link":
            _tell(connection, house, application_id, "new_link", f"{row.sitting_id}:{stamp(now)}", url, actor, now)
        return url


def invitation_text(house: House, application_id: str, *, actor: Actor, now: datetime) -> Message:
    """The invitation, first or once more, in the candidate's language, ready to copy into a mail or a text message."""
    require(actor)
    url = link_of(house, application_id, actor=actor, now=now)
    with house.database.read() as connection:
        row = _application(connection, application_id, actor)
        again = any(
            a.id == application_id and a.status == "submitted" and a.sitting_id != row.sitting_id
            for a in applications.of_people(connection, [row.person_id])
        )
        template = "answer_again" if again else "invitation"
        return composed(connection, house, row, template, values={"link": url}, now=now)


def qr_svg(url: str) -> str:
    """The link as a QR code, drawn as SVG."""
    out = io.BytesIO()
    segno.make(url, error="m").save(
        out, kind="svg", border=2, xmldecl=False, omitsize=True, title="QR code of the link"
    )
    return out.getvalue().decode()


def made_under_now(
    connection: Connection, house: House, vacancy: Record, *, channel: str, now: datetime
) -> dict[str, str | bool | None]:
    """The versions that a new sitting points to. Paper asks every line; a calibrated sheet may stop early if its
    opening says so, and what is decided here stays with the sitting."""
    kept = keep_asked(connection, house, vacancy.organisation_id, vacancy.role, now=now)
    return {
        **kept,
        "profile_id": vacancy.profile_id,
        "facts_id": vacancy.facts_id,
        "adaptive": vacancy.adaptive and kept["calibration_id"] is not None and channel != "paper",
    }


def _invite_one(
    connection: Connection,
    house: House,
    vacancy_id: str,
    invitee: Invitee,
    made_under: dict[str, str | bool | None],
    *,
    channel: str,
    actor: Actor,
    now: datetime,
) -> Invited:
    if invitee.language not in house.library.languages():
        raise UnknownIdError("language", invitee.language, house.library.languages())
    person = person_of(connection, house, invitee, actor=actor, now=now)
    if any(a.vacancy_id == vacancy_id for a in applications.of_people(connection, [person])):
        raise SheetError(f"Row {invitee.row}: this person is invited to this opening already.")
    application = applications.add(connection, vacancy_id=vacancy_id, person_id=person, channel=channel, now=now)
    sitting = sittings.add(
        connection,
        application_id=application,
        status="open",
        step="welcome",
        language=invitee.language,
        large_text=False,
        expires_at=stamp(now + OPEN_FOR),
        now=now,
        **made_under,
    )
    _log(connection, actor, "invited", application, now, vacancy=vacancy_id, channel=channel)
    begin_in(connection, application, vacancy_id=vacancy_id, actor=actor, now=now)
    return Invited(application, invitee.name, invitee.language, new_door(connection, house, sitting, now=now))


def person_of(connection: Connection, house: House, invitee: Invitee, *, actor: Actor, now: datetime) -> str:
    """The file of somebody to be invited: theirs when the e-mail is known, else a new one."""
    email_hash = house.vault.hash(invitee.email) if invitee.email else None
    if email_hash:
        known = people.by_email(connection, actor.organisation_id, [email_hash])
        if known:
            return str(known[0].id)
    return people.add(
        connection,
        organisation_id=actor.organisation_id,
        name_sealed=house.vault.seal(invitee.name),
        email_sealed=house.vault.seal(invitee.email) if invitee.email else None,
        email_hash=email_hash,
        language=invitee.language,
        now=now,
    )


def _application(connection: Connection, application_id: str, actor: Actor) -> Record:
    row = applications.one(connection, application_id, organisation_id=actor.organisation_id)
    if row is None:
        raise UnknownIdError("application", application_id)
    return row


def _tell(
    connection: Connection,
    house: House,
    application_id: str,
    template: str,
    once: str,
    url: str,
    actor: Actor,
    now: datetime,
) -> None:
    tell_candidate(
        connection,
        house,
        application_id,
        template,
        key=f"{template}:{once}",
        values={"link": url},
        actor=actor,
        now=now,
    )


def _log(connection: Connection, actor: Actor, kind: str, subject: str, now: datetime, **body: object) -> None:
    audit.append(connection, actor.organisation_id, actor=actor.label, kind=kind, subject=subject, now=now, body=body)
