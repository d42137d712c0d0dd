"""Both charts of the check-ins say in a sentence what they show, name both sides in both themes, and escape what people typed."""

import re

import pytest

from assessment.reports.charts.check_ins import PairRow, SidePoint, agreement, check_in_trend
from assessment.reports.palette import DARK, LIGHT, Palette

MINE = [SidePoint(7, 4.2, 5, 3, 5), SidePoint(30, 2.75, 4, 1, 4)]
THEIRS = [SidePoint(7, 4.0, 5, 4, 4)]
PAIRS = [
    PairRow(7, "I got what I need to work: access, tools, clothes, keys.", 2, 5),
    PairRow(7, "I know what to say.", 4, 4),
]


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("compact", [False, True], ids=["laptop", "phone"])
def test_they_keep_to_the_colours_of_the_theme_and_name_both_sides(palette: Palette, compact: bool) -> None:
    charts = (
        check_in_trend(MINE, THEIRS, palette, who="Ana <b>", lead="Who leads", compact=compact),
        agreement(PAIRS, palette, who="Ana <b>", lead="Who leads", compact=compact),
    )

    known = {value.upper() for value in (*vars(palette).values(), *palette.people) if isinstance(value, str)}
    for chart in charts:
        drawn = chart.figure.to_json(engine="json")
        assert {colour.upper() for colour in re.findall(r"#[0-9A-Fa-f]{6}", drawn)} <= known
        said = " ".join(note.text for note in chart.figure.layout.annotations)
        assert "Ana &lt;b&gt;" in said
        assert "Who leads" in said


def test_the_sentence_of_the_trend_gives_means_with_how_many_and_from_where_to_where() -> None:
    chart = check_in_trend(MINE, THEIRS, LIGHT, who="Ana", lead="Who leads")

    assert chart.alt == (
        "Means of the check-ins by day. Ana: day 7 4.2 over 5 lines, from 3 to 5; day 30 2.8 over 4 lines, from 1 to 4. "
        "Who leads: day 7 4.0 over 5 lines, from 4 to 4."
    )
    assert "n 5 and 5" in chart.figure.layout.xaxis.ticktext[0]
    assert chart.figure.layout.xaxis.ticktext[3] == "day 90"


def test_a_side_without_an_answer_is_said_to_have_none() -> None:
    assert "Who leads: nothing to show yet." in check_in_trend(MINE, [], LIGHT, who="Ana", lead="Who leads").alt


def test_the_sentence_of_the_agreement_counts_what_is_two_steps_apart() -> None:
    chart = agreement(PAIRS, LIGHT, who="Ana", lead="Who leads")

    assert chart.alt.startswith("2 things both were asked, 1 of them two steps apart or more.")
    assert "I know what to say (day 7): Ana 4, Who leads 4." in chart.alt
    words = [note.text for note in chart.figure.layout.annotations]
    assert "3 apart" in words
    assert "the same" in words
