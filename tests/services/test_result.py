"""What candidates read about themselves, on the screen and in the file they keep."""

import re
from datetime import date
from html import unescape

import pytest

from assessment.errors import NotAllowedError
from assessment.services.actor import Actor
from assessment.services.answers import Answer, save_answers, submit
from assessment.services.result import band_of, result
from assessment.services.result_page import result_html
from assessment.services.sitting import choose_language, look
from tests.hiring import NOW, Hiring, answer_all


def finished(hiring: Hiring, name: str = "Sofia Marino", *, language: str = "en", agree_with: str = "plus") -> Actor:
    """Somebody who agrees with every line of one key and with none of the other."""
    actor = hiring.invite(name, language=language).begin()
    sitting = look(hiring.house, actor=actor, now=NOW)
    taps = [
        Answer(item, 5 if sitting.instrument.by_id[item].keyed == agree_with else 1, 1)
        for item in sitting.form.items
        if item in sitting.instrument.by_id
    ]
    save_answers(hiring.house, taps, actor=actor, now=NOW)
    submit(hiring.house, actor=actor, now=NOW, skip=True)
    return actor


@pytest.mark.parametrize(
    ("t", "band"),
    [(34.9, "well_below"), (35, "below"), (45, "about"), (54.9, "about"), (55, "above"), (65, "well_above")],
)
def test_bands_of_feedback_are_cut_by_t(t: float, band: str) -> None:
    assert band_of(t) == band


def test_high_on_everything_brings_everything(hiring: Hiring) -> None:
    own = result(hiring.house, actor=finished(hiring), now=NOW)

    assert len(own.strong) == 8
    assert (own.support, own.about, own.not_scored) == ((), (), ())
    assert [abs(f.t - 50) for f in own.strong] == sorted((abs(f.t - 50) for f in own.strong), reverse=True)


def test_low_on_everything_still_brings_something(hiring: Hiring) -> None:
    own = result(hiring.house, actor=finished(hiring, agree_with="minus"), now=NOW)

    assert (len(own.strong), len(own.support)) == (1, 7)


def test_feedback_is_worded_by_facet_and_band_with_its_error(hiring: Hiring) -> None:
    own = result(hiring.house, actor=finished(hiring), now=NOW)

    voi = next(f for f in own.strong if f.facet == "voi")
    assert voi.name == "Outspokenness"
    assert voi.text.startswith("You speak first and help to steer the talk")
    assert voi.high - voi.low == pytest.approx(2 * 1.96 * 10 * (1 - 0.74) ** 0.5)
    assert (voi.rough, next(f for f in own.strong if f.facet == "und").rough) == (False, True)


def test_a_result_says_it_is_a_trial_and_when_a_person_has_read_it(hiring: Hiring) -> None:
    own = result(hiring.house, actor=finished(hiring), now=NOW)

    assert own.provisional is True
    assert own.trial.startswith("This form is new")
    assert own.read_by == date(2026, 12, 1)
    assert own.next_words.startswith("A person at St Anne's reads your answers by 1 December 2026.")


def test_facets_with_too_few_answers_are_named_and_left_out(hiring: Hiring) -> None:
    actor = hiring.invite().begin()
    answer_all(hiring.house, actor)
    save_answers(hiring.house, [Answer("voi_01", None, 2), Answer("voi_02", None, 2)], actor=actor, now=NOW)
    submit(hiring.house, actor=actor, now=NOW, skip=True)

    own = result(hiring.house, actor=actor, now=NOW)

    assert own.not_scored == ("Outspokenness",)
    assert "voi" not in {f.facet for f in (*own.strong, *own.support, *own.about)}


def test_a_result_is_in_the_language_chosen_also_afterwards(hiring: Hiring) -> None:
    actor = finished(hiring)

    choose_language(hiring.house, "es", actor=actor, now=NOW)

    own = result(hiring.house, actor=actor, now=NOW)
    assert own.language == "es"
    assert "1 de diciembre de 2026" in own.next_words


def test_there_is_no_result_before_the_end(hiring: Hiring) -> None:
    with pytest.raises(NotAllowedError, match="as soon as"):
        result(hiring.house, actor=hiring.invite().begin(), now=NOW)


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_file_to_keep_loads_nothing_and_runs_nothing(hiring: Hiring, language: str) -> None:
    page = result_html(hiring.house, actor=finished(hiring, language=language), now=NOW)

    assert f'<html lang="{language}">' in page
    assert re.findall(r"<script|src=|href=|url\(|@import|https?:", page) == []


def test_a_name_stays_text_in_the_file_to_keep(hiring: Hiring) -> None:
    name = "<script>alert(1)</script> & ‮=cmd 🙂"

    page = result_html(hiring.house, actor=finished(hiring, name), now=NOW)

    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; ‮=cmd 🙂" in page


def test_the_file_to_keep_shows_no_numbers_of_the_person(hiring: Hiring) -> None:
    page = result_html(hiring.house, actor=finished(hiring), now=NOW)

    words = unescape(re.sub(r"<style>.*?</style>|<[^>]*>", " ", page, flags=re.DOTALL))
    assert set(re.findall(r"\d+", words)) == {"24", "2026", "1"}
