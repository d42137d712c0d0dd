"""Ready answers: the same in every language, with the same gaps, easy to read, none sent with a gap."""

import pytest

from assessment.messages.inquiry_answers import InquiryAnswers, inquiry_answers, left_to_fill, prove_inquiry_answers
from assessment.services.stages import STAGES


def changed(language: str, answer: str, **fields: object) -> InquiryAnswers:
    shipped = inquiry_answers(language)
    answers = {**shipped.answers, answer: shipped.answers[answer].model_copy(update=fields)}
    return shipped.model_copy(update={"answers": answers})


@pytest.mark.parametrize("language", ["en", "es"])
def test_what_ships_is_whole(language: str) -> None:
    assert prove_inquiry_answers(inquiry_answers(language), inquiry_answers("en"), stages=STAGES) == []


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"text": "Hola."}, "another number of [gaps] than in English"),
        ({"text": "[a] {hours} [b]"}, "other placeholders than in English"),
        ({"text": "[a] [b] {salary}"}, "placeholder salary is not filled by anybody"),
        ({"kinds": ("note",)}, "for other kinds than in English"),
    ],
)
def test_a_translation_that_says_something_else_is_found(fields: dict[str, object], problem: str) -> None:
    found = prove_inquiry_answers(changed("es", "pay", **fields), inquiry_answers("en"), stages=STAGES)

    assert f"answer pay: {problem}" in found


def test_a_stage_without_a_next_step_is_found() -> None:
    shipped = inquiry_answers("en")
    steps = {stage: words for stage, words in shipped.next_steps.items() if stage != "offer"}

    found = prove_inquiry_answers(shipped.model_copy(update={"next_steps": steps}), shipped, stages=STAGES)

    assert found == ["stage offer: not worded"]


def test_a_hard_answer_is_found() -> None:
    hard = "Notwithstanding organisational considerations, remuneration determinations necessitate deliberation."

    found = prove_inquiry_answers(changed("en", "when_news", text=hard), inquiry_answers("en"), stages=STAGES)

    assert any(problem.startswith("answer when_news: reading grade") for problem in found)


def test_only_the_gaps_of_ready_answers_count_as_gaps() -> None:
    assert left_to_fill("By [day], or [sic] {x} [día] […]") == ("[day]", "[día]", "[…]")
