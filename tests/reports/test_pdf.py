"""Documents on paper: whatever people typed is shown as they typed it, in their own script, and nothing is cut off."""

import random
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from assessment.reports.candidate_report import CandidateReport, FacetLine, OpenPoint
from assessment.reports.comparison import Compared, ComparedFacet, Comparison, Mark
from assessment.reports.interview_sheet import InterviewSheet, SheetQuestion
from assessment.reports.pdf import FONTS, PAPERS, UNKNOWN, compiled, pdf, showable, staff_imprint
from assessment.reports.ranges import RangeRow
from assessment.reports.vacancy_summary import Promise, SummaryRow, VacancySummary
from assessment.roles.fit import Interval
from tests.paper import fonts_embedded, ink_in_margins, marked, page_size, pages, words

NOW = datetime(2026, 11, 24, 9, 30, 0, 123456, tzinfo=UTC)
LONG = "Maximiliana-Wilhelmina von Hohenzollern-Sigmaringen-Braun IV"
UNBROKEN = "W" * 60
TYPED = (
    "#panic()",
    "*bold*",
    "$x$",
    "@a",
    "<b>",
    "=cmd",
    "// no",
    "`raw`",
    "= Title",
    "\\u{41}",
    "[x](http://x)",
    "_a_",
)
NAMES = (
    "José Núñez Íñiguez",
    "محمد عبد الرحمن",
    "אברהם בן־דוד",
    "王小明",
    "朱镕基",
    "山田さくら",
    "김철수",
    "अनुष्का शर्मा",
    "Nguyễn Thị Ánh",
    "Ελένη Жанна",
    "ชาติชาย",
    "አበበ",
    "Ana 😀",
)
ROWS = tuple(
    RangeRow(f"Facet number {n}", "trust", part, 38.0 + n, 5.8, 45, None if n % 2 else 62, band)
    for n, (part, band) in enumerate(
        zip(["Core"] * 3 + ["Signature"] * 4 + ["Other"] * 5, ["in_range", "close", "below", "above"] * 3, strict=True)
    )
)
CHIPS = {"in_range": "good", "close": "attend"}


def imprint(title: str = "A report", *, paper: str = "a4"):
    return staff_imprint(title, paper=paper, organisation="St Anne's", made_up=True, made_by="Ada Voss", now=NOW)


def report(name: str = "Ana Ruiz", *, says: str = "Talk about patience") -> CandidateReport:
    """Twelve facets and three open points with long words: as much as one page may have to hold."""
    long = (
        "People who depend on others suffer when help comes late, and a full hand-over needs two who share what they know. "
        * 2
    )
    return CandidateReport(
        name=name,
        first_name=name.split()[0],
        vacancy="Front desk officer · Main house",
        how="Finished on 13 November in 17 minutes, in English. Answers were read with care. Waiting 11 days.",
        chip="attend",
        band=says,
        advice="Invite them to a talk and ask about what is named; a good question clears it up.",
        draft="Research draft: for development, not for selection.",
        unsteady="About 4 in 10 people would get another band if they answered again (simulated).",
        fits=(("Signature fit 71", ", most likely between 60 and 82."), ("", "Core was not measured.")),
        chart_line=f"Soft band: the range. Mark: {name}. Line: how far off it may be (95 %).",
        facets=tuple(
            FacetLine(r, f"{r.t:.1f}", "± 11.4", "45 or more", CHIPS.get(r.band or "", "outside"), "Close to range")
            for r in ROWS
        ),
        explore=tuple(
            OpenPoint(
                f"Facet number {n}", "outside", "Below range", "Tell me about a promise that became hard.", long, long
            )
            for n in range(3)
        ),
        nothing_to_explore="Nothing",
        full=None,
    )


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", [LONG, UNBROKEN, "محمد " * 12])
def test_twelve_facets_and_a_name_of_sixty_letters_stay_on_one_page_and_inside_it(name: str, paper: str) -> None:
    made = pdf("candidate_report", report(name), imprint(paper=paper), now=NOW)
    (picture,) = compiled("candidate_report", report(name), imprint(paper=paper), format="png", ppi=50)

    assert (pages(made), page_size(made)) == (1, (210, 297) if paper == "a4" else (216, 279))
    assert not ink_in_margins(picture)


def test_a_long_name_is_whole() -> None:
    made = pdf("candidate_report", report(LONG), imprint(), now=NOW)

    assert LONG.replace("-", "").replace(" ", "") in words(made).replace("-", "").replace(" ", "")


def test_a_document_is_tagged_named_and_carries_its_fonts() -> None:
    made = pdf("candidate_report", report(), imprint("Ana Ruiz: Front desk officer"), now=NOW)

    assert marked(made) == {
        "tagged": True,
        "title": "Ana Ruiz: Front desk officer",
        "language": "en",
        "universal": True,
    }
    assert fonts_embedded(made)


@pytest.mark.parametrize("typed", TYPED)
def test_what_people_typed_is_never_read_as_markup(typed: str) -> None:
    made = pdf("candidate_report", report(f"Ana {typed}", says=f"Talk about {typed}"), imprint(f"x {typed}"), now=NOW)

    assert f"Ana {typed}" in words(made)
    assert f"Talk about {typed}" in words(made)
    assert marked(made)["title"] == f"x {typed}"


@pytest.mark.parametrize("name", NAMES)
def test_a_name_shows_in_its_own_script(name: str) -> None:
    """PDF/UA allows no missing glyph, so a document that says it keeps to it shows none as a box."""
    made = pdf("candidate_report", report(name), imprint(name), now=NOW)

    assert showable(name) == name
    assert (marked(made)["universal"], marked(made)["title"]) == (True, name)
    assert fonts_embedded(made)


def test_a_character_that_no_font_has_is_shown_as_unknown_and_stops_nothing() -> None:
    made = pdf("candidate_report", report("Ana \ue000\x07\U0001fadf"), imprint(), now=NOW)

    assert showable("Ana \ue000\x07") == f"Ana {UNKNOWN}{UNKNOWN}"
    assert f"Ana {UNKNOWN}{UNKNOWN}{UNKNOWN}" in words(made)
    assert marked(made)["universal"]


def test_signs_that_turn_the_direction_of_what_follows_are_left_out() -> None:
    assert showable("Ana\u202e fit 12\u2066") == "Ana fit 12"


def test_any_text_at_all_makes_a_document() -> None:
    rng = random.Random(4)

    for _ in range(40):
        name = "".join(chr(rng.choice((rng.randrange(1, 0xD800), rng.randrange(0xE000, 0x20000)))) for _ in range(30))
        assert pages(pdf("candidate_report", report(f"x {name}"), imprint(name), now=NOW)) >= 1


def test_the_same_content_gives_the_same_file() -> None:
    first, second = (pdf("candidate_report", report(), imprint(), now=NOW) for _ in range(2))

    assert first == second


@pytest.mark.parametrize("paper", PAPERS)
def test_an_interview_sheet_is_one_page_with_every_question_and_anchor(paper: str) -> None:
    anchors = {
        1: "Speaks in general and gives no example of what they did. " * 2,
        3: "One example; the end is not clear. " * 2,
        5: "A clear example: what they saw, did and why, and what came of it. " * 2,
    }
    questions = tuple(
        SheetQuestion(
            f"q{n}",
            "Patience",
            f"Question {n}: tell me about explaining something many times?",
            anchors,
            ("And then?",) * 3,
            "New ways, not more volume. " * 3,
        )
        for n in range(1, 7)
    )
    sheet = InterviewSheet(
        LONG, "Front desk officer", "26 November, 10:30", questions, ("Do not ask about health.",) * 6
    )

    made = pdf("interview_sheet", sheet, imprint(paper=paper), now=NOW)
    (picture,) = compiled("interview_sheet", sheet, imprint(paper=paper), format="png", ppi=50)

    assert pages(made) == 1
    assert [f"Question {n}" in words(made) for n in range(1, 7)] == [True] * 6
    assert words(made).count("A clear example: what they saw, did and why, and what came of it. A clear") == 6
    assert marked(made)["universal"]
    assert not ink_in_margins(picture)


def test_an_interview_sheet_of_nothing_but_questions_is_made_too() -> None:
    sheet = InterviewSheet("Ana", "Nurse", "", (SheetQuestion("a", "", "Why?", {}),), ())

    assert "1. Why?" in words(pdf("interview_sheet", sheet, imprint(), now=NOW))


@pytest.mark.parametrize("paper", PAPERS)
def test_four_people_with_long_names_are_set_side_by_side(paper: str) -> None:
    people = tuple(
        Compared(
            f"{LONG[:58]} {n}",
            "outside",
            "Clearly outside on honesty and openness, patience, teamwork",
            "90 (77 to 100)",
            "71 (60 to 82)",
            ROWS,
        )
        for n in range(4)
    )
    facets = tuple(
        ComparedFacet(r, tuple(Mark(n, (r.t or 0) + n, 0.3 * n) for n in range(4)), ("41", "42", "43", "44"), "a tie")
        for r in ROWS
    )

    content = Comparison("Front desk officer", "Research draft.", people, facets, 16.4)
    made = pdf("comparison", content, imprint(paper=paper), now=NOW)
    pictures = compiled("comparison", content, imprint(paper=paper), format="png", ppi=50)

    assert words(made).count("90 (77 to 100)") == 4
    assert words(made).count("a tie") >= 12
    assert not any(ink_in_margins(picture) for picture in pictures)


def test_a_long_list_repeats_its_head_on_every_page_and_names_everybody() -> None:
    row = SummaryRow(
        LONG,
        "To read",
        "waiting 11 days",
        "good",
        "In range or close on all",
        Interval(60, 71, 82),
        "71 (60 to 82)",
        None,
        "–",
    )
    rows = tuple(replace(row, name=f"Person {n}") for n in range(120))
    content = VacancySummary(
        "Front desk",
        "Main house",
        "Ada",
        (("Invited", 3), ("Hired", 0)),
        "Listed.",
        "Draft.",
        "Unsteady.",
        (row, *rows),
        "The first 121 of 900 people.",
        40,
        (("Form", "a 0.1"),),
        "Ada Voss",
        (Promise("Read the answers of Ana", "soon", "Overdue since 3 May", True),),
    )

    made = pdf("vacancy_summary", content, imprint(), now=NOW)

    said = words(made)
    assert said.count("Person Stage Waiting") == pages(made)
    assert [n for n in range(120) if f"Person {n} " not in said] == []
    assert "Overdue since 3 May" in said
    assert "The first 121 of 900 people." in said


def test_fonts_are_small_enough_and_come_with_their_licences() -> None:
    assert sum(path.stat().st_size for path in FONTS.iterdir()) < 12_000_000
    assert {path.name for path in FONTS.glob("*.txt")} == {
        "OFL-atkinson.txt",
        "OFL-newsreader.txt",
        "OFL-noto.txt",
        "coverage.txt",
    }
