"""Messages name the placeholders they use, in every language the same ones."""

from assessment.messages.proof import prove_messages, prove_page_words
from assessment.messages.templates import Messages, messages

ENGLISH, SPANISH = messages("en"), messages("es")


def with_text(text: str) -> Messages:
    data = ENGLISH.model_dump()
    data["templates"]["reminder_1"]["text"] += text
    return Messages.model_validate(data)


def test_the_messages_that_ship_are_whole() -> None:
    assert (prove_messages(ENGLISH, ENGLISH), prove_messages(SPANISH, ENGLISH)) == ([], [])


def test_a_placeholder_that_is_used_but_not_named_is_told() -> None:
    assert prove_messages(with_text("{{ pay_grade }}"), ENGLISH) == [
        "message reminder_1: placeholder pay_grade: used, not named",
        "message reminder_1: placeholder pay_grade: not explained",
    ]


def test_a_template_that_cannot_be_filled_in_is_told() -> None:
    assert prove_messages(with_text("{% for"), ENGLISH)[0][:37] == "message reminder_1: cannot be filled "


def test_a_message_that_is_missing_in_a_language_is_told() -> None:
    data = SPANISH.model_dump()
    del data["templates"]["offer"]

    assert prove_messages(Messages.model_validate(data), ENGLISH) == ["message offer: not worded"]


def test_page_words_need_the_same_texts_and_placeholders_as_in_english() -> None:
    english = {"language": "en", "version": "0.1", "door": {"title": "Hello {role}", "button": "Go on"}}
    spanish = {"language": "es", "version": "0.1", "door": {"title": "Hola", "boton": "Siga"}}

    assert prove_page_words(spanish, english) == [
        "text door.button: not worded",
        "text door.boton: worded, but English has none",
        "text door.title: placeholders none, in English role",
    ]
