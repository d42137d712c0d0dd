"""What an HR manager reads: the list in its order, one person down to the answers, and every number again by hand."""

import csv
import io
from dataclasses import replace
from datetime import timedelta

import pytest

from assessment.errors import NotAllowedError, SheetError, UnknownIdError
from assessment.services.actor import Actor
from assessment.services.answers import Answer, save_answers, submit
from assessment.services.comparing import all_roles, compare, what_if
from assessment.services.own_words import ask, note
from assessment.services.reading import Reading, reading
from assessment.services.replies import add_comment, answer_question
from assessment.services.shortlist import Row, filter_rows, list_candidates, rows_csv, safe_cell
from assessment.services.sitting import look
from assessment.services.today import today
from assessment.services.why import why, why_csv
from tests.hiring import NOW, Hiring, Person, answer_all, events_of


def finish(hiring: Hiring, person: Person, *, value: int = 4, days: float = 0) -> None:
    at = NOW + timedelta(days=days)
    actor = person.begin(now=at)
    answer_all(hiring.house, actor, value=value, now=at)
    submit(hiring.house, actor=actor, now=at)


def read(hiring: Hiring, person: Person) -> Reading:
    return reading(hiring.house, person.application, actor=hiring.staff, now=NOW)


def rows(hiring: Hiring, *, days: float = 0) -> tuple[Row, ...]:
    return list_candidates(hiring.house, hiring.vacancy, actor=hiring.staff, now=NOW + timedelta(days=days))


def test_who_has_waited_longest_comes_first_whatever_the_fit(hiring: Hiring) -> None:
    late, early, open_ = (hiring.invite(name) for name in ("Late", "Early", "Open"))
    finish(hiring, late, value=3, days=2)
    finish(hiring, early, value=1, days=1)

    found = rows(hiring, days=4)

    assert [(row.name, row.state, row.waiting_days) for row in found] == [
        ("Early", "finished", 3),
        ("Late", "finished", 2),
        ("Open", "invited", 4),
    ]
    assert open_.application == found[2].application_id


def test_a_list_read_a_moment_ago_is_read_anew_after_any_change(hiring: Hiring) -> None:
    person = hiring.invite("Ana")
    before = rows(hiring)

    finish(hiring, person)

    assert [row.state for row in (*before, *rows(hiring))] == ["invited", "finished"]


def test_somebody_who_is_answering_shows_how_far(hiring: Hiring) -> None:
    actor = hiring.invite().begin()
    save_answers(hiring.house, [Answer("voi_01", 4, 1), Answer("fd_1.best", "a", 1)], actor=actor, now=NOW)
    save_answers(hiring.house, [Answer("voi_01", None, 2)], actor=actor, now=NOW)

    (row,) = rows(hiring)

    assert (row.state, row.progress) == ("started", (1, 58))


def test_an_expired_link_is_called_so(hiring: Hiring) -> None:
    hiring.invite()

    assert [row.state for row in rows(hiring, days=15)] == ["expired"]


def test_filters_leave_the_order_alone(hiring: Hiring) -> None:
    for at, name in enumerate(("Ana Ruiz", "Bo Ruiz", "Cy")):
        finish(hiring, hiring.invite(name), days=at / 100)
    hiring.invite("Di Ruiz", language="es")
    found = rows(hiring)

    assert [r.name for r in filter_rows(found, search="ruiz", states=["finished"])] == ["Ana Ruiz", "Bo Ruiz"]
    assert [r.name for r in filter_rows(found, languages=["es"])] == ["Di Ruiz"]
    assert [r.name for r in filter_rows(found, sort="name")] == ["Ana Ruiz", "Bo Ruiz", "Cy", "Di Ruiz"]
    assert filter_rows(found, bands=["no such band"]) == ()


def test_a_masked_name_says_nothing(hiring: Hiring) -> None:
    hiring.invite("Ana")

    (row,) = rows(hiring)

    assert row.called(masked=True) == "Person 1"
    assert "Ana" not in rows_csv([row], masked=True)


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1", "-1", "@x", "\tx"])
def test_a_cell_that_a_spreadsheet_would_run_is_quoted(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


def test_an_exported_list_has_a_line_a_person(hiring: Hiring) -> None:
    finish(hiring, hiring.invite("=1+1"))

    (line,) = csv.DictReader(io.StringIO(rows_csv(rows(hiring))))

    assert (line["name"], line["state"], line["band"]) == ("'=1+1", "finished", rows(hiring)[0].band)


def test_opening_a_report_is_kept_in_the_log(hiring: Hiring) -> None:
    person = hiring.invite()

    read(hiring, person)

    assert [event["subject"] for event in events_of(hiring.house, "report_opened")] == [person.application]


def test_every_number_of_the_table_can_be_worked_out_again(hiring: Hiring) -> None:
    person = hiring.invite()
    finish(hiring, person, value=4)
    found = read(hiring, person)
    table = list(csv.DictReader(io.StringIO(why_csv(found, library=hiring.house.library))))

    assert len(table) == 48
    for line in table:
        low, high = float(line["low"]), float(line["high"] or "inf")
        t = float(line["t"])
        own = [other for other in table if other["facet"] == line["facet"]]
        mean = sum(int(other["counts_as"]) for other in own) / len(own)
        gap = max(low - t, t - high, 0)
        assert float(line["facet_mean"]) == pytest.approx(mean)
        assert t == pytest.approx(50 + 10 * (mean - float(line["norm_mean"])) / float(line["norm_sd"]))
        assert float(line["gap"]) == pytest.approx(gap)
        assert float(line["match"]) == pytest.approx(max(0, 100 - 4 * gap))
        assert float(line["sem"]) == pytest.approx(10 * (1 - float(line["reliability"])) ** 0.5)
    signature = {line["facet"]: line for line in table if line["part"] == "signature"}.values()
    weight = sum(float(line["weight"]) for line in signature)
    fit = sum(float(line["weight"]) * float(line["expected_match"]) for line in signature) / weight
    assert found.fit.signature.fit == pytest.approx(fit)


def test_a_turned_item_shows_its_little_sum(hiring: Hiring) -> None:
    person = hiring.invite()
    finish(hiring, person, value=4)

    items = why(read(hiring, person), "pat", library=hiring.house.library).items

    assert {item.sum for item in items if item.keyed == "minus"} == {"6 − 4 = 2"}
    assert {item.sum for item in items if item.keyed == "plus"} == {"4"}


def test_the_list_and_the_report_say_the_same(hiring: Hiring) -> None:
    person = hiring.invite()
    finish(hiring, person, value=2)
    (row,), found = rows(hiring), read(hiring, person)

    assert (row.band, row.named, row.flags) == (found.fit.band, found.fit.named, found.flags)
    assert row.signature == found.fit.signature.interval


def test_every_role_is_there_with_what_was_measured_of_it(hiring: Hiring) -> None:
    person = hiring.invite()
    finish(hiring, person)

    reaches = {reach.role: reach for reach in all_roles(read(hiring, person), hiring.house)}

    assert len(reaches) == 8
    assert (reaches["front_desk_officer"].measured, reaches["front_desk_officer"].applied_for) == (4, True)
    assert (reaches["elder_care_aide"].measured, reaches["elder_care_aide"].asked) == (3, 4)


def test_two_to_four_finished_people_of_one_opening_can_be_compared(hiring: Hiring) -> None:
    people = [hiring.invite(f"P{n}") for n in range(3)]
    for person in people[:2]:
        finish(hiring, person)
    ids = [person.application for person in people]

    both = compare(hiring.house, ids[:2], actor=hiring.staff, now=NOW)

    assert [r.name for r in both] == ["P0", "P1"]
    with pytest.raises(SheetError, match="two to four"):
        compare(hiring.house, ids[:1], actor=hiring.staff, now=NOW)
    with pytest.raises(SheetError, match="not finished"):
        compare(hiring.house, ids, actor=hiring.staff, now=NOW)


def test_other_weights_are_noted_and_change_nothing(hiring: Hiring) -> None:
    person = hiring.invite()
    finish(hiring, person, value=2)
    before = read(hiring, person)

    (tried,) = what_if(hiring.house, [before], {"liv": 90}, actor=hiring.staff, now=NOW)

    assert tried.signature.fit != before.fit.signature.fit
    assert read(hiring, person).fit == before.fit
    assert len(events_of(hiring.house, "weights_tried")) == 1
    with pytest.raises(SheetError):
        what_if(hiring.house, [before], {"liv": -1}, actor=hiring.staff, now=NOW)


def test_own_words_questions_and_comments_stand_in_the_report_as_text(hiring: Hiring) -> None:
    person = hiring.invite()
    finish(hiring, person)
    actor = person.come_in()
    note(hiring.house, "<script>alert(1)</script>", facet="pat", actor=actor, now=NOW)
    ask(hiring.house, "Is **Saturday** free?", actor=actor, now=NOW)
    add_comment(hiring.house, person.application, "=1+1", actor=hiring.staff, now=NOW)
    (question,) = read(hiring, person).questions
    answer_question(hiring.house, person.application, question.id, "Every second one.", actor=hiring.staff, now=NOW)

    found = read(hiring, person)

    assert [(n.text, n.about) for n in found.notes] == [("<script>alert(1)</script>", "Patience")]
    assert [(q.text, q.reply) for q in found.questions] == [("Is **Saturday** free?", "Every second one.")]
    assert [(c.text, c.by) for c in found.comments] == [("=1+1", "Ada Voss")]


def test_careless_answers_invite_to_answer_again_and_take_nothing_away(hiring: Hiring) -> None:
    person = hiring.invite()
    finish(hiring, person, value=3)

    found = read(hiring, person)

    assert found.flags == ("same_answer", "checks")
    assert found.quality_note.startswith("Invite to answer again")
    assert found.standings["rel"].score == 3.0


def test_what_was_skipped_is_not_measured_and_comes_outside_the_order(hiring: Hiring) -> None:
    person = hiring.invite()
    actor = person.begin()
    form = look(hiring.house, actor=actor, now=NOW).form
    kept = [item for item in form.items if not item.startswith("pat")]
    save_answers(hiring.house, [Answer(item, 4, 1) for item in kept], actor=actor, now=NOW)
    submit(hiring.house, actor=actor, now=NOW, skip=True)

    found = read(hiring, person)

    assert (found.fit.band, found.fit.named) == ("not_measured", ("pat",))
    assert rows(hiring)[0].band_words == "Not fully measured: patience"


def test_a_stranger_and_a_candidate_read_nothing(hiring: Hiring) -> None:
    person = hiring.invite()
    stranger = replace(hiring.staff, organisation_id="f" * 32)

    with pytest.raises(UnknownIdError):
        reading(hiring.house, person.application, actor=stranger, now=NOW)
    with pytest.raises(UnknownIdError):
        list_candidates(hiring.house, hiring.vacancy, actor=stranger, now=NOW)
    with pytest.raises(NotAllowedError):
        reading(hiring.house, person.application, actor=person.come_in(), now=NOW)
    with pytest.raises(NotAllowedError):
        list_candidates(
            hiring.house, hiring.vacancy, actor=Actor("staff", hiring.staff.organisation_id, "x", "auditor"), now=NOW
        )


def test_today_names_what_waits_and_what_is_late(hiring: Hiring) -> None:
    person = hiring.invite("Ana")
    finish(hiring, person)
    actor = person.come_in()
    ask(hiring.house, "When?", actor=actor, now=NOW)
    hiring.invite("Bo").begin()

    soon = today(hiring.house, actor=hiring.staff, now=NOW + timedelta(hours=2))
    later = today(hiring.house, actor=hiring.staff, now=NOW + timedelta(days=9))
    read(hiring, person)
    after_reading = today(hiring.house, actor=hiring.staff, now=NOW + timedelta(hours=3))

    letters = "messages_send"  # there is no mail server
    assert {(t.kind, t.overdue) for t in soon.waiting_on_you} == {
        ("question", False),
        ("read", False),
        (letters, False),
    }
    assert [t.kind for t in later.overdue] == ["question", "read"]
    assert {t.kind for t in after_reading.waiting_on_you} == {"question", "next", letters}
    assert (soon.counts.invited, soon.counts.finished) == (2, 1)
