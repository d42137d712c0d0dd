"""What has no place in a reason that a candidate reads."""

import pytest

from assessment.messages.plain_reason import grade_of, out_of_place, score_words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("You scored 41 of 100 on patience.", ("41", "100", "scored")),
        ("You are in the lowest band, 12 % below.", ("12 %", "band", "%")),
        ("Your ratings were below average.", ("ratings", "average")),
        ("Su puntuación fue baja y quedó en la banda C.", ("puntuación", "banda")),
        ("We need someone who can work at night.", ()),
        ("Trabajamos a media jornada y usted busca otra cosa.", ()),
    ],
)
def test_numbers_and_words_of_scores_are_found(text: str, found: tuple[str, ...]) -> None:
    assert out_of_place(text) == found


def test_a_date_is_no_word_of_scores() -> None:
    assert score_words("You can call until 3 March 2027.") == ()


def test_the_grade_is_said_where_there_is_a_formula() -> None:
    easy, hard = (
        "We need you to work at night.",
        "Organisational considerations necessitated an alternative appointment.",
    )

    assert (grade_of(easy, "en") or 0) < 6 < (grade_of(hard, "en") or 0)
    assert grade_of(easy, "es") is None
    assert grade_of("  ", "en") is None
