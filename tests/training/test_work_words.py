"""The page “what this work asks of you”: one entry for each signature facet, plain enough to read."""

import pytest

from assessment.errors import UnknownIdError
from assessment.roles.library import shipped_profiles
from assessment.training.work_words import WorkWords, prove_work_words, work_languages, work_words

SIGNATURES = {role: profile.signature for role, profile in shipped_profiles().items()}


def prove(words: WorkWords) -> list[str]:
    return prove_work_words(words, roles=tuple(SIGNATURES), signatures=SIGNATURES)


def changed(role: str, **parts: object) -> WorkWords:
    english = work_words("en")
    own = english.roles[role].model_copy(update=parts)
    return english.model_copy(update={"roles": {**english.roles, role: own}})


@pytest.mark.parametrize("language", ["en", "es"])
def test_what_ships_words_the_signature_of_every_role(language: str) -> None:
    words = work_words(language)

    assert (words.language, prove(words)) == (language, [])
    assert [asked.facet for asked in words.role("front_desk_officer").asks] == ["voi", "liv", "wrm", "pat"]
    assert words.role("front_desk_officer").asks[0].try_this


def test_a_language_without_words_falls_back_to_english_and_says_so() -> None:
    assert work_words("fr").language == "en"
    assert work_languages() == ("en", "es")


def test_asks_in_another_order_or_for_another_facet_are_found() -> None:
    asks = work_words("en").roles["physician"].asks

    assert prove(changed("physician", asks=asks[::-1])) == [
        "physician: asks exa, gen, hon, und; the profile has und, hon, gen, exa"
    ]


def test_a_missing_role_and_hard_words_are_found() -> None:
    english = work_words("en")
    without = {role: own for role, own in english.roles.items() if role != "billing_clerk"}
    hard = "Interdisciplinary communication necessitates considerable organisational responsibility " * 6

    assert prove(english.model_copy(update={"roles": without})) == ["role billing_clerk: not worded"]
    (problem,) = prove(changed("billing_clerk", also=hard))
    assert problem.startswith("work of billing_clerk: reading grade")


def test_the_same_sentence_in_two_roles_is_found() -> None:
    lead = work_words("en").roles["physician"].lead

    assert prove(changed("billing_clerk", lead=lead)) == [f"roles: “{lead.casefold()[:80]}” stands 2 times"]


def test_an_unknown_role_is_named_with_those_there_are() -> None:
    with pytest.raises(UnknownIdError, match="front_desk_officer"):
        work_words("en").role("clrk")
