"""Modules an organisation writes or words itself: whole before they are kept, in use at once, and back again."""

import json
from typing import Any

import pytest
import yaml

from assessment.errors import InstrumentError, NotAllowedError, SheetError, UnknownIdError
from assessment.services.module_work import do_step, my_modules, open_module
from assessment.services.own_modules import (
    check_module,
    keep_module,
    module_back_to_shipped,
    module_file,
    module_here,
    module_versions,
    modules_of,
    retire_module,
)
from assessment.training.module import shipped_modules
from assessment.training.module_file import ModuleFile, as_yaml, read_module_file
from tests.hiring import Hiring, events_of
from tests.interviewing import colleague
from tests.learning import MODULE, at_work


def fields(id_: str = "our_door_phone", **given: Any) -> Any:
    """A small module that is whole."""
    said = (
        ("Who is at the door?", "Ask for a name.", "Open at once.", "Wait and see."),
        (
            "The bell rings at night. What now?",
            "Look at the screen first.",
            "Let it ring for now.",
            "Go down right away.",
        ),
        (
            "You do not know the voice. What next?",
            "Call the desk to check.",
            "Say that you are shut.",
            "Let them in to talk.",
        ),
    )
    checks = [
        {
            "id": f"q{n}",
            "question": question,
            "options": {
                letter: {"text": text, "feedback": f"Number {n}{letter}: this is what comes of it."}
                for letter, text in zip("abc", options, strict=True)
            },
            "answer": f"The best way in case {n} is to ask.",
        }
        for n, (question, *options) in enumerate(said, start=1)
    ]
    words = {
        "title": "The phone at our door",
        "why": "People feel safe when we ask who they are.",
        "objectives": ["Greet people at the door.", "Ask who they are.", "Help them in."],
        "steps": ["Look who is there.", "Press the green key.", "Say your name."],
        "scenes": {"front_desk_officer": "A man with a parcel rings twice."},
        "checks": checks,
    }
    whole = {
        "id": id_,
        "roles": ["front_desk_officer"],
        "facets": ["voi"],
        "competencies": ["phone_web_manner"],
        "minutes": 20,
        "format": ["self_study"],
        "checks": [{"id": f"q{n}", "fits": "a"} for n in (1, 2, 3)],
        "sources": ["Our house rules"],
        "words": {"en": words},
    }
    return json.loads(json.dumps({**whole, **given}))


def made(**given: Any) -> ModuleFile:
    return ModuleFile.model_validate(fields(**given))


def keep(hiring: Hiring, found: ModuleFile, **given: Any) -> str:
    return keep_module(hiring.house, found, **{"reason": "Ours", "actor": hiring.staff, "now": hiring.now, **given})


def reworded(hiring: Hiring, **given: Any) -> ModuleFile:
    """The shipped module with a title of one's own, in English only."""
    shipped = module_file(hiring.house, MODULE, actor=hiring.staff)
    english = shipped.words["en"].model_copy(update={"title": "Privacy as we do it", **given})
    return shipped.model_copy(update={"words": {"en": english}})


def test_a_module_of_ones_own_is_in_the_list_at_once_and_can_be_done(hiring: Hiring) -> None:
    ana = at_work(hiring)

    version = keep(hiring, made(), new=True)
    do_step(hiring.house, "our_door_phone", 1, actor=ana.actor, now=hiring.now)

    mine = my_modules(hiring.house, [], actor=ana.actor)
    assert version == "1.0"
    assert "The phone at our door" in [one.title for one in mine.more]
    assert open_module(hiring.house, "our_door_phone", actor=ana.actor).scene == "A man with a parcel rings twice."
    assert events_of(hiring.house, "module_changed")[0]["module"] == "our_door_phone"


def test_an_own_version_stands_in_place_of_the_shipped_one_and_says_where_words_are_missing(hiring: Hiring) -> None:
    ana, lucia = at_work(hiring), at_work(hiring, "Lucía Gil", language="es")

    version = keep(hiring, reworded(hiring))

    assert version == f"{shipped_modules()[MODULE].version}.1"
    assert open_module(hiring.house, MODULE, actor=ana.actor).module.title == "Privacy as we do it"
    spanish = open_module(hiring.house, MODULE, actor=lucia.actor).module
    assert (spanish.title, spanish.in_language) == ("Privacy as we do it", "en")


def test_back_to_the_shipped_one_and_the_history_stays(hiring: Hiring) -> None:
    keep(hiring, reworded(hiring))
    module_back_to_shipped(hiring.house, MODULE, reason="Ours was longer", actor=hiring.staff, now=hiring.now)

    found = module_versions(hiring.house, MODULE, actor=hiring.staff)

    assert module_here(hiring.house, MODULE, actor=hiring.staff).own is None
    assert [(v.author, v.reason, v.shipped) for v in found] == [
        ("Ada Voss", "Ours", False),
        ("Ada Voss", "Ours was longer", True),
    ]
    with pytest.raises(SheetError, match="in use already"):
        module_back_to_shipped(hiring.house, MODULE, reason="Again", actor=hiring.staff, now=hiring.now)
    keep(hiring, made(), new=True)
    with pytest.raises(SheetError, match="your own"):
        module_back_to_shipped(hiring.house, "our_door_phone", reason="x", actor=hiring.staff, now=hiring.now)


def test_a_retired_module_is_offered_to_nobody_new_and_whoever_began_goes_on(hiring: Hiring) -> None:
    ana, bo = at_work(hiring), at_work(hiring, "Bo Lind")
    do_step(hiring.house, MODULE, 1, actor=ana.actor, now=hiring.now)

    for _ in range(2):
        retire_module(hiring.house, MODULE, reason="We have another", actor=hiring.staff, now=hiring.now)

    def more_of(newcomer: Any) -> set[str]:
        return {one.id for one in my_modules(hiring.house, [], actor=newcomer.actor).more}

    assert (MODULE in more_of(ana), MODULE in more_of(bo)) == (True, False)
    assert [one.id for one in my_modules(hiring.house, [MODULE], actor=bo.actor).planned] == [MODULE]
    assert len(module_versions(hiring.house, MODULE, actor=hiring.staff)) == 1
    retire_module(hiring.house, MODULE, retired=False, reason="Back", actor=hiring.staff, now=hiring.now)
    assert MODULE in more_of(bo)


def test_a_module_travels_as_a_file_and_comes_back_the_same(hiring: Hiring) -> None:
    for id_ in shipped_modules():
        found = module_file(hiring.house, id_, actor=hiring.staff)

        assert read_module_file(as_yaml(found).encode(), name="x.yaml") == found
        assert check_module(hiring.house, found, actor=hiring.staff).problems == ()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"roles": ["janitor"]}, "no role 'janitor'"),
        ({"facets": ["zzz"]}, "no facet 'zzz'"),
        ({"competencies": ["magic"]}, "no competency 'magic'"),
        ({"format": ["film"]}, "no format 'film'"),
        ({"checks": [{"id": f"other{n}", "fits": "a"} for n in (1, 2, 3)]}, "check"),
        ({"words": {"fr": fields()["words"]["en"]}}, "no language 'fr'"),
    ],
)
def test_what_names_nothing_is_refused_in_words(hiring: Hiring, given: dict[str, Any], said: str) -> None:
    with pytest.raises(SheetError) as refused:
        keep(hiring, made(**given), new=True)

    assert said in str(refused.value)
    with hiring.house.database.read() as connection:
        assert "our_door_phone" not in modules_of(connection, hiring.house, hiring.staff.organisation_id)


def test_words_that_are_hard_to_read_are_refused_with_their_grade(hiring: Hiring) -> None:
    hard = "Comprehensive organisational considerations notwithstanding, responsibilities necessitate prioritisation"
    steps = [f"{hard} {n}." for n in ("initially", "additionally", "eventually", "institutionally")]
    words = {**fields()["words"]["en"], "steps": steps, "why": f"{hard}."}

    check = check_module(hiring.house, made(words={"en": words}), actor=hiring.staff)

    assert check.grade is not None
    assert check.grade > 6
    assert any("reading grade" in problem for problem in check.problems)


def test_languages_that_do_not_fit_together_are_said_one_by_one(hiring: Hiring) -> None:
    english = fields()["words"]["en"]
    spanish = {**english, "steps": [*english["steps"], "Uno más."]}

    check = check_module(hiring.house, made(words={"en": english, "es": spanish}), actor=hiring.staff)

    assert check.problems == ("es: 4 steps, but the key has 3",)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a: &x 1\nb: *x", "anchors"),
        (b"a: !!python/object:os.system x", "tag"),
        (b"\xff\xfe", "UTF-8"),
        (b"- 1", "expected a mapping"),
        (b"id: our_door_phone\nid: other", "stands twice"),
        (b"x" * 300_000, "256 KB"),
        (yaml.safe_dump({**fields(), "colour": "red"}).encode(), "colour"),
        (yaml.safe_dump({k: v for k, v in fields().items() if k != "sources"}).encode(), "sources"),
        (yaml.safe_dump(fields("../../etc")).encode(), "id"),
    ],
)
def test_a_file_that_cannot_be_taken_says_why(content: bytes, said: str) -> None:
    with pytest.raises(InstrumentError, match=said):
        read_module_file(content, name="theirs.yaml")


def test_a_new_module_does_not_write_over_another_and_nothing_changed_is_no_version(hiring: Hiring) -> None:
    keep(hiring, made(), new=True)

    with pytest.raises(SheetError, match="already"):
        keep(hiring, made(), new=True)
    with pytest.raises(SheetError, match="already"):
        keep(hiring, made(id_=MODULE), new=True)
    with pytest.raises(SheetError, match="Nothing was changed"):
        keep(hiring, made())
    with pytest.raises(SheetError, match="Nothing was changed"):
        keep(hiring, module_file(hiring.house, MODULE, actor=hiring.staff))
    with pytest.raises(SheetError, match="say why"):
        keep(hiring, made(minutes=30), reason=" ")


def test_hr_writes_supervisors_read_and_nobody_else_does_either(hiring: Hiring) -> None:
    grace, ivo = colleague(hiring, "Grace", "supervisor").actor, colleague(hiring, "Ivo").actor

    assert module_here(hiring.house, MODULE, actor=grace).id == MODULE
    with pytest.raises(NotAllowedError):
        keep(hiring, made(), actor=grace)
    with pytest.raises(NotAllowedError):
        retire_module(hiring.house, MODULE, reason="x", actor=grace, now=hiring.now)
    with pytest.raises(NotAllowedError):
        module_here(hiring.house, MODULE, actor=ivo)
    with pytest.raises(UnknownIdError, match="training module"):
        module_here(hiring.house, "juggling", actor=grace)
