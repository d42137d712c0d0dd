"""Writing to people: a message is composed and put into the outbox in the transaction of what it is about.

One key a message: telling the same thing twice is telling it once. What delivers it is outbox.py.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from assessment.errors import NotAllowedError, UnknownIdError
from assessment.messages.plain_pages import say_date
from assessment.messages.templates import Message, Template, fill, template
from assessment.roles.library import job_title
from assessment.services.absences import recipient_in
from assessment.services.actor import Actor
from assessment.services.house import House
from assessment.services.new_door import new_door
from assessment.services.organisation import Organisation, organisation_in
from assessment.storage import accounts, applications, audit, documents, doors, outbox, sittings
from assessment.storage.clock import moment
from assessment.storage.here_still import AT_WORK
from assessment.storage.record import Record

STATUS_OPEN_FOR = timedelta(days=90)  # a link to one's own status outlives the days for answering
RENEW_BEFORE = timedelta(days=14)
LINK_GONE = "their link was taken back: make a new one first"  # why a message with a link did not go to somebody
AT_WORK_PAGE = "/first-days"  # opens with what the browser of the person remembers
BACK_TO_SHIPPED = {"shipped": True}  # in place of a template: the organisation uses ours again


@dataclass(frozen=True)
class Calendar:
    """An iCalendar object that goes with a message; method REQUEST or CANCEL."""

    body: str
    method: str


def tell_candidate(
    connection: Connection,
    house: House,
    application_id: str,
    template_id: str,
    *,
    key: str,
    values: Mapping[str, str] | None = None,
    draft: bool = False,
    not_before: datetime | None = None,
    calendar: Calendar | None = None,
    actor: Actor,
    now: datetime,
) -> str:
    """Queue a message to a candidate in their language and return its id; the same key is queued once.

    `values` fill what the usual ones (name, job, link, contact, dates) do not. A draft waits for a person to send it.
    """
    there = outbox.by_key(connection, actor.organisation_id, key)
    if there is not None:
        return str(there.id)
    row = applications.one(connection, application_id, organisation_id=actor.organisation_id, or_growth=True)
    if row is None:
        raise UnknownIdError("application", application_id)
    message = composed(connection, house, row, template_id, values=values, now=now)
    return _queue(
        connection,
        house,
        message,
        template_id,
        key=key,
        to=house.vault.open(row.email_sealed) if row.email_sealed else None,
        application_id=application_id,
        account_id=None,
        draft=draft,
        not_before=not_before,
        calendar=calendar,
        actor=actor,
        now=now,
    )


def composed(
    connection: Connection,
    house: House,
    row: Record,
    template_id: str,
    *,
    values: Mapping[str, str] | None = None,
    now: datetime,
) -> Message:
    """A message to the person of an application in their language, with the usual values and these."""
    found = own_template(connection, row.organisation_id, template_id, row.language)
    given = values or {}
    known = usual_values(connection, house, row, found, given=given, now=now)
    return fill(template_id, found, {**known, **given}, language=row.language)


def tell_staff(
    connection: Connection,
    house: House,
    account_id: str,
    template_id: str,
    *,
    key: str,
    values: Mapping[str, str],
    application_id: str | None = None,
    calendar: Calendar | None = None,
    actor: Actor,
    now: datetime,
) -> str:
    """Queue a message to one of the staff, in English; the same key is queued once.

    While somebody is away their deputy gets it; what belongs into one's own calendar stays theirs. Where the account is
    closed, an administrator gets it, and nothing for the calendar.
    """
    there = outbox.by_key(connection, actor.organisation_id, key)
    if there is not None:
        return str(there.id)
    if calendar is None:
        account_id = recipient_in(connection, account_id, now)
    works_here = _working(connection, account_id, actor.organisation_id)
    if works_here != account_id:
        account_id, calendar = works_here, None
    account = accounts.by_id(connection, account_id)
    if account is None or account.organisation_id != actor.organisation_id:
        raise UnknownIdError("account", account_id)
    organisation = organisation_in(connection, actor.organisation_id)
    usual = {
        "manager_name": house.vault.open(account.name_sealed),
        "org_name": organisation.name,
        "contact_name": organisation.contact_name,
        "contact_phone": organisation.contact,
    }
    return _queue(
        connection,
        house,
        fill(
            template_id,
            own_template(connection, actor.organisation_id, template_id, "en"),
            {**usual, **values},
            language="en",
        ),
        template_id,
        key=key,
        to=house.vault.open(account.email_sealed) if account.disabled_at is None else None,
        application_id=application_id,
        account_id=account_id,
        draft=False,
        not_before=None,
        calendar=calendar,
        actor=actor,
        now=now,
    )


def tell_colleague(
    connection: Connection,
    house: House,
    template_id: str,
    *,
    key: str,
    to: str,
    language: str,
    values: Mapping[str, str],
    actor: Actor,
    now: datetime,
) -> str:
    """Queue a message to somebody who has no file here, because one of us named them; the same key is queued once."""
    there = outbox.by_key(connection, actor.organisation_id, key)
    if there is not None:
        return str(there.id)
    organisation = organisation_in(connection, actor.organisation_id)
    usual = {
        "org_name": organisation.name,
        "contact_name": organisation.contact_name,
        "contact_phone": organisation.contact,
    }
    found = own_template(connection, actor.organisation_id, template_id, language)
    return _queue(
        connection,
        house,
        fill(template_id, found, {**usual, **values}, language=language),
        template_id,
        key=key,
        to=to,
        application_id=None,
        account_id=None,
        draft=False,
        not_before=None,
        calendar=None,
        actor=actor,
        now=now,
    )


def tell_owner(
    connection: Connection,
    house: House,
    application: Record,
    template_id: str,
    *,
    key: str,
    values: Mapping[str, str],
    actor: Actor,
    now: datetime,
) -> str:
    """Queue a message to the owner of an application's opening, with the name, the job and the page filled in."""
    usual = {
        "candidate_name": house.vault.open(application.name_sealed),
        "role_title": application.title,
        "link": f"{house.base_url}/candidate?application={application.id}",
    }
    return tell_staff(
        connection,
        house,
        application.owner_id,
        template_id,
        key=key,
        values={**usual, **values},
        application_id=application.id,
        actor=actor,
        now=now,
    )


def own_template(connection: Connection, organisation_id: str, template_id: str, language: str) -> Template:
    """The organisation's own newest version of a template, or the one that ships."""
    kept = documents.versions(connection, organisation_id, kind="message", name=f"{template_id}.{language}")
    if kept and kept[-1].body != BACK_TO_SHIPPED:
        return Template.model_validate(kept[-1].body)
    return template(template_id, language)


def usual_values(
    connection: Connection,
    house: House,
    row: Record,
    found: Template,
    *,
    given: Collection[str] = (),
    now: datetime,
) -> dict[str, str]:
    """What most messages to a candidate need: who, which job, where to go, whom to call, by when.

    While somebody may still answer, they hear from us so many days after their deadline; else, after today.
    """
    organisation = organisation_in(connection, row.organisation_id)
    sitting = sittings.by_id(connection, row.sitting_id)
    expires = moment(sitting.expires_at) if sitting else now
    still_open = sitting is not None and sitting.status == "open"
    links = ({"link", "status_link", "result_link"} & set(found.placeholders)) - set(given)
    works_here = row.stage in AT_WORK
    url = ""
    if links and row.purpose == "growth":  # a link into their own sheet goes by its own messages, to them alone
        url = house.base_url + AT_WORK_PAGE
    elif links:
        url = own_link(connection, house, row.sitting_id, works_here=works_here, now=now)
    values = {
        "candidate_name": house.vault.open(row.name_sealed),
        "org_name": organisation.name,
        "role_title": job_title(row.title, row.role, row.language),
        "minutes": str(house.library.form(row.role).minutes),
        "contact_name": organisation.contact_name,
        "contact_phone": organisation.contact,
        "deadline": said(organisation.day(expires), row.language),
        "next_date": said(reply_day(organisation, max(now, expires) if still_open else now), row.language),
        "erase_date": said(add_months(now.date(), organisation.keep_months), row.language),
        **dict.fromkeys(links, url),
    }
    return {name: value for name, value in values.items() if name in found.placeholders}


def own_link(connection: Connection, house: House, sitting_id: str, *, works_here: bool = False, now: datetime) -> str:
    """A candidate's own link to where they are: the one there is while it is good for long enough, else a new one.

    After the sheet is handed in it is good for longer, since status and result stay to be read. For whoever works here
    that holds also where they never handed one in.

    Where a link of somebody who works here was taken back, they get the address of their page without one: the message
    still goes out, and the page opens where they have come in before.

    Raises
    ------
    NotAllowedError : the link of a candidate was taken back; a new one is made by a person, not by the next message
    """
    sitting = sittings.by_id(connection, sitting_id)
    if sitting is None:
        raise UnknownIdError("sitting", sitting_id)
    still_answering = sitting.status == "open" and not works_here
    door = doors.newest(connection, sitting_id)
    if door is not None and door.revoked_at is not None:
        if works_here:
            return house.base_url + AT_WORK_PAGE
        raise NotAllowedError("The link of this person was taken back. Make a new one first.")
    if door is not None:
        left = moment(door.expires_at) - now
        if left > (timedelta(0) if still_answering else RENEW_BEFORE):
            return f"{house.base_url}/i/{house.vault.open(door.token_sealed)}"
    if still_answering:
        return new_door(connection, house, sitting_id, now=now, expires_at=moment(sitting.expires_at))
    return new_door(connection, house, sitting_id, now=now, expires_at=now + STATUS_OPEN_FOR)


def reply_day(organisation: Organisation, now: datetime) -> date:
    """The day by which a candidate hears from us."""
    return (now + timedelta(days=organisation.reply_days)).date()


def add_months(day: date, months: int) -> date:
    """The same day some months later, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise ValueError(day)


def said(day: date, language: str) -> str:
    return say_date(day, language)


def _working(connection: Connection, account_id: str, organisation_id: str) -> str:
    """This account, or an administrator's where it is closed; whose it is in another organisation is not our matter."""
    account = accounts.by_id(connection, account_id)
    if account is None or account.organisation_id != organisation_id or account.disabled_at is None:
        return account_id
    known = [a for a in accounts.of_organisation(connection, organisation_id) if a.disabled_at is None]
    others = [str(a.id) for a in known if a.role == "administrator"]
    return others[0] if others else account_id


def _queue(
    connection: Connection,
    house: House,
    message: Message,
    template_id: str,
    *,
    key: str,
    to: str | None,
    application_id: str | None,
    account_id: str | None,
    draft: bool,
    not_before: datetime | None,
    calendar: Calendar | None,
    actor: Actor,
    now: datetime,
) -> str:
    seal = house.vault.seal
    id_ = outbox.add(
        connection,
        organisation_id=actor.organisation_id,
        key=key,
        template=template_id,
        language=message.language,
        application_id=application_id,
        account_id=account_id,
        to_sealed=seal(to) if to else None,
        subject_sealed=seal(message.subject),
        text_sealed=seal(message.text),
        sms_sealed=seal(message.sms) if message.sms else None,
        calendar_sealed=seal(calendar.body) if calendar else None,
        calendar_method=calendar.method if calendar else None,
        status="draft" if draft else "queued",
        queued_by=actor.label,
        not_before=not_before or now,
        now=now,
    )
    audit.append(
        connection,
        actor.organisation_id,
        actor=actor.label,
        kind="message_drafted" if draft else "message_queued",
        subject=id_,
        now=now,
        body={"template": template_id, "application": application_id, "account": account_id},
    )
    return id_
