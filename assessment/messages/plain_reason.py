"""The reason of a kind refusal, as a person types it for the candidate: in plain words, without a score."""

import re

from assessment.instruments.reading_grade import reading_grade

_NUMBER = re.compile(r"\d[\d.,]*\s*%?")
_SCORE_WORDS = re.compile(
    r"\b(?:scor(?:e|es|ed|ing)|points?|per ?cent(?:age|ile)?s?|rank(?:s|ed|ing)?|bands?|ratings?|range|tests?|"
    r"fail(?:s|ed|ure)?|unfit|average|"
    r"puntuaci(?:ón|on|ones)|puntajes?|puntos?|por ?ciento|porcentajes?|percentil(?:es)?|bandas?|rangos?|ranking|"
    r"calificaci(?:ón|on|ones)|nota media|suspens[oa]s?|no apt[oa]s?)\b|%",
    re.IGNORECASE,
)


def score_words(text: str) -> tuple[str, ...]:
    """Words of scores, ranks and bands in a text, each once, as they stand there; English and Spanish."""
    return tuple(dict.fromkeys(found.group().casefold() for found in _SCORE_WORDS.finditer(text)))


def out_of_place(text: str) -> tuple[str, ...]:
    """What has no place in a reason that a candidate reads: numbers, and words of scores, ranks and bands."""
    numbers = (found.group().strip() for found in _NUMBER.finditer(text))
    return tuple(dict.fromkeys((*numbers, *score_words(text))))


def grade_of(text: str, language: str) -> float | None:
    """Reading grade where there is a formula for the language; there is one for English."""
    return reading_grade([text]) if language == "en" and text.strip() else None
