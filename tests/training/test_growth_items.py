"""The eight lines on how somebody talks with people: the same things from both views, and no sum of them."""

import pytest

from assessment.errors import InstrumentError
from assessment.instruments.document import parse
from assessment.training.growth_items import (
    VIEWS,
    GrowthItems,
    GrowthWords,
    growth_items,
    growth_languages,
    growth_words,
    prove_growth_items,
    prove_growth_words,
)


def changed(**parts: object) -> GrowthWords:
    return growth_words("en").model_copy(update=parts)


def without(lines: dict[str, str], id_: str) -> dict[str, str]:
    return {key: text for key, text in lines.items() if key != id_}


@pytest.mark.parametrize("language", ["en", "es"])
def test_what_ships_words_eight_lines_from_both_views(language: str) -> None:
    words = growth_words(language)

    assert prove_growth_items(growth_items()) == []
    assert (words.language, prove_growth_words(words, growth_items())) == (language, [])
    assert [tuple(words.lines(view)) for view in VIEWS] == [growth_items().ids] * 2
    assert (words.intro("self"), words.intro("peer")) == (words.intro_self, words.intro_peer)


def test_a_language_without_words_falls_back_to_english_and_says_so() -> None:
    assert growth_words("fr").language == "en"
    assert growth_languages() == ("en", "es")


def test_a_line_that_one_view_lacks_and_a_step_without_words_are_found() -> None:
    english = growth_words("en")
    scale = {step: text for step, text in english.scale.items() if step != 3}

    assert prove_growth_words(changed(peer=without(english.peer, "plain_words")), growth_items()) == [
        "peer line plain_words: not worded"
    ]
    assert prove_growth_words(changed(scale=scale), growth_items()) == ["scale 3: not worded"]


def test_the_same_line_twice_and_hard_words_are_found() -> None:
    english = growth_words("en")
    twice = {**english.self, "says_next": english.self["plain_words"]}
    hard = {**english.self, "says_next": "Interdisciplinary communication necessitates responsibility. " * 12}

    assert prove_growth_words(changed(self=twice), growth_items()) == [
        "self lines: “i use words that someone from outside our work would understand.” stands 2 times"
    ]
    (problem,) = prove_growth_words(changed(self=hard), growth_items())
    assert problem.startswith("self lines: reading grade")


def test_seven_lines_or_one_twice_are_no_questionnaire() -> None:
    whole = growth_items().model_dump(mode="json")
    seven = parse(GrowthItems, {**whole, "items": whole["items"][:7]}, where="x")

    assert prove_growth_items(seven) == ["7 items, expected 8"]
    with pytest.raises(InstrumentError, match="item lets_finish stands twice"):
        parse(GrowthItems, {**whole, "items": [*whole["items"], whole["items"][0]]}, where="x")
    with pytest.raises(InstrumentError, match="views peer; expected self, peer"):
        parse(GrowthItems, {**whole, "views": ["peer"]}, where="x")
