"""Asking people to take part: a list checked row by row, then a personal link for each."""

import io
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import segno
from sqlalchemy import Connection

from assessment.errors import ClosedError, NotAllowedError, SheetError, UnknownIdError
from assessment.messages import templates
from assessment.reports.words import day
from assessment.roles.library import job_title
from assessment.services.actor import Actor, require
from assessment.services.house import House
from assessment.services.invitees import Invitee
from assessment.services.organisation import organisation_in
from assessment.services.stages import begin_in
from assessment.services.versions import keep_asked
from assessment.storage import applications, audit, doors, people, sittings, vacancies
from assessment.storage.clock import moment, stamp
from assessment.storage.record import Record
from assessment.storage.vault import token_hash

OPEN_FOR = timedelta(days=14)
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
    actor: Actor,
    now: datetime,
) -> tuple[Invited, ...]:
    """One open sitting and one personal link for each; all of them or none.

    Someone with an e-mail that is known already is the same person and keeps one file;
    applying twice for one vacancy is refused.
    """
    require(actor)
    if not invitees:
        raise SheetError("There is nobody to invite.")
    if channel not in CHANNELS:
        raise UnknownIdError("channel", channel, CHANNELS)
    with house.database.write() as connection:
        vacancy = vacancies.one(connection, vacancy_id, organisation_id=actor.organisation_id)
        if vacancy is None:
            raise UnknownIdError("vacancy", vacancy_id)
        if vacancy.closed_at:
            raise ClosedError("This opening is closed. Open it again to invite people.")
        made_under = made_under_now(connection, house, vacancy, channel=channel, now=now)
        return tuple(
            _invite_one(connection, house, vacancy_id, invitee, made_under, channel=channel, actor=actor, now=now)
            for invitee in invitees
        )


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


def reissue(house: House, application_id: str, *, actor: Actor, now: datetime) -> str:
    """A new link for another 14 days to the same place; older ones stop working."""
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
        return new_door(connection, house, row.sitting_id, now=now)


def invitation_text(house: House, application_id: str, *, actor: Actor, now: datetime) -> templates.Message:
    """The invitation, first or once more, in the candidate's language, ready to copy into a mail or a text message."""
    require(actor)
    url = link_of(house, application_id, actor=actor, now=now)
    with house.database.read() as connection:
        row = _application(connection, application_id, actor)
        organisation = organisation_in(connection, actor.organisation_id)
        door = doors.newest(connection, row.sitting_id)
        again = any(
            a.id == application_id and a.status == "submitted" and a.sitting_id != row.sitting_id
            for a in applications.of_people(connection, [row.person_id])
        )
    language = row.language
    closes = moment(door.expires_at) if door else now + OPEN_FOR
    return templates.write(
        "answer_again" if again else "invitation",
        language,
        candidate_name=house.vault.open(row.name_sealed),
        org_name=organisation.name,
        role_title=job_title(row.title, row.role, language),
        minutes=str(house.library.form(row.role).minutes),
        link=url,
        deadline=_date(closes, language),
        next_date=_date(closes + timedelta(days=organisation.reply_days), language),
        contact_name=organisation.contact_name,
        contact_phone=organisation.contact,
    )


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


def new_door(
    connection: Connection, house: House, sitting_id: str, *, now: datetime, expires_at: datetime | None = None
) -> str:
    """A personal link; only its hash and a sealed copy are kept."""
    token = secrets.token_urlsafe(32)
    doors.add(
        connection,
        sitting_id,
        token_hash=token_hash(token),
        token_sealed=house.vault.seal(token),
        expires_at=expires_at or now + OPEN_FOR,
        now=now,
    )
    return f"{house.base_url}/i/{token}"


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
    person = _person(connection, house, invitee, actor=actor, now=now)
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


def _person(connection: Connection, house: House, invitee: Invitee, *, actor: Actor, now: datetime) -> str:
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


_MONTHS = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
]


def _date(when: datetime, language: str) -> str:
    return f"{when.day} de {_MONTHS[when.month - 1]}" if language == "es" else day(when)


def _log(connection: Connection, actor: Actor, kind: str, subject: str, now: datetime, **body: object) -> None:
    audit.append(connection, actor.organisation_id, actor=actor.label, kind=kind, subject=subject, now=now, body=body)
