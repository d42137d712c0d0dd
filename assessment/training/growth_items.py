"""How somebody talks with people at work, by their own word and by that of colleagues: for growth, never to choose.

Eight things people do, each with how often. There is no pass mark and no sum: every line stands
for itself. What colleagues say is shown as means only, from enough people up.
"""

from functools import cache
from typing import Annotated, Literal, Self, get_args

from pydantic import Field, model_validator

from assessment.instruments.document import parse, read_document
from assessment.instruments.instrument import Document, Id, Status, Version
from assessment.instruments.library import ROOT
from assessment.instruments.reading_grade import too_hard
from assessment.instruments.wording_proof import said_twice, same_ids
from assessment.training.module import ENGLISH

Problems = list[str]
View = Literal["self", "peer"]
Text = Annotated[str, Field(min_length=1, max_length=400)]
VIEWS: tuple[View, ...] = get_args(View)
LOWEST, HIGHEST = 1, 5
ASKED = 8  # the invitations say so
NO_CHANCE = 0  # has not come up, or was not seen; counts nowhere
FOLDER = "data/growth"
KEY = "items.yaml"


class GrowthItem(Document):
    id: Id


class GrowthItems(Document):
    """What is asked, in the order asked; from each view the same things. High is more often."""

    version: Version
    status: Status
    licence: str
    views: tuple[View, ...]
    items: tuple[GrowthItem, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _names_each_once(self) -> Self:
        if twice := sorted({id_ for id_ in self.ids if self.ids.count(id_) > 1}):
            raise ValueError(f"item {', '.join(twice)} stands twice")
        if self.views != VIEWS:
            raise ValueError(f"views {', '.join(self.views)}; expected {', '.join(VIEWS)}")
        return self

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(item.id for item in self.items)


class GrowthWords(Document):
    """The lines by id, as said of oneself and of a colleague; `open` asks for one free line."""

    language: Id
    version: Version
    status: Status
    licence: str
    intro_self: Text
    intro_peer: Text
    scale: dict[int, Text]
    no_chance: Text
    self: dict[Id, Text]
    peer: dict[Id, Text]
    open: Text

    def lines(self, view: View) -> dict[str, str]:
        return self.self if view == "self" else self.peer

    def intro(self, view: View) -> str:
        return self.intro_self if view == "self" else self.intro_peer


@cache
def growth_items() -> GrowthItems:
    path = ROOT / FOLDER / KEY
    return parse(GrowthItems, read_document(path), where=path)


@cache
def growth_words(language: str) -> GrowthWords:
    """The words in a language; where that one is missing, in English, and `language` says so."""
    path = ROOT / FOLDER / f"{language}.yaml"
    if language not in growth_languages():
        path = ROOT / FOLDER / f"{ENGLISH}.yaml"
    return parse(GrowthWords, read_document(path), where=path)


@cache
def growth_languages() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in (ROOT / FOLDER).glob("*.yaml") if path.name != KEY))


def prove_growth_items(key: GrowthItems) -> Problems:
    """As many as the invitations speak of."""
    return [] if len(key.items) == ASKED else [f"{len(key.items)} items, expected {ASKED}"]


def prove_growth_words(words: GrowthWords, key: GrowthItems) -> Problems:
    """Every line worded from both views, nothing said twice, and easy enough to read."""
    steps = range(LOWEST, HIGHEST + 1)
    problems = [*same_ids("scale", words.scale, steps), *said_twice("scale", words.scale.values())]
    for view in VIEWS:
        lines = words.lines(view)
        problems += same_ids(f"{view} line", lines, key.ids)
        problems += said_twice(f"{view} lines", lines.values())
        if words.language == ENGLISH:
            screen = [words.intro(view), *lines.values(), *words.scale.values(), words.no_chance, words.open]
            problems += too_hard(f"{view} lines", screen)
    return problems
