"""Lengths of text messages, by hand from the tables of GSM 03.38."""

import pytest

from assessment.messages.made_up_values import made_up_values
from assessment.messages.sms import SmsLength, sms_length
from assessment.messages.templates import messages, write


@pytest.mark.parametrize(
    ("text", "encoding", "units", "parts"),
    [
        ("", "GSM-7", 0, 1),
        ("a" * 160, "GSM-7", 160, 1),
        ("a" * 161, "GSM-7", 161, 2),
        ("a" * 306, "GSM-7", 306, 2),
        ("a" * 307, "GSM-7", 307, 3),
        ("€", "GSM-7", 2, 1),
        ("€" * 80, "GSM-7", 160, 1),
        ("a" * 159 + "[", "GSM-7", 161, 2),
        ("ñéüàÑ¿¡\n", "GSM-7", 8, 1),
        ("í", "UCS-2", 1, 1),
        ("í" * 70, "UCS-2", 70, 1),
        ("í" * 71, "UCS-2", 71, 2),
        ("í" * 134, "UCS-2", 134, 2),
        ("í" * 135, "UCS-2", 135, 3),
        ("😀", "UCS-2", 2, 1),
        ("😀" * 36, "UCS-2", 72, 2),
        ("`", "UCS-2", 1, 1),
    ],
)
def test_units_and_parts(text: str, encoding: str, units: int, parts: int) -> None:
    length = sms_length(text)

    assert (length.encoding, length.units, length.parts) == (encoding, units, parts)


def test_an_escaped_letter_is_not_torn_between_two_parts() -> None:
    assert sms_length("a" * 152 + "€" + "a" * 151).parts == 2
    assert sms_length("a" * 152 + "€" + "a" * 152).parts == 3


def test_a_surrogate_pair_is_not_torn_between_two_parts() -> None:
    assert sms_length("í" * 66 + "😀" + "í" * 65).parts == 2
    assert sms_length("í" * 66 + "😀" + "í" * 66).parts == 3


def test_the_letters_that_make_it_costly_are_named_once() -> None:
    assert sms_length("Lucía y Sofía, está").costly == ("í", "á")
    assert sms_length("Peña").costly == ()
    assert sms_length("x").most_in_one == 160
    assert SmsLength("UCS-2", 1, 1).most_in_one == 70


def test_our_own_words_of_text_messages_stay_in_the_cheap_alphabet() -> None:
    plain = dict.fromkeys(made_up_values("en"), "x")

    costly = {
        (language, id_): sms_length(write(id_, language, **plain).sms).costly
        for language in ("en", "es")
        for id_ in messages(language).templates
    }

    assert {key: letters for key, letters in costly.items() if letters} == {}


@pytest.mark.parametrize("language", ["en", "es"])
def test_what_ships_fits_into_two_parts_when_filled_in(language: str) -> None:
    values = {**made_up_values(language), "candidate_name": "Amara Okafor"}

    parts = {id_: sms_length(write(id_, language, **values).sms).parts for id_ in messages(language).templates}

    assert {id_: n for id_, n in parts.items() if n > 2 + (language == "es")} == {}
