"""One side of one check-in: what was answered, until when it is open, who leads the newcomer, who may read it when."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from assessment.errors import AnswerError, SheetError
from assessment.messages.plain_pages import put_in
from assessment.messages.words import words
from assessment.services.house import House
from assessment.services.organisation import Organisation
from assessment.storage import accounts, assignments
from assessment.storage.clock import moment
from assessment.storage.record import Record
from assessment.training.check_in import HIGHEST, LOWEST, CheckInForm, Side

OPEN_DAYS = 14  # from the day it is due
ANSWER_DAYS = 7  # from the day somebody was asked: by then they are asked to answer, afterwards a silence is told
READABLE_DAYS = 7  # from the day it is due, when whoever leads the newcomer has not answered
CHANGE_DAYS = 2  # after the day somebody answered
TALK_DAYS = 14  # from the day it is due: by then the two have talked
LONGEST_WORDS = 1_000


@dataclass(frozen=True)
class CheckIn:
    """`answers`: line → 1 to 5, or None where the person would rather not say; empty while there is no answer."""

    id: str
    application_id: str
    day: int
    side: Side
    due_on: date
    asked_at: datetime | None = None
    answered_at: datetime | None = None
    answered_by: str = ""
    wants_talk: bool = False
    version: str = ""
    answers: Mapping[str, int | None] = field(default_factory=dict)
    own_words: str = ""

    @property
    def open_until(self) -> date:
        return self.due_on + timedelta(days=OPEN_DAYS)

    @property
    def talk_by(self) -> date:
        return self.due_on + timedelta(days=TALK_DAYS)

    @property
    def readable_on(self) -> date:
        """From when the answers may be read by whoever has not given their own view."""
        return self.due_on + timedelta(days=READABLE_DAYS)

    @property
    def given(self) -> dict[str, int]:
        """The lines with an answer."""
        return {line: value for line, value in self.answers.items() if value is not None}

    def open_on(self, today: date) -> bool:
        return self.due_on <= today <= self.open_until

    def change_until(self, organisation: Organisation) -> date | None:
        """The last day for another answer; None while there is none."""
        if self.answered_at is None:
            return None
        return min(organisation.day(self.answered_at) + timedelta(days=CHANGE_DAYS), self.open_until)


def is_open(row: Record, today: date) -> bool:
    due_on = date.fromisoformat(row.due_on)
    return due_on <= today <= due_on + timedelta(days=OPEN_DAYS)


def opened(house: House, row: Record) -> CheckIn:
    """A row with its seal broken, for those who may read it."""
    body = json.loads(house.vault.open(row.body_sealed)) if row.body_sealed is not None else {}
    return CheckIn(
        id=row.id,
        application_id=row.application_id,
        day=row.day,
        side=row.side,
        due_on=date.fromisoformat(row.due_on),
        asked_at=moment(row.asked_at) if row.asked_at else None,
        answered_at=moment(row.answered_at) if row.answered_at else None,
        answered_by=row.answered_by or "",
        wants_talk=row.wants_talk,
        version=body.get("version", ""),
        answers=body.get("answers", {}),
        own_words=body.get("own_words", ""),
    )


def body_of(form: CheckInForm, answers: Mapping[str, int | None], own_words: str) -> str:
    """What is sealed. A line that was left out is one the person would rather not answer.

    Raises
    ------
    SheetError : a line that is not asked, an answer that is not on the scale, or too many words
    """
    for line, value in answers.items():
        if line not in form.ids:
            raise AnswerError(line, f"one of {', '.join(form.ids)}")
        if value is not None and (type(value) is not int or not LOWEST <= value <= HIGHEST):
            raise AnswerError(line, f"{LOWEST} to {HIGHEST}, or none")
    said = own_words.strip()
    if len(said) > LONGEST_WORDS:
        raise SheetError(put_in(words(form.language).check_in["too_long"], n=LONGEST_WORDS))
    whole = {line: answers.get(line) for line in form.ids}
    return json.dumps({"version": form.version, "answers": whole, "own_words": said}, ensure_ascii=False)


def readable_from(newcomer: CheckIn, manager: CheckIn | None) -> date | None:
    """From which day whoever leads the newcomer may read the answers; None where they may by now.

    Both sides answer freely only if neither has seen the other's: so first the own view, or a week goes by.
    """
    if manager is None or manager.answered_at is not None:
        return None
    return newcomer.readable_on


def is_readable(newcomer: CheckIn, manager: CheckIn | None, today: date) -> bool:
    first = readable_from(newcomer, manager)
    return first is None or today >= first


def lead_in(connection: Connection, application_id: str, *, owner_id: str) -> str:
    """The account that leads a newcomer: the first supervisor whose account is open, else who hired them."""
    supervisors = supervisors_in(connection, application_id)
    return supervisors[0] if supervisors else owner_id


def supervisors_in(connection: Connection, application_id: str) -> list[str]:
    rows = assignments.of_application(connection, application_id)
    mine = [row.account_id for row in rows if row.duty == "supervisor"]
    known = {id_: accounts.by_id(connection, id_) for id_ in mine}
    return [id_ for id_, account in known.items() if account is not None and account.disabled_at is None]


def account_name(connection: Connection, house: House, account_id: str) -> str:
    account = accounts.by_id(connection, account_id)
    return house.vault.open(account.name_sealed) if account is not None else ""


def who_sees(connection: Connection, house: House, application_id: str, *, owner_id: str, language: str) -> str:
    """Who may read a newcomer's answers, by name where there are names: Lena Ott and the HR team."""
    readers = supervisors_in(connection, application_id) or [owner_id]
    names = [account_name(connection, house, id_) for id_ in readers]
    return put_in(words(language).check_in["and_hr"], names=", ".join(name for name in names if name))
