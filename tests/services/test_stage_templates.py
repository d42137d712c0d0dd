"""An organisation's own stages: kept as versions, in use at once, and only its own."""

from datetime import timedelta

import pytest

from assessment.errors import InstrumentError, NotAllowedError, SheetError, UnknownIdError
from assessment.roles.stage_template import StageTemplate, shipped_stages
from assessment.services.actor import Actor
from assessment.services.stage_templates import edit_stage_template, stage_template, stage_template_versions
from assessment.services.stages import move
from tests.hiring import Hiring, events_of

ROLE = "front_desk_officer"


def rules(**of: dict[str, object]) -> list[dict[str, object]]:
    return [{**rule.model_dump(), **of.get(rule.id, {})} for rule in shipped_stages().stages]


def edit(hiring: Hiring, stages: list[dict[str, object]], *, reason: str = "We are quick") -> StageTemplate:
    return edit_stage_template(hiring.house, ROLE, stages, reason=reason, actor=hiring.staff, now=hiring.now)


def test_without_an_own_version_the_one_that_ships_counts(hiring: Hiring) -> None:
    found = stage_template(hiring.house, ROLE, actor=hiring.staff)

    assert found == shipped_stages()
    assert stage_template_versions(hiring.house, ROLE, actor=hiring.staff) == ()


def test_an_own_version_is_kept_with_author_and_reason_and_counts_for_its_role_alone(hiring: Hiring) -> None:
    edit(hiring, rules(to_read={"days": 1, "name": "Read"}))
    edit(hiring, rules(to_read={"days": 2, "name": "Read"}), reason="One was too few")

    found = stage_template(hiring.house, ROLE, actor=hiring.staff)
    assert (found.days("to_read"), found.name("to_read"), found.version) == (2, "Read", "0.1.2")
    assert [
        (v.version, v.author, v.reason) for v in stage_template_versions(hiring.house, ROLE, actor=hiring.staff)
    ] == [
        ("0.1.1", "Ada Voss", "We are quick"),
        ("0.1.2", "Ada Voss", "One was too few"),
    ]
    assert stage_template(hiring.house, "billing_clerk", actor=hiring.staff) == shipped_stages()
    assert [(e["role"], e["version"]) for e in events_of(hiring.house, "stages_changed")] == [
        (ROLE, "0.1.1"),
        (ROLE, "0.1.2"),
    ]


def test_nothing_changed_no_reason_a_stage_too_few_or_left_out_wrongly_is_refused(hiring: Hiring) -> None:
    with pytest.raises(SheetError, match="Nothing was changed"):
        edit(hiring, rules())
    with pytest.raises(SheetError, match="say why"):
        edit(hiring, rules(to_read={"days": 1}), reason=" ")
    with pytest.raises(NotAllowedError, match="the same everywhere"):
        edit(hiring, rules()[1:])
    with pytest.raises(InstrumentError, match="may be left out"):
        edit(hiring, rules(withdrawn={"used": False}))

    assert stage_template_versions(hiring.house, ROLE, actor=hiring.staff) == ()


def test_nobody_is_moved_to_a_stage_that_is_left_out(hiring: Hiring) -> None:
    person = hiring.invite()
    edit(hiring, rules(interview={"used": False}))

    with pytest.raises(NotAllowedError, match="goes without the stage “Interview”"):
        move(hiring.house, [person.application], "interview", because="Agreed", actor=hiring.staff, now=hiring.now)
    moved = move(
        hiring.house,
        [person.application],
        "decision",
        because="Agreed",
        actor=hiring.staff,
        now=hiring.now + timedelta(1),
    )

    assert len(moved) == 1


def test_others_read_and_write_none_of_it(hiring: Hiring) -> None:
    edit(hiring, rules(to_read={"days": 1}))
    interviewer = Actor("staff", hiring.staff.organisation_id, "1" * 32, "interviewer")
    stranger = Actor("staff", "0" * 32, "1" * 32, "hr_manager")

    with pytest.raises(NotAllowedError):
        stage_template(hiring.house, ROLE, actor=interviewer)
    with pytest.raises(NotAllowedError):
        edit_stage_template(hiring.house, ROLE, rules(), reason="x", actor=interviewer, now=hiring.now)
    with pytest.raises(UnknownIdError):
        stage_template(hiring.house, "astronaut", actor=hiring.staff)
    assert stage_template(hiring.house, ROLE, actor=stranger) == shipped_stages()
