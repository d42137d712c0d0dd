"""Whether every check-in can be asked: five lines a side and day, worded for each role, the same in every language."""

from collections.abc import Collection, Iterator

from assessment.instruments.reading_grade import too_hard
from assessment.instruments.wording_proof import said_twice, same_ids
from assessment.training.check_in import (
    ASKED,
    DAYS,
    HIGHEST,
    LOWEST,
    ROLE,
    SIDES,
    CheckInKey,
    CheckInWords,
    Side,
    compose_form,
)
from assessment.training.module import ENGLISH
from assessment.training.onboarding_proof import judging_words

Problems = list[str]
FEWEST_PAIRS = 2


def prove_check_in_key(key: CheckInKey) -> Problems:
    """Four days, five lines a side with the one of the role last, and pairs that name lines of both sides once."""
    problems = [f"day {day}: missing" for day in DAYS if day not in key.days]
    problems += [f"low: {low}, expected {LOWEST} to {HIGHEST - 1}" for low in key.low if not LOWEST <= low < HIGHEST]
    for day, lines in key.days.items():
        for side in SIDES:
            asked = lines.asked(side)
            if len(asked) != ASKED:
                problems.append(f"day {day}, {side}: {len(asked)} lines, expected {ASKED}")
            if asked[-1:] != (ROLE,):
                problems.append(f"day {day}, {side}: the last line is to be `{ROLE}`")
            problems += said_twice(f"day {day}, {side}", asked)
        if len(lines.pairs) < FEWEST_PAIRS:
            problems.append(f"day {day}: {len(lines.pairs)} pairs, expected {FEWEST_PAIRS} or more")
        for at, side in enumerate(SIDES):
            problems += said_twice(f"day {day}, pairs, {side}", (pair[at] for pair in lines.pairs))
    return problems


def prove_check_in_words(words: CheckInWords, key: CheckInKey, *, roles: Collection[str]) -> Problems:
    """Each line of the key is worded once for each side, day and role; a newcomer reads it with ease.

    roles : those with a form
    """
    problems = same_ids("scale", words.scale, range(LOWEST, HIGHEST + 1))
    problems += said_twice("scale", [*words.scale.values(), words.no_answer])
    problems += same_ids("intro of", words.intro, SIDES)
    problems += same_ids("free line of", words.open, SIDES)
    problems += same_ids("role", words.role, roles)
    for role, own in words.role.items():
        problems += same_ids(f"day of role {role}", own, key.days)
    for side in SIDES:
        said = words.lines(side)
        problems += same_ids(f"day of {side}", said, key.days)
        problems += same_ids(f"free line of {side} at day", words.open.get(side, {}), key.days)
        for day, lines in key.days.items():
            general = [line for line in lines.asked(side) if line != ROLE]
            problems += same_ids(f"day {day}, {side}", said.get(day, {}), general)
    if problems:  # a form that is not whole cannot be read
        return problems
    for screen, side, parts in form_screens(words, key):
        problems += said_twice(screen, parts)
        if side == "newcomer":
            problems += judging_words(screen, parts, words.language)
            problems += too_hard(screen, parts) if words.language == ENGLISH else ()
    return problems


def form_screens(words: CheckInWords, key: CheckInKey) -> Iterator[tuple[str, Side, list[str]]]:
    """Each check-in as it is read: introduction, lines, scale and the free line."""
    for role in words.role:
        for day in key.days:
            for side in SIDES:
                form = compose_form(key, words, day=day, side=side, role=role)
                lines = [item.text for item in form.items]
                scale = [said for _, said in form.scale]
                yield f"day {day}, {side}, {role}", side, [form.intro, *lines, form.open, *scale, form.no_answer]
