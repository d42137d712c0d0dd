"""The guide and the vignettes that ship, and what the proofs find when they are not whole."""

from typing import Any

import pytest

from assessment.errors import InstrumentError
from assessment.instruments.document import parse, read_document
from assessment.instruments.library import ROOT, Library
from assessment.roles.interview_guide import InterviewGuide, interview_guide, prove_guide
from assessment.roles.library import explore_questions
from assessment.roles.vignettes import Vignettes, prove_vignettes, vignettes

LIBRARY = Library.shipped()
GUIDE = ROOT / "data/interview/guide.en.yaml"


def faults(data: dict[str, Any]) -> list[str]:
    guide = parse(InterviewGuide, data, where="guide")
    facets = LIBRARY.questionnaire().facets_by_id
    return prove_guide(guide, facets=facets, roles=LIBRARY.roles(), competencies=LIBRARY.scenarios().competencies)


@pytest.fixture
def data() -> dict[str, Any]:
    return read_document(GUIDE)


def test_every_facet_of_every_form_has_questions_about_what_was_done_and_what_one_would_do() -> None:
    guide = interview_guide()

    asked = {facet for role in LIBRARY.roles() for facet in LIBRARY.form(role).facets}
    counts = {facet: (len(guide.facets[facet].behavioural), len(guide.facets[facet].situational)) for facet in asked}
    assert set(counts.values()) == {(2, 1)}


def test_every_role_asks_everybody_three_questions() -> None:
    assert {role: len(own.questions) for role, own in interview_guide().roles.items()} == dict.fromkeys(
        LIBRARY.roles(), 3
    )


def test_the_question_on_the_page_of_a_candidate_is_the_first_of_its_facet() -> None:
    guide = interview_guide()

    assert {f: q.question for f, q in explore_questions().items()} == {
        f: own.behavioural[0].question for f, own in guide.facets.items()
    }


def test_an_anchor_that_is_missing_is_found(data: dict[str, Any]) -> None:
    del data["facets"]["voi"]["behavioural"][0]["anchors"][3]

    assert faults(data) == ["voi_b1: no anchor for a rating of 3"]


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        ("Do you have a disability?", "voi_b1: “disability” is not asked about: Health"),
        ("How did YOUR CHILDREN take it?", "voi_b1: “your children” is not asked about: Age"),
        ("What was your last salary?", "voi_b1: “salary” is not asked about: Past pay"),
        ("Surely you told them?", "voi_b1: “surely” leads to an answer"),
    ],
)
@pytest.mark.parametrize("place", ["question", "probe"])
def test_what_must_not_be_asked_is_found_in_questions_and_probes(
    data: dict[str, Any], planted: str, found: str, place: str
) -> None:
    question = data["facets"]["voi"]["behavioural"][0]
    if place == "question":
        question["question"] = planted
    else:
        question["probes"][0] = planted

    (fault,) = faults(data)
    assert fault.startswith(found)


def test_a_role_with_two_questions_and_one_about_nothing_are_found(data: dict[str, Any]) -> None:
    own = data["roles"]["physician"]["questions"]
    own.pop()
    del own[0]["facet"], own[0]["competency"]

    assert faults(data) == [
        "role physician: 2 questions, expected 3",
        "physician_1: names no facet and no competency",
    ]


def test_a_question_without_probes_or_with_the_id_of_another_is_no_guide(data: dict[str, Any]) -> None:
    data["facets"]["voi"]["behavioural"][0]["id"] = "liv_b1"
    with pytest.raises(InstrumentError, match="liv_b1 stands twice"):
        faults(data)

    data["facets"]["voi"]["behavioural"][0].update(id="voi_b1", probes=[])
    with pytest.raises(InstrumentError, match="probes"):
        faults(data)


def test_three_made_up_candidates_answer_questions_of_the_guide() -> None:
    found = vignettes()

    assert [len(v.answers) for v in found.vignettes] == [4, 4, 4]
    assert prove_vignettes(found, interview_guide(), LIBRARY.roles()) == []


def test_a_vignette_that_asks_something_else_or_teaches_nothing_is_found() -> None:
    data = read_document(ROOT / "data/interview/vignettes.en.yaml")
    data["vignettes"][0]["answers"][0]["question"] = "voi_b9"
    for answer in data["vignettes"][1]["answers"]:
        answer["model"]["rating"] = 3

    assert prove_vignettes(parse(Vignettes, data, where="v"), interview_guide(), LIBRARY.roles()) == [
        "v_front_desk: no question 'voi_b9' in the interview guide",
        "v_elder_care: every model rating is the same, so nothing is learned from it",
    ]
