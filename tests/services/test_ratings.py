"""Rating alone, saved as typed, handed in, then side by side; and no way to a result before that."""

import re
from collections.abc import Callable
from dataclasses import fields, is_dataclass

import pytest

from assessment.errors import IncompleteError, NotAllowedError, SheetError, UnknownIdError
from assessment.reports.words import FACET_BANDS, PERSON_HEADINGS, band_words
from assessment.roles.interview_kit import WHYS, why_words
from assessment.services.assigned import assign
from assessment.services.interview_kit import interview_sheet, make_kit
from assessment.services.my_interviews import my_interviews
from assessment.services.rated_together import rated_together, raters_of
from assessment.services.ratings import hand_in, rating_form, save_rating
from assessment.services.reading import reading
from tests.hiring import Hiring, events_of
from tests.interviewing import Colleague, colleague, finish_tellingly, interviewer_of, rate_all

Q = "front_desk_officer_1"


def save(hiring: Hiring, application: str, by: Colleague, rating: int | None, rev: int, **more: str):  # type: ignore[no-untyped-def]
    words = {"note": "", **more}
    return save_rating(
        hiring.house,
        application,
        words.pop("question", Q),
        rating=rating,
        rev=rev,
        actor=by.actor,
        now=hiring.now,
        **words,
    )


def everything_in(thing: object) -> str:
    """Every field and value of nested records, as one text."""
    if is_dataclass(thing) and not isinstance(thing, type):
        return " ".join(f"{f.name} {everything_in(getattr(thing, f.name))}" for f in fields(thing))
    if isinstance(thing, dict):
        return " ".join(f"{everything_in(k)} {everything_in(v)}" for k, v in thing.items())
    if isinstance(thing, list | tuple):
        return " ".join(everything_in(part) for part in thing)
    return str(thing)


def telling_words(hiring: Hiring, application: str) -> list[str]:
    """What would give the result of this person away: bands, reasons, numbers, names of facets."""
    read = reading(hiring.house, application, actor=hiring.staff, now=hiring.now)
    assert read.fit.band in ("outside", "talk")
    names = list(read.facet_names.values())
    words = [*FACET_BANDS.values(), *PERSON_HEADINGS.values(), band_words(read.fit.band, names[:1])[:15]]
    words += [why_words(why, name) for why in WHYS for name in names]
    words += [
        "outside",
        "in_range",
        "in range",
        "range of the role",
        "not_measured",
        "signature",
        "because ",
        "percentile",
    ]
    parts = [read.fit.core, read.fit.signature, read.fit.all]
    words += [f"{v:.1f}" for p in parts for v in (p.fit, p.low80, p.high80) if v is not None]
    words += [f"{s.t:.1f}" for s in read.standings.values() if s.t is not None]
    return words


def told(text: str, words: list[str]) -> list[str]:
    plain = text.casefold()
    return [word for word in words if re.search(rf"(?<![\w.]){re.escape(word.casefold())}", plain)]


@pytest.mark.parametrize(
    "look",
    [
        lambda h, a, actor: rating_form(h.house, a, actor=actor, now=h.now),
        lambda h, a, actor: interview_sheet(h.house, a, actor=actor, now=h.now),
        lambda h, a, actor: my_interviews(h.house, actor=actor, now=h.now),
    ],
    ids=["rating form", "sheet for the room", "my interviews"],
)
def test_an_interviewer_finds_nothing_of_a_telling_result_before_rating(
    hiring: Hiring, look: Callable[..., object]
) -> None:
    person = finish_tellingly(hiring)
    ivo = interviewer_of(hiring, person.application)
    make_kit(hiring.house, person.application, actor=hiring.staff, now=hiring.now)

    seen = everything_in(look(hiring, person.application, ivo.actor))

    words = [w for w in telling_words(hiring, person.application) if w != "because "]
    kit = make_kit(hiring.house, person.application, actor=hiring.staff, now=hiring.now)
    assert told(everything_in(kit), words) != []  # the scan finds it where it stands
    assert "Sofia Marino" in seen
    assert told(seen, words) == []


def test_questions_for_the_person_stand_in_the_order_of_the_guide_not_of_the_gaps(hiring: Hiring) -> None:
    person = finish_tellingly(hiring)
    ivo = interviewer_of(hiring, person.application)

    form = rating_form(hiring.house, person.application, actor=ivo.actor, now=hiring.now)

    order = [q.id for q in form.questions if q.part == "person"]
    guide = ["voi", "liv", "gen", "und", "wrm", "pat", "cmp", "hon", "rel", "exa", "flx", "tea"]
    assert order == sorted(order, key=lambda id_: guide.index(id_[:3]))


def test_what_is_typed_is_there_again_on_another_device(hiring: Hiring) -> None:
    person = finish_tellingly(hiring)
    ivo = interviewer_of(hiring, person.application)

    save(hiring, person.application, ivo, 4, 1, note="Told the room “now”")
    form = rating_form(hiring.house, person.application, actor=ivo.actor, now=hiring.now)

    assert (form.given[Q].rating, form.given[Q].note, form.given[Q].rev) == (4, "Told the room “now”", 1)
    assert len(form.open) == 5


def test_a_stale_rev_loses_and_the_same_call_again_changes_nothing(hiring: Hiring) -> None:
    person = finish_tellingly(hiring)
    ivo = interviewer_of(hiring, person.application)

    save(hiring, person.application, ivo, 4, 7)
    stale = save(hiring, person.application, ivo, 1, 6)
    twin = save(hiring, person.application, ivo, 2, 7)

    assert [(s.rating, s.rev) for s in (stale, twin)] == [(4, 7), (4, 7)]
    assert [event["rev"] for event in events_of(hiring.house, "rated")] == [7]


@pytest.mark.parametrize(
    ("rating", "note", "rev"), [(6, "", 1), (-1, "", 1), (True, "", 1), (3, "x" * 4001, 1), (3, "", 0)]
)
def test_what_is_no_rating_is_refused(hiring: Hiring, rating: int, note: str, rev: int) -> None:
    person = finish_tellingly(hiring)
    ivo = interviewer_of(hiring, person.application)

    with pytest.raises(SheetError):
        save(hiring, person.application, ivo, rating, rev, note=note)
    with pytest.raises(UnknownIdError):
        save(hiring, person.application, ivo, 3, 1, question="rel_b2")


def test_handing_in_waits_for_every_question_and_no_chance_to_answer_is_an_answer(hiring: Hiring) -> None:
    person = finish_tellingly(hiring)
    ivo = interviewer_of(hiring, person.application)
    form = rating_form(hiring.house, person.application, actor=ivo.actor, now=hiring.now)
    for question in form.questions[:-1]:
        save(hiring, person.application, ivo, 0, 1, question=question.id)

    with pytest.raises(IncompleteError) as missing:
        hand_in(hiring.house, person.application, actor=ivo.actor, now=hiring.now)
    save(hiring, person.application, ivo, 0, 1, question=form.questions[-1].id)
    hand_in(hiring.house, person.application, actor=ivo.actor, now=hiring.now)
    hand_in(hiring.house, person.application, actor=ivo.actor, now=hiring.now)

    assert missing.value.missing == (form.questions[-1].id,)
    assert len(events_of(hiring.house, "ratings_handed_in")) == 1


def test_a_change_after_handing_in_needs_a_reason_and_keeps_what_was_handed_in(hiring: Hiring) -> None:
    person = finish_tellingly(hiring)
    ivo = interviewer_of(hiring, person.application)
    rate_all(hiring.house, person.application, ivo.actor, [2] * 6, now=hiring.now)

    with pytest.raises(SheetError, match="say why"):
        save(hiring, person.application, ivo, 4, 8)
    with pytest.raises(SheetError, match="not taken away"):
        save(hiring, person.application, ivo, None, 8, because="x")
    save(hiring, person.application, ivo, 4, 8, because="Had missed the second part")
    again = save(hiring, person.application, ivo, 5, 9, because="And the third")

    assert (again.rating, again.first_rating, again.alone, again.because) == (5, 2, 2, "And the third")
    assert [event["rev"] for event in events_of(hiring.house, "rating_changed")] == [8, 9]


def test_two_raters_rate_alone_and_then_both_see_the_difference(hiring: Hiring) -> None:
    person = finish_tellingly(hiring)
    ivo, una = (interviewer_of(hiring, person.application, name) for name in ("Ivo", "Una"))
    see = lambda who: rated_together(hiring.house, person.application, actor=who, now=hiring.now)  # noqa: E731

    with pytest.raises(NotAllowedError, match="hand in your own"):
        see(ivo.actor)
    rate_all(hiring.house, person.application, ivo.actor, [4, 4, 4, 2, 3, 0], now=hiring.now)
    save(hiring, person.application, una, 1, 1, note="not for other eyes")
    alone, for_hr = see(ivo.actor), see(hiring.staff)
    with pytest.raises(NotAllowedError, match="hand in your own"):
        see(una.actor)
    rate_all(hiring.house, person.application, una.actor, [4, 3, 2, 5, 3, 4], now=hiring.now)
    both = see(una.actor)

    assert [(t.questions, t.mean, t.waiting_for) for t in (alone, for_hr)] == [((), None, ("Una",))] * 2
    assert "not for other eyes" not in everything_in(alone) + everything_in(for_hr)
    assert [q.apart for q in both.questions] == [3, 2, 0, 1, 0, None]
    assert [q.talk_about for q in both.questions] == [True, True, False, False, False, False]
    assert both.mean == pytest.approx((4 + 3.5 + 3 + 3.5 + 3 + 4) / 6)
    assert (both.agreement.n, both.agreement.exact, both.agreement.within_one) == (5, 0.4, 0.6)  # type: ignore[union-attr]
    assert see(hiring.staff) == both == see(ivo.actor)


def test_a_change_after_the_talk_shows_beside_what_was_given_alone(hiring: Hiring) -> None:
    person = finish_tellingly(hiring)
    ivo, una = (interviewer_of(hiring, person.application, name) for name in ("Ivo", "Una"))
    rate_all(hiring.house, person.application, ivo.actor, [1] * 6, now=hiring.now)
    rate_all(hiring.house, person.application, una.actor, [3] * 6, now=hiring.now)

    save(hiring, person.application, ivo, 2, 9, because="Una heard more")
    together = rated_together(hiring.house, person.application, actor=hiring.staff, now=hiring.now)

    changed = next(q for q in together.questions if q.asked.id == Q)
    given = {rater.name: g for rater, g in zip(together.raters, changed.given, strict=True)}
    assert (changed.apart, given["Ivo"].rating, given["Ivo"].first_rating, given["Una"].rating) == (1, 2, 1, 3)
    assert together.questions[-1] is changed
    assert together.agreement is not None
    assert together.agreement.exact == 0


def test_hr_sees_how_far_raters_are_and_nothing_of_what_they_gave(hiring: Hiring) -> None:
    person = finish_tellingly(hiring)
    ivo = interviewer_of(hiring, person.application)
    save(hiring, person.application, ivo, 5, 1, note="secret")

    (rater,) = raters_of(hiring.house, person.application, actor=hiring.staff)

    assert (rater.name, rater.rated, rater.handed_in_at) == ("Ivo", 1, None)
    assert "secret" not in everything_in(rater)


def test_hr_rates_only_when_assigned_and_it_is_said_that_the_answers_were_known(hiring: Hiring) -> None:
    person = finish_tellingly(hiring)
    with pytest.raises(NotAllowedError, match="Only the interviewers"):
        rating_form(hiring.house, person.application, actor=hiring.staff, now=hiring.now)
    reading(hiring.house, person.application, actor=hiring.staff, now=hiring.now)

    me = hiring.staff.account_id or ""
    assign(hiring.house, person.application, me, duty="interviewer", actor=hiring.staff, now=hiring.now)
    rate_all(hiring.house, person.application, hiring.staff, [3] * 6, now=hiring.now)

    (rater,) = rated_together(hiring.house, person.application, actor=hiring.staff, now=hiring.now).raters
    assert rater.knew_answers


@pytest.mark.parametrize("role", ["interviewer", "supervisor"])
def test_other_peoples_people_do_not_exist(hiring: Hiring, role: str) -> None:
    person = finish_tellingly(hiring)
    stranger = colleague(hiring, "Stranger", role).actor
    house, now = hiring.house, hiring.now

    for verb in (
        lambda: rating_form(house, person.application, actor=stranger, now=now),
        lambda: save_rating(house, person.application, Q, rating=3, note="", rev=1, actor=stranger, now=now),
        lambda: hand_in(house, person.application, actor=stranger, now=now),
        lambda: rated_together(house, person.application, actor=stranger, now=now),
        lambda: raters_of(house, person.application, actor=stranger),
        lambda: interview_sheet(house, person.application, actor=stranger, now=now),
    ):
        with pytest.raises((UnknownIdError, NotAllowedError)):
            verb()


def test_my_interviews_say_what_is_missing(hiring: Hiring) -> None:
    first, second = finish_tellingly(hiring), finish_tellingly(hiring, "Bo")
    ivo = interviewer_of(hiring, first.application)
    assign(
        hiring.house,
        second.application,
        ivo.actor.account_id or "",
        duty="interviewer",
        actor=hiring.staff,
        now=hiring.now,
    )
    rate_all(hiring.house, first.application, ivo.actor, [3] * 6, now=hiring.now)
    save(hiring, second.application, ivo, 3, 1)

    mine = my_interviews(hiring.house, actor=ivo.actor, now=hiring.now)

    assert [(i.name, i.rated, i.missing) for i in mine] == [
        ("Bo", 1, "5 of 6 questions still wait for a rating."),
        ("Sofia Marino", 6, ""),
    ]
