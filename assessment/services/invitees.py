"""A list of people as it was typed, pasted or uploaded, checked row by row before anybody is invited."""

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from assessment.errors import SheetError, UnknownIdError
from assessment.services.actor import Actor, require
from assessment.services.house import House
from assessment.storage import applications, people, vacancies
from assessment.storage.clock import moment

MAX_BYTES = 256 * 1024
MAX_ROWS = 1_000
LONGEST_NAME = 200
_QUOTED = re.compile(r'"[^"]*"')
COLUMNS = ("name", "email", "language")


@dataclass(frozen=True)
class Invitee:
    """One person to invite; `row` is the line it stands on."""

    row: int
    name: str
    email: str | None
    language: str


@dataclass(frozen=True)
class Known:
    """An earlier application: of the same e-mail, or (`same` False) of somebody of the same name without one."""

    title: str
    applied_at: datetime
    same: bool


@dataclass(frozen=True)
class PreviewRow:
    invitee: Invitee
    problems: tuple[str, ...]
    known: Known | None


@dataclass(frozen=True)
class Preview:
    rows: tuple[PreviewRow, ...]

    @property
    def whole(self) -> bool:
        """Every row can be invited."""
        return bool(self.rows) and not any(row.problems for row in self.rows)


def preview(house: House, vacancy_id: str, content: str | bytes, *, actor: Actor) -> Preview:
    """Every row of a list with its problems and what is known of the person; nothing is kept.

    Raises
    ------
    SheetError : the list as a whole cannot be read: encoding, size, columns
    """
    require(actor)
    invitees = read_invitees(content, default_language="en")
    emails = [invitee.email for invitee in invitees if invitee.email]
    twice = {email for email, n in Counter(emails).items() if n > 1}
    hashes = {email: house.vault.hash(email) for email in set(emails)}
    with house.database.read() as connection:
        if vacancies.one(connection, vacancy_id, organisation_id=actor.organisation_id) is None:
            raise UnknownIdError("vacancy", vacancy_id)
        by_hash = {p.email_hash: p for p in people.by_email(connection, actor.organisation_id, list(hashes.values()))}
        nameless = people.without_email(connection, actor.organisation_id)
        by_name = {house.vault.open(p.name_sealed).casefold(): p for p in nameless}
        ids = [p.id for p in (*by_hash.values(), *by_name.values())]
        earlier = applications.of_people(connection, ids)
    rows = []
    for invitee in invitees:
        person = by_hash.get(hashes.get(invitee.email or "", "-"))
        namesake = None if person else by_name.get(invitee.name.casefold())
        somebody = person or namesake
        mine = [a for a in earlier if somebody and a.person_id == somebody.id]
        problems = list(problems_with(invitee, house.library.languages()))
        if invitee.email in twice:
            problems.append("this e-mail stands twice in the list")
        if person and any(a.vacancy_id == vacancy_id for a in mine):
            problems.append("is invited to this opening already")
        known = Known(mine[0].title, moment(mine[0].created_at), same=person is not None) if mine else None
        rows.append(PreviewRow(invitee, tuple(problems), known))
    return Preview(tuple(rows))


def read_invitees(content: str | bytes, *, default_language: str) -> tuple[Invitee, ...]:
    """Names, e-mails and languages of a CSV or of pasted lines; `,`, `;` or tab; a header line or none."""
    text = _text(content)
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines:
        raise SheetError("The list is empty. Write one person a line: name, e-mail, language.")
    unquoted = [_QUOTED.sub("", line) for line in lines[:20]]
    delimiter = max("\t;,", key=lambda mark: sum(line.count(mark) for line in unquoted))
    rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    numbered = [
        (at, [cell.strip() for cell in row]) for at, row in enumerate(rows, start=1) if any(map(str.strip, row))
    ]
    first = [cell.casefold() for cell in numbered[0][1]]
    order = {name: at for at, name in enumerate(COLUMNS)}
    if "name" in first:
        unknown = [cell for cell in first if cell not in COLUMNS]
        if unknown:
            raise SheetError(f"Unknown column {unknown[0][:40]!r}; allowed are: {', '.join(COLUMNS)}.")
        order = {name: first.index(name) for name in COLUMNS if name in first}
        numbered = numbered[1:]
    if len(numbered) > MAX_ROWS:
        raise SheetError(
            f"The list has {len(numbered):,} people; at most {MAX_ROWS:,} can be invited at once. Split it."
        )
    invitees = []
    for at, cells in numbered:
        if len(cells) > 3:
            raise SheetError(f"Row {at} has {len(cells)} columns; expected name, e-mail, language.")
        given = {name: cells[column] if column < len(cells) else "" for name, column in order.items()}
        email = given.get("email", "").casefold() or None
        language = given.get("language", "").casefold() or default_language
        invitees.append(Invitee(at, given["name"], email, language))
    return tuple(invitees)


def _text(content: str | bytes) -> str:
    size = len(content.encode() if isinstance(content, str) else content)
    if size > MAX_BYTES:
        raise SheetError(f"The list is larger than {MAX_BYTES // 1024} KB. Split it into smaller ones.")
    if isinstance(content, str):
        return content
    try:
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            return content.decode("utf-16")
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SheetError(
            f"The file is not UTF-8 text (byte {error.start}). In a spreadsheet choose “Save as: CSV UTF-8”."
        ) from None
    if "\0" in text:
        raise SheetError("This is not a text file. In a spreadsheet choose “Save as: CSV UTF-8”.")
    return text


def problems_with(invitee: Invitee, languages: tuple[str, ...]) -> tuple[str, ...]:
    problems = []
    if not invitee.name:
        problems.append("the name is missing")
    if len(invitee.name) > LONGEST_NAME:
        problems.append(f"the name has {len(invitee.name):,} characters; at most {LONGEST_NAME}")
    if any(not c.isprintable() for c in invitee.name):
        problems.append("the name has signs that cannot be seen; type it again")
    if invitee.email:
        local, _, domain = invitee.email.partition("@")
        if not local or "." not in domain or len(invitee.email) > 320 or any(c.isspace() for c in invitee.email):
            problems.append("the e-mail does not look right")
    if invitee.language not in languages:
        problems.append(f"language {invitee.language[:20]!r} is not there; choose {' or '.join(languages)}")
    return tuple(problems)
