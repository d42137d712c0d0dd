"""Messages: every placeholder filled, and what people typed stays what it is."""

import pytest

from assessment.errors import InstrumentError, UnknownIdError
from assessment.messages.templates import messages, write
from assessment.messages.words import words


def filled(language: str = "en", **other: str) -> dict[str, str]:
    return {**{name: f"<{name}>" for name in messages(language).placeholders}, **other}


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_template_can_be_written(language: str) -> None:
    for id_ in messages(language).templates:
        message = write(id_, language, **filled(language))
        assert message.subject
        assert "{{" not in message.text


def test_a_missing_value_is_an_error_and_not_a_gap() -> None:
    values = filled()
    del values["link"]

    with pytest.raises(InstrumentError, match="link"):
        write("invitation", "en", **values)


def test_a_template_in_a_name_is_not_run() -> None:
    message = write("invitation", "en", **filled(candidate_name="{{ ''.__class__.__mro__ }} {% raw %}"))

    assert "{{ ''.__class__.__mro__ }} {% raw %}" in message.text


def test_an_unknown_message_or_language_lists_what_there_is() -> None:
    with pytest.raises(UnknownIdError, match="invitation"):
        write("nope", "en")
    with pytest.raises(UnknownIdError, match="en, es"):
        words("tlh")
