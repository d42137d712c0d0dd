"""Documents of the staff, handed out under a random name to the account that asked, for an hour.

Nothing of a document is kept: the name says of what and on which paper, and every opening makes it
anew, checks again who asks, and is written in the event log.
"""

import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from assessment.errors import ClosedError, NotAllowedError, SheetError, UnknownIdError
from assessment.reports.pdf import PAPERS, Imprint, pdf, staff_imprint
from assessment.services.actor import STAFF, Actor, require
from assessment.services.assigned import require_person
from assessment.services.candidate_document import candidate_report
from assessment.services.comparing import compare
from assessment.services.comparison_document import comparison
from assessment.services.house import House
from assessment.services.interview_kit import interview_sheet
from assessment.services.organisation import organisation
from assessment.services.reading import Reading, reading
from assessment.services.shortlist import number_of
from assessment.services.vacancy_document import vacancy_summary
from assessment.services.workbooks import answers_workbook, vacancy_workbook
from assessment.storage import audit, download_names, vacancies
from assessment.storage.clock import moment

GOOD_FOR = timedelta(hours=1)
PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Wanted:
    """Of what a document is to be made: `people` of the subject in the order shown, none for everybody."""

    subject: str
    paper: str
    people: tuple[str, ...]
    masked: bool


@dataclass(frozen=True)
class NamedDocument:
    content: bytes
    media_type: str
    file_name: str


@dataclass(frozen=True)
class Kind:
    """`about`: application or vacancy, what its subject is; `roles`: who may have one; `people`: how many are chosen."""

    about: str
    file: str
    media_type: str
    make: Callable[..., bytes]
    roles: tuple[str, ...] = STAFF
    people: tuple[int, int] | None = None


def name_document(
    house: House,
    kind: str,
    subject: str,
    *,
    paper: str = "a4",
    people: Sequence[str] = (),
    masked: bool = False,
    actor: Actor,
    now: datetime,
) -> str:
    """A name under which the actor can open the document for an hour, at /staff/documents/{name}.

    subject : an application's id, or a vacancy's for what is about several people

    Raises
    ------
    UnknownIdError : there is no such kind, paper, application or vacancy of the actor's organisation
    """
    what = _kind(kind)
    require(actor, *what.roles)
    account_id = _account(actor)
    if paper not in PAPERS:
        raise UnknownIdError("paper", paper, tuple(PAPERS))
    if what.people and not what.people[0] <= len(set(people)) <= what.people[1]:
        raise SheetError(f"Choose {what.people[0]} to {what.people[1]} people.")
    name = secrets.token_urlsafe(32)
    body = {"subject": subject, "paper": paper, "people": list(people), "masked": masked}
    with house.database.write() as connection:
        if what.about == "application":
            require_person(connection, actor, subject)
        elif vacancies.one(connection, subject, organisation_id=actor.organisation_id) is None:
            raise UnknownIdError("vacancy", subject)
        download_names.forget_expired(connection, actor.organisation_id, before=now - GOOD_FOR)
        download_names.add(
            connection,
            name,
            organisation_id=actor.organisation_id,
            account_id=account_id,
            kind=kind,
            body=json.dumps(body),
            expires_at=now + GOOD_FOR,
            now=now,
        )
        _log(connection, "document_named", kind, body, actor=actor, now=now)
    return name


def named_document(house: House, name: str, *, actor: Actor, now: datetime) -> NamedDocument:
    """Make the document of that name, for the account it was named for.

    Raises
    ------
    UnknownIdError : no such name, or another account's
    ClosedError : the hour is over
    """
    with house.database.read() as connection:
        row = download_names.one(
            connection, name, organisation_id=actor.organisation_id, account_id=actor.account_id or ""
        )
    if row is None:
        raise UnknownIdError("document", name)
    what = _kind(row.kind)
    require(actor, *what.roles)
    if moment(row.expires_at) <= now:
        raise ClosedError("A document is kept ready for an hour. Please make it again from its page.")
    body = json.loads(row.body)
    wanted = Wanted(body["subject"], body["paper"], tuple(body["people"]), body["masked"])
    content = what.make(house, wanted, actor=actor, now=now)
    with house.database.write() as connection:
        _log(connection, "document_opened", row.kind, body, actor=actor, now=now)
    return NamedDocument(content, what.media_type, f"carefit-{what.file}-{wanted.subject[:8]}.{_ending(what)}")


def _report(house: House, wanted: Wanted, *, full: bool, actor: Actor, now: datetime) -> bytes:
    read = _called(house, reading(house, wanted.subject, actor=actor, now=now), wanted, actor=actor)
    report = candidate_report(read, library=house.library, full=full)
    imprint = _imprint(house, f"{read.name}: {read.vacancy_title}", wanted, actor=actor, now=now)
    return pdf("candidate_report", report, imprint, now=now)


def _one_page(house: House, wanted: Wanted, *, actor: Actor, now: datetime) -> bytes:
    return _report(house, wanted, full=False, actor=actor, now=now)


def _full(house: House, wanted: Wanted, *, actor: Actor, now: datetime) -> bytes:
    return _report(house, wanted, full=True, actor=actor, now=now)


def _interview_sheet(house: House, wanted: Wanted, *, actor: Actor, now: datetime) -> bytes:
    sheet = interview_sheet(house, wanted.subject, actor=actor, now=now)
    imprint = _imprint(house, f"Interview: {sheet.candidate}", wanted, actor=actor, now=now)
    return pdf("interview_sheet", sheet, imprint, now=now)


def _comparison(house: House, wanted: Wanted, *, actor: Actor, now: datetime) -> bytes:
    readings = tuple(
        _called(house, read, wanted, actor=actor) for read in compare(house, wanted.people, actor=actor, now=now)
    )
    imprint = _imprint(house, f"Side by side: {readings[0].vacancy_title}", wanted, actor=actor, now=now)
    return pdf("comparison", comparison(readings), imprint, now=now)


def _summary(house: House, wanted: Wanted, *, actor: Actor, now: datetime) -> bytes:
    summary = vacancy_summary(house, wanted.subject, people=wanted.people, masked=wanted.masked, actor=actor, now=now)
    imprint = _imprint(house, f"Opening: {summary.title}", wanted, actor=actor, now=now)
    return pdf("vacancy_summary", summary, imprint, now=now)


def _vacancy_workbook(house: House, wanted: Wanted, *, actor: Actor, now: datetime) -> bytes:
    return vacancy_workbook(house, wanted.subject, people=wanted.people, masked=wanted.masked, actor=actor, now=now)


def _answers(house: House, wanted: Wanted, *, actor: Actor, now: datetime) -> bytes:
    read = _called(house, _finished(reading(house, wanted.subject, actor=actor, now=now)), wanted, actor=actor)
    return answers_workbook(read, library=house.library, now=now)


def _called(house: House, read: Reading, wanted: Wanted, *, actor: Actor) -> Reading:
    """Under a number in place of the name, while names are masked."""
    if not (wanted.masked or actor.masked):
        return read
    return replace(read, name=f"Person {number_of(house, read.application_id, actor=actor)}")


KINDS: dict[str, Kind] = {
    "report_one_page": Kind("application", "report", PDF, _one_page),
    "report_full": Kind("application", "report-full", PDF, _full),
    "answers_workbook": Kind("application", "answers", XLSX, _answers),
    "interview_sheet": Kind("application", "interview", PDF, _interview_sheet, roles=(*STAFF, "interviewer")),
    "comparison": Kind("vacancy", "comparison", PDF, _comparison, people=(2, 4)),
    "vacancy_summary": Kind("vacancy", "opening", PDF, _summary),
    "vacancy_workbook": Kind("vacancy", "opening", XLSX, _vacancy_workbook),
}


def _kind(kind: str) -> Kind:
    if kind not in KINDS:
        raise UnknownIdError("kind of document", kind, tuple(KINDS))
    return KINDS[kind]


def _account(actor: Actor) -> str:
    if actor.account_id is None:
        raise NotAllowedError("only somebody who is signed in may have a document")
    return actor.account_id


def _imprint(house: House, title: str, wanted: Wanted, *, actor: Actor, now: datetime) -> Imprint:
    own = organisation(house, actor=actor)
    return staff_imprint(
        title, paper=wanted.paper, organisation=own.name, made_up=own.made_up, made_by=actor.name, now=now
    )


def _finished(read: Reading) -> Reading:
    if read.state != "finished":
        raise NotAllowedError("The answers are not here yet. A workbook can be made once they are handed in.")
    return read


def _ending(what: Kind) -> str:
    return "pdf" if what.media_type == PDF else "xlsx"


def _log(
    connection: Connection, event: str, kind: str, body: Mapping[str, Any], *, actor: Actor, now: datetime
) -> None:
    audit.append(
        connection,
        actor.organisation_id,
        actor=actor.label,
        kind=event,
        subject=body["subject"],
        now=now,
        body={"document": kind, "people": len(body["people"]), "masked": body["masked"]},
    )
