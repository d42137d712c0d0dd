"""Plans: every cell of the rules gives a complete one, reasons start only when they may, and dates fall on days of work."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from assessment.errors import SheetError, UnknownIdError
from assessment.roles.fit import FacetBand, Match
from assessment.roles.library import role_profile, shipped_profiles
from assessment.roles.profile import Requirement
from assessment.scoring.standing import Standing
from assessment.training.module import module, shipped_modules, worded_in
from assessment.training.onboarding import DIRECTIONS, plan_languages, plan_rules, plan_wording
from assessment.training.plan import Because, Plan, at_other_days, leave_out, phase_of, take_up
from assessment.training.plan_changes import changes, days_words
from assessment.training.plan_edit import LineEdit, NewLine, PlanEdit, edited, without_unchanged
from assessment.training.plan_proposal import SceneSeen, TalkSeen, facet_reasons, is_firm, propose, suited
from assessment.training.plan_words import line_text, reason_words

MONDAY = date(2026, 12, 7)
RULES, MODULES = plan_rules(), shipped_modules()
FACETS = tuple(dict.fromkeys(rule.facet for rule in RULES.rules))
SEM = 5.0


def seen(facet: str, t: float, band: FacetBand, *, role: str = "front_desk_officer", sem: float = SEM) -> Match:
    """A standing beside what a role asks for; a facet that it does not ask for gets a range of its own."""
    profile = role_profile(role)
    asked = next((r for r in profile.requirements if r.facet == facet), None)
    if asked is None:
        first = profile.requirements[0]
        asked = Requirement(facet=facet, kind="floor", low=45, weight=1, because="-", evidence=first.evidence)
    standing = Standing(facet, 6, 6, 3.0, t, sem, None, False, 0.75, 3.0, 0.6, "n", "1")
    return Match(asked, profile.part_of(facet), standing, None, None, None, None, band)


def plan_for(matches: Sequence[Match] = (), *, role: str = "front_desk_officer", **more: object) -> Plan:
    given = {"rules": RULES, "modules": MODULES, "matches": matches, "starts_on": MONDAY, **more}
    return propose(role, **given)  # type: ignore[arg-type]


def reasons(plan: Plan) -> set[tuple[str, str | None]]:
    return {(because.about, because.direction) for because in plan.reasons}


def edit(plan: Plan, change: PlanEdit, *, today: date = MONDAY) -> Plan:
    return edited(plan, change, rules=RULES, modules=MODULES, by="lena", today=today, new_id="n")


@pytest.mark.parametrize("role", sorted(shipped_profiles()))
@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize("facet", FACETS)
def test_every_cell_of_the_rules_gives_a_complete_plan(facet: str, direction: str, role: str) -> None:
    t = 12.0 if direction == "below" else 88.0

    plan = plan_for([seen(facet, t, direction, role=role)], role=role)  # type: ignore[arg-type]

    own = [line for line in plan.lines if any(b.about == facet for b in line.because)]
    assert reasons(plan) == {(facet, direction)}
    assert {line.what for line in own} == {"step", "practice", "module"}
    assert sum(line.what == "step" for line in own) == 4
    assert sum(line.what == "goal" for line in plan.lines) == 4
    planned = [line.ref for line in plan.lines if line.what == "module"]
    assert len(planned) == len(set(planned))
    assert set(RULES.modules_for(facet, direction, role)) <= set(planned)
    assert {m for phase in RULES.phases_of(role) for m in phase.modules} <= set(planned)
    for language in plan_languages():
        words = plan_wording(language)
        for line in plan.lines:
            title = {}
            if line.what == "module":
                shown = module(line.ref, language)
                assert shown.in_language == (language if language in worded_in(line.ref) else "en")
                title = {line.ref: shown.title}
            assert line_text(line, role, rules=RULES, words=words, titles=title) not in ("", line.ref)
    assert all(line.on.weekday() < 5 for line in plan.lines)
    assert all(line.because for line in plan.lines)


def test_low_patience_and_very_high_outspokenness_are_both_in_with_their_figures() -> None:
    plan = plan_for([seen("pat", 30, "below"), seen("voi", 79, "above"), seen("liv", 60, "in_range")])

    said = {because.about: reason_words(because) for because in plan.reasons}
    assert said == {
        "pat": "T 30 ± 10, the role asks for 48 and up: below the range, with the whole margin of error.",
        "voi": "T 79 ± 10, the role asks for 46 to 66: above the range, with the whole margin of error.",
    }
    assert plan.offered == ()


def test_near_the_edge_a_rule_waits_until_the_talk_saw_the_same() -> None:
    close = [seen("pat", 40, "close")]
    low, fine = (TalkSeen("pat_1", "pat", "", mean) for mean in (2.0, 2.5))

    alone, agreed, differed = (plan_for(close, talk=talk) for talk in ([], [low], [fine]))

    assert ([b.about for b in alone.offered], [b.about for b in differed.offered]) == (["pat"], ["pat"])
    assert ("pat", "below") in reasons(agreed)
    assert "The talk saw the same." in reason_words(agreed.reasons[0])


def test_close_above_is_offered_and_a_low_rating_does_not_start_it() -> None:
    plan = plan_for([seen("voi", 70, "close")], talk=[TalkSeen("q", "voi", "", 1.0)])

    assert ("voi", "above") not in reasons(plan)
    assert [(b.about, b.direction, is_firm(b)) for b in plan.offered] == [("voi", "above", False)]


@pytest.mark.parametrize(("t", "sem", "there"), [(65, 7.6, True), (64.9, 5, False), (65, 7.7, False), (75, 5, True)])
def test_without_an_upper_end_very_high_is_a_strength_when_the_whole_margin_is_above_the_middle(
    t: float, sem: float, there: bool
) -> None:
    found = facet_reasons([seen("pat", t, "in_range", sem=sem)])

    assert [because.direction for because in found] == (["above"] if there else [])


def test_within_a_range_nothing_is_a_reason_however_high() -> None:
    assert facet_reasons([seen("voi", 66, "in_range", sem=3)]) == []


def test_at_most_one_to_grow_and_one_to_balance_begin_and_all_others_are_offered() -> None:
    found = [seen("pat", 20, "below"), seen("und", 10, "below"), seen("voi", 79, "above"), seen("hon", 75, "in_range")]

    plan = plan_for(found)

    assert reasons(plan) == {("und", "below"), ("voi", "above")}
    assert [(b.about, b.direction) for b in plan.offered] == [("pat", "below"), ("hon", "above")]


def test_a_wide_gap_on_what_counts_little_does_not_go_before_what_the_role_is_about() -> None:
    flx = seen("flx", 5, "below")
    assert flx.part == "other"

    plan = plan_for([flx, seen("gen", 8, "below"), seen("pat", 35, "below"), seen("voi", 79, "above")])

    assert reasons(plan) == {("pat", "below"), ("voi", "above")}


def test_weak_scenes_and_low_ratings_bring_modules_that_train_them() -> None:
    scenes = [SceneSeen("fd_1", ("und",), ("de_escalation",), 0.2), SceneSeen("fd_2", (), ("privacy",), 0.5)]
    talk = [TalkSeen("front_desk_officer_2", "hon", "cost_transparency", 1.5), TalkSeen("x", "voi", "", 2.1)]

    plan = plan_for(scenes=scenes, talk=talk)

    by = {b.about: [line.ref for line in plan.lines if b in line.because] for b in plan.reasons}
    assert set(by) == {"fd_1", "front_desk_officer_2"}
    assert "de_escalation" in MODULES[by["fd_1"][0]].competencies
    assert "cost_transparency" in MODULES[by["front_desk_officer_2"][0]].competencies


def test_a_scene_about_something_no_module_names_is_trained_by_its_facets() -> None:
    found = suited("front_desk_officer", MODULES, competencies=["reminder_etiquette"], facets=["rel"])

    assert found
    assert all("rel" in MODULES[id_].facets for id_ in found)
    assert suited("front_desk_officer", MODULES, competencies=["none"], facets=[]) == ()


def test_a_module_that_two_reasons_ask_for_stands_once_at_the_earlier_time_with_both() -> None:
    late = next(p for p in RULES.phases_of("registered_nurse") if p.id == "weeks_2_4")
    assert "speak_up_kindly" in late.modules

    plan = plan_for([seen("voi", 10, "below", role="registered_nurse")], role="registered_nurse")

    (line,) = [line for line in plan.lines if line.ref == "speak_up_kindly"]
    assert [because.kind for because in line.because] == ["role", "facet"]
    assert (line.from_day, line.to_day) == (8, 14)


def test_a_module_that_is_not_offered_any_more_is_left_out_of_new_plans() -> None:
    without = {id_: key for id_, key in MODULES.items() if id_ not in ("desk_privacy", "kind_limits")}

    plan = plan_for([seen("voi", 88, "above")], modules=without)

    refs = {line.ref for line in plan.lines}
    assert not refs & {"desk_privacy", "kind_limits"}
    assert ("voi", "above") in reasons(plan)


def test_dates_fall_on_the_days_somebody_works_and_stay_within_their_time_if_they_can() -> None:
    plan = plan_for([seen("pat", 10, "below")], works_on=(5, 6))

    assert {line.on.weekday() for line in plan.lines} <= {5, 6}
    first = plan_for(works_on=(1,), starts_on=date(2026, 12, 9))  # a Wednesday; works on Tuesdays
    week_1 = next(line for line in first.lines if line.ref == "week_1")
    assert week_1.on == date(2026, 12, 15)


def test_another_first_day_moves_all_but_what_was_picked_by_hand() -> None:
    plan = plan_for()
    goal = next(line for line in plan.lines if line.ref == "week_1")
    hand = edit(plan, PlanEdit(lines={goal.id: LineEdit(on=date(2026, 12, 10))}))

    moved = at_other_days(hand, starts_on=MONDAY + timedelta(days=7), works_on=(0, 1, 2, 3, 4))

    before, after = ({line.ref: line.on for line in p.lines} for p in (hand, moved))
    assert after["week_1"] == date(2026, 12, 10)
    assert all((after[ref] - before[ref]).days == 7 for ref in before if ref != "week_1")


def test_a_reason_goes_out_with_what_rests_on_it_alone_and_can_come_back() -> None:
    plan = plan_for([seen("voi", 10, "below", role="registered_nurse")], role="registered_nurse")
    (because,) = plan.reasons

    without = leave_out(plan, because.id)
    back = take_up(without, because, rules=RULES, modules=MODULES)

    assert {line.what for line in without.lines} == {"goal", "module"}
    assert "speak_up_kindly" in {line.ref for line in without.lines}  # the job asks for it too
    assert without.offered == (because,)
    assert {line.id for line in back.lines} == {line.id for line in plan.lines}
    assert back.offered == ()


def test_what_is_added_later_begins_when_it_is_added_and_after_two_that_run() -> None:
    found = [seen(facet, 10, "below") for facet in ("pat", "und", "voi")]
    plan = plan_for(found)
    (third,) = plan.offered

    early, late = (edit(plan, PlanEdit(take_up=(third.id,)), today=MONDAY + timedelta(days=ago)) for ago in (0, 49))

    first = [
        min(line.from_day for line in p.lines if third in line.because and line.what == "step") for p in (early, late)
    ]
    assert first == [36, 50]


def test_dropping_the_last_line_of_a_reason_offers_it_again() -> None:
    plan = plan_for([seen("pat", 10, "below")])
    ids = tuple(line.id for line in plan.lines if any(b.about == "pat" for b in line.because))

    part, whole = (edit(plan, PlanEdit(drop=dropped)) for dropped in (ids[:-1], ids))

    assert (part.offered, [b.about for b in whole.offered]) == ((), ["pat"])
    assert len(whole.lines) == len(plan.lines) - len(ids)


def test_lines_are_changed_added_and_what_is_not_right_is_said() -> None:
    plan = plan_for()
    goal = plan.lines[0]

    other = edit(
        plan,
        PlanEdit(
            buddy=" Noor ",
            lines={goal.id: LineEdit(text=" Meet everybody ")},
            add=(NewLine(MONDAY, text="Get the key"), NewLine(date(2026, 12, 12), module="kind_limits")),
        ),
    )

    text = {line.ref: line for line in other.lines}
    assert other.buddy == "Noor"
    assert text[goal.ref].text == "Meet everybody"
    assert text["n:0"].because == (Because("manager", "lena"),)
    assert text["kind_limits"].on == date(2026, 12, 14)  # a Saturday was picked; the Monday after is worked
    for wrong, words in (
        (PlanEdit(works_on=()), "at least one day"),
        (PlanEdit(buddy="x" * 121), "120 characters"),
        (PlanEdit(add=(NewLine(MONDAY),)), "what is to be done"),
        (PlanEdit(add=(NewLine(MONDAY, module="desk_privacy"),)), "in the plan already"),
        (PlanEdit(lines={text["n:0"].id: LineEdit(text="")}), "drop the line"),
    ):
        with pytest.raises(SheetError, match=words):
            edit(other, wrong)
    with pytest.raises(UnknownIdError):
        edit(plan, PlanEdit(add=(NewLine(MONDAY, module="nothing"),)))


def test_the_difference_of_two_versions_is_said_without_reasons() -> None:
    plan = plan_for([seen("pat", 10, "below")])
    goal = next(line for line in plan.lines if line.ref == "week_1")
    other = edit(
        plan,
        PlanEdit(
            starts_on=date(2026, 12, 8),
            works_on=(0, 2, 4),
            buddy="Noor",
            lines={goal.id: LineEdit(text="Meet all", on=date(2026, 12, 9))},
            add=(NewLine(date(2026, 12, 9), text="Get the key"),),
            drop=(plan.lines[0].id,),
        ),
    )

    said = changes(plan, other, lambda line: line.text or line.ref)

    assert said == (
        "First day: 7 Dec 2026 → 8 Dec 2026",
        "Days of work: Monday to Friday → Monday, Wednesday, Friday",
        "Buddy: none → Noor",
        "Added: Get the key",
        f"Dropped: {plan.lines[0].ref}",
        "Words: week_1 → Meet all",
        "By 11 Dec → 9 Dec: Meet all",
    )
    assert changes(plan, plan, str) == ()
    assert days_words((5, 6)) == "Saturday, Sunday"


def test_only_what_was_changed_where_it_was_typed_is_set_on_a_newer_version() -> None:
    plan = plan_for()
    goal, second = plan.lines[:2]
    typed = PlanEdit(
        buddy="", shift="Early", lines={goal.id: LineEdit(goal.text, goal.on), second.id: LineEdit("Mine")}
    )

    left = without_unchanged(typed, plan)
    newest = replace(plan, buddy="Noor")
    merged = edit(newest, left)

    assert (merged.buddy, merged.shift) == ("Noor", "Early")
    assert left.lines[goal.id] == LineEdit()
    assert left.lines[second.id].text == "Mine"


def test_a_day_finds_its_phase_and_the_last_stands_for_what_comes_after() -> None:
    phases = RULES.phases_of("physician")

    found = [phase_of(day, phases) for day in (-3, 1, 7, 8, 30, 31, 60, 61, 90, 120)]

    assert found == ["week_1"] * 3 + ["weeks_2_4"] * 2 + ["days_31_60"] * 2 + ["days_61_90"] * 3
