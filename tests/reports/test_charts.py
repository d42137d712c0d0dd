"""Every chart says in a sentence what it shows, in both themes and both widths, and the same facet looks the same."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from assessment.instruments.library import Library
from assessment.reports.charts.answer_shares import AnswerShares, answer_shares
from assessment.reports.charts.chart import Chart
from assessment.reports.charts.facet_ranges import facet_ranges
from assessment.reports.charts.fits import PersonFit, fits
from assessment.reports.charts.information import InformationCurve, information
from assessment.reports.charts.people_ranges import facet_ranges_of_people
from assessment.reports.charts.roles import RoleReach, roles
from assessment.reports.charts.shape import shape
from assessment.reports.charts.stages import stages
from assessment.reports.palette import DARK, LIGHT, Palette
from assessment.reports.ranges import RangeRow
from assessment.reports.words import band_advice, band_words, quality_note
from assessment.roles.fit import Interval

ROWS = [
    RangeRow("Patience", "care for people", "Core", 55, 5.8, 48, None, "in_range"),
    RangeRow("Liveliness", "contact style", "Signature", 40, 5.1, 46, 66, "close"),
    RangeRow("Reliability", "trust", "Core", 30, 5.5, 51, None, "below"),
    RangeRow("Flexibility", "steadiness", "Other", None, 0.0, 38, 58, None),
]
SOME = Interval(60, 70, 80)
DRAWN: dict[str, Callable[..., Chart]] = {
    "one": lambda p, compact: facet_ranges(ROWS, p, who="Ana", compact=compact),
    "role": lambda p, compact: facet_ranges([RangeRow(*_.__dict__.values()) for _ in ROWS], p, compact=compact),
    "people": lambda p, compact: facet_ranges_of_people({"Ana": ROWS, "Bo": ROWS}, p, compact=compact),
    "shape": lambda p, compact: shape(ROWS, p, who="Ana", compact=compact),
    "fits": lambda p, compact: fits([PersonFit("Ana", 3, "Talk", SOME, SOME)], p, compact=compact),
    "roles": lambda p, compact: roles(
        [RoleReach("Nurse", SOME, 2, 4), RoleReach("Aide", SOME, 4, 4, True)], p, compact=compact
    ),
    "shares": lambda p, compact: answer_shares(
        [AnswerShares("I wait.", [0.1, 0.2, 0.3, 0.3, 0.1]), AnswerShares("I skip it.", [0, 0, 0.5, 0.5, 0])],
        ["Never", "Rarely", "Sometimes", "Often", "Always"],
        p,
        group="trust",
        compact=compact,
    ),
    "information": lambda p, compact: information(
        InformationCurve([-1, 0, 1], [1, 3, 1], [0.7, 0.5, 0.7]),
        p,
        facet="Patience",
        group="care for people",
        target=0.4,
        compact=compact,
    ),
    "stages": lambda p, compact: stages({"Invited": 9, "Finished": 4}, p, compact=compact),
}


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("compact", [False, True], ids=["laptop", "phone"])
@pytest.mark.parametrize("name", DRAWN)
def test_a_chart_is_drawn_in_its_own_colours_and_says_what_it_shows(name: str, compact: bool, palette: Palette) -> None:
    chart = DRAWN[name](palette, compact)
    known = {value.upper() for value in _colours(palette)}
    used = {colour.upper() for colour in re.findall(r"#[0-9A-Fa-f]{6}", chart.figure.to_json(engine="json"))}

    assert used <= known
    assert chart.alt.endswith(".")
    assert chart.figure.layout.height > 0


def test_what_is_outside_is_named_in_the_sentence() -> None:
    assert facet_ranges(ROWS, LIGHT, who="Ana").alt == (
        "Ana: 3 of 4 facets measured against the role's ranges. "
        "Not in range: Liveliness close to range, Reliability below range."
    )


def test_the_role_applied_for_comes_first_and_the_rest_by_name() -> None:
    reaches = [RoleReach("Nurse", SOME, 2, 4), RoleReach("Clerk", SOME, 4, 4), RoleReach("Zoo", SOME, 4, 4, True)]

    said = roles(reaches, LIGHT).alt

    assert said.index("Zoo") < said.index("Clerk") < said.index("Nurse")


def test_every_group_of_facets_has_its_colour_in_both_themes() -> None:
    groups = {facet.group for facet in Library.shipped().questionnaire().facets}

    assert groups == set(LIGHT.groups) == set(DARK.groups)


def test_the_sheet_and_the_charts_keep_the_same_colours() -> None:
    sheet = (Path(__file__).parents[2] / "assessment/pages/static/look.css").read_text()
    for name in ("ink", "muted", "accent", "line", "edge", "surface"):
        pair = f"--{name}: light-dark({getattr(LIGHT, name)}, {getattr(DARK, name)})"
        assert pair in sheet


def test_no_word_about_a_person_judges() -> None:
    said = " ".join(
        band_words(b, ["Patience"]) + band_advice(b) for b in ("in_or_close", "talk", "outside", "not_measured")
    )
    said += quality_note(["same_answer", "checks"])

    assert re.findall(r"\b(fail|unfit|poor|weak|reject|best|rank)", said.lower()) == []


def _colours(palette: Palette) -> list[str]:
    values = [v for k, v in palette.__dict__.items() if k not in ("people", "groups")]
    return [*values, *palette.people, *palette.groups.values()]
