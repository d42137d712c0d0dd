"""Whether the words are whole: every id worded and no other, nothing said twice, easy enough to read."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from assessment.instruments.facts import FactsWording
from assessment.instruments.instrument import Instrument
from assessment.instruments.reading_grade import too_hard
from assessment.instruments.scenario import ScenarioSet, ScenarioWording
from assessment.instruments.wording import PLACEHOLDERS, Wording

Problems = list[str]
PAGES = ("welcome", "notice", "adjustments", "instructions", "practice", "finish")
MISSED = "missed"  # worded beside the checks: what is said when both were missed
_BRACES = re.compile(r"\{([^{}]*)\}|[{}]")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n+")


def prove_wording(wording: Wording, instrument: Instrument) -> Problems:
    steps = range(instrument.format.low, instrument.format.high + 1)
    problems = [
        *same_ids("scale", wording.scale, steps),
        *same_ids("item", wording.items, instrument.by_id),
        *same_ids("check", wording.checks, [*(check.id for check in instrument.checks), MISSED]),
        *same_ids("practice", wording.practice.lines, [line.id for line in instrument.practice]),
        *same_ids("facet", wording.facets, instrument.facets_by_id),
        *said_twice("scale", wording.scale.values()),
    ]
    for name, part in _parts(wording):
        problems += said_twice(name, (sentence for text in texts(part) for sentence in sentences(text)))
        problems += placeholders_known(texts(part), PLACEHOLDERS)
    if wording.language == "en":
        problems += [problem for screen, parts in _screens(wording) for problem in too_hard(screen, parts)]
    return problems


def prove_scenario_wording(wording: ScenarioWording, scenarios: ScenarioSet) -> Problems:
    known = scenarios.by_id()
    problems = same_ids("scenario", wording.scenarios, known)
    if wording.competencies:
        problems += same_ids("competency", wording.competencies, scenarios.competencies)
    for id_, scene in wording.scenarios.items():
        if id_ in known:
            problems += same_ids(f"scenario {id_} option", scene.options, known[id_].options)
        problems += said_twice(f"scenario {id_}", scene.options.values())
        if wording.language == "en":
            problems += too_hard(f"scenario {id_}", [scene.stem, *scene.options.values()])
    return problems


def prove_facts(facts: FactsWording, roles: Collection[str]) -> Problems:
    problems = same_ids("role", facts.roles, roles)
    for role, cards in facts.roles.items():
        problems += said_twice(f"job facts of {role}", [card.id for card in cards])
        problems += said_twice(f"job facts of {role}", [card.text for card in cards])
        if facts.language == "en":
            problems += too_hard(f"job facts of {role}", [facts.intro, *(t for c in cards for t in (c.title, c.text))])
    return problems


def same_ids(what: str, found: Iterable[object], expected: Iterable[object]) -> Problems:
    """Ids that are missing or too many."""
    there, due = list(found), list(expected)
    return [
        *(f"{what} {id_}: not worded" for id_ in due if id_ not in there),
        *(f"{what} {id_}: worded, but the key has none" for id_ in there if id_ not in due),
    ]


def said_twice(what: str, said: Iterable[str]) -> Problems:
    times = Counter(" ".join(text.split()).casefold() for text in said)
    return [f"{what}: “{text[:80]}” stands {n} times" for text, n in times.items() if n > 1]


def placeholders_known(said: Iterable[str], known: Collection[str]) -> Problems:
    return [
        f"“{found[0][:40]}” is no placeholder; there are: {', '.join(known)}"
        for text in said
        for found in _BRACES.finditer(text)
        if found[1] not in known
    ]


def sentences(text: str) -> list[str]:
    """Only real sentences, of four words or more: a short label may come back."""
    return [part for part in _SENTENCE_END.split(text.strip()) if len(part.split()) > 3]


def texts(thing: object) -> Iterator[str]:
    """Every text in nested data."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, dict):
        for value in thing.values():
            yield from texts(value)
    elif isinstance(thing, list | tuple):
        for value in thing:
            yield from texts(value)


def _parts(wording: Wording) -> Iterator[tuple[str, object]]:
    """Statements and results as one part, then page by page: a page may say again what another said."""
    whole = wording.model_dump()
    yield "statements and results", [whole["items"], whole["checks"], whole["facets"]]
    for page in PAGES:
        yield page, whole[page]


def _screens(wording: Wording) -> Iterator[tuple[str, list[str]]]:
    for name, part in _parts(wording):
        yield name, list(texts(part))
    yield "statements", [*wording.items.values(), *wording.checks.values()]
    for section in wording.notice.sections:
        yield f"notice {section.id}", [section.heading, section.text]
    for id_, facet in wording.facets.items():
        for band, text in facet.feedback.items():
            yield f"result {id_} {band}", [facet.name, facet.definition, facet.low_pole, facet.high_pole, text]
