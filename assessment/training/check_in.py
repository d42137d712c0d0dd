"""The check-ins at day 7, 30, 60 and 90: five plain lines for the newcomer, five for the manager, one free line each.

They ask how the first weeks go, so that something can be put right in time; they are no rating of
a person. The lines differ from day to day, since other things matter; all point the same way: high is good.
"""

from dataclasses import dataclass
from functools import cache
from typing import Annotated, Literal, Self, get_args

from pydantic import Field, model_validator

from assessment.errors import UnknownIdError
from assessment.instruments.document import parse, read_document
from assessment.instruments.instrument import Document, Id, Status, Version
from assessment.instruments.library import ROOT
from assessment.training.module import ENGLISH

Day = Literal[7, 30, 60, 90]
Side = Literal["newcomer", "manager"]
Text = Annotated[str, Field(min_length=1, max_length=200)]
DAYS: tuple[Day, ...] = get_args(Day)
SIDES: tuple[Side, ...] = get_args(Side)
LOWEST, HIGHEST = 1, 5
ASKED = 5
ROLE = "role"  # the line that is worded for each role
FOLDER = "data/check_ins"
KEY = "check_ins.yaml"


class CheckInDay(Document):
    """The lines of one day by id, in the order asked; `pairs`: a newcomer's beside the manager's on the same thing."""

    newcomer: tuple[Id, ...]
    manager: tuple[Id, ...]
    pairs: tuple[tuple[Id, Id], ...]

    @model_validator(mode="after")
    def _pairs_name_lines(self) -> Self:
        for newcomer, manager in self.pairs:
            for side, named, lines in (("newcomer", newcomer, self.newcomer), ("manager", manager, self.manager)):
                if named not in lines:
                    raise ValueError(f"pair {newcomer}, {manager}: the {side} has no line {named!r}")
        return self

    def asked(self, side: Side) -> tuple[str, ...]:
        return self.newcomer if side == "newcomer" else self.manager


class CheckInKey(Document):
    """`low`: the answers that count as low; from `talk_after` low ones on, a talk is due within `talk_within` days.

    talk_within : working days
    """

    version: Version
    status: Status
    licence: str
    low: tuple[int, ...] = Field(min_length=1)
    talk_after: int = Field(ge=1, le=ASKED)
    talk_within: int = Field(ge=1, le=10)
    days: dict[Day, CheckInDay]

    def day(self, day: int) -> CheckInDay:
        for found, lines in self.days.items():
            if found == day:
                return lines
        raise UnknownIdError("check-in at day", str(day), [str(found) for found in self.days])


class RoleLine(Document):
    """The line about the work itself, from both sides."""

    newcomer: Text
    manager: Text


class CheckInWords(Document):
    """`intro` stands above the lines of a side, `open` asks for one free line."""

    language: Id
    version: Version
    status: Status
    licence: str
    scale: dict[int, Text]
    no_answer: Text
    intro: dict[Side, Text]
    newcomer: dict[Day, dict[Id, Text]]
    manager: dict[Day, dict[Id, Text]]
    role: dict[Id, dict[Day, RoleLine]]
    open: dict[Side, dict[Day, Text]]

    def lines(self, side: Side) -> dict[Day, dict[Id, Text]]:
        return self.newcomer if side == "newcomer" else self.manager


@dataclass(frozen=True)
class CheckInItem:
    id: str
    text: str


@dataclass(frozen=True)
class CheckInForm:
    """What one side is asked on one day; `language` is the one the words are in. `scale`: answer and what it says."""

    day: int
    side: Side
    role: str
    language: str
    version: str
    intro: str
    items: tuple[CheckInItem, ...]
    scale: tuple[tuple[int, str], ...]
    no_answer: str
    open: str

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(item.id for item in self.items)


@cache
def check_in_key() -> CheckInKey:
    path = ROOT / FOLDER / KEY
    return parse(CheckInKey, read_document(path), where=path)


@cache
def check_in_words(language: str) -> CheckInWords:
    """The words in a language; where that one is missing, in English, and `language` says so."""
    path = ROOT / FOLDER / f"{language}.yaml"
    if language not in check_in_languages():
        path = ROOT / FOLDER / f"{ENGLISH}.yaml"
    return parse(CheckInWords, read_document(path), where=path)


@cache
def check_in_languages() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in (ROOT / FOLDER).glob("*.yaml") if path.name != KEY))


def check_in_form(day: int, side: Side, *, role: str, language: str) -> CheckInForm:
    """The five lines of a side at day 7, 30, 60 or 90, worded for a role.

    Raises
    ------
    UnknownIdError : no check-in on that day, or no such role
    """
    return compose_form(check_in_key(), check_in_words(language), day=day, side=side, role=role)


def compose_form(key: CheckInKey, words: CheckInWords, *, day: int, side: Side, role: str) -> CheckInForm:
    asked = key.day(day).asked(side)
    if role not in words.role:
        raise UnknownIdError("role", role, tuple(words.role))
    at = next(known for known in DAYS if known == day)
    own = words.role[role][at]
    said = {**words.lines(side)[at], ROLE: own.newcomer if side == "newcomer" else own.manager}
    return CheckInForm(
        day=day,
        side=side,
        role=role,
        language=words.language,
        version=key.version,
        intro=words.intro[side],
        items=tuple(CheckInItem(line, said[line]) for line in asked),
        scale=tuple(sorted(words.scale.items())),
        no_answer=words.no_answer,
        open=words.open[side][at],
    )
