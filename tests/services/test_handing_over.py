"""A vacancy is taken along whole, with what it rests on; never with what is nobody else's business."""

import csv
import io
import json
import zipfile
from dataclasses import replace
from datetime import timedelta

import pytest

from assessment.errors import NotAllowedError, UnknownIdError
from assessment.services.accounts import add_account
from assessment.services.actor import Actor
from assessment.services.answers import submit
from assessment.services.assigned import assign
from assessment.services.handed_files import KINDS, vacancy_file
from assessment.services.handing_over import VacancyExport, vacancy_export
from assessment.services.own_words import ask_adjustment
from assessment.services.ratings import hand_in, rating_form, save_rating
from assessment.services.reading import reading
from assessment.services.stages import move
from assessment.storage.clock import stamp
from assessment.storage.decisions import add as add_decision
from assessment.storage.schema import interviews, slots
from tests.hiring import NOW, Hiring, Person, answer_all, events_of

STRANGER = Actor("staff", "0" * 32, "1" * 32, "administrator")


def finished(hiring: Hiring, name: str, email: str | None = None) -> Person:
    person = hiring.invite(name, email)
    actor = person.begin()
    answer_all(hiring.house, actor)
    submit(hiring.house, actor=actor, now=NOW)
    return person


def interviewer(hiring: Hiring, person: Person, n: int = 1) -> Actor:
    id_ = add_account(
        hiring.house,
        actor=hiring.staff,
        name=f"Rater {n}",
        email=f"rater{n}@anne.example",
        role="interviewer",
        password="three calm rivers",
        now=NOW,
    )
    assign(hiring.house, person.application, id_, duty="interviewer", actor=hiring.staff, now=NOW)
    return Actor("staff", hiring.staff.organisation_id, id_, "interviewer")


def rate(hiring: Hiring, person: Person, actor: Actor) -> None:
    form = rating_form(hiring.house, person.application, actor=actor, now=NOW)
    for question in form.questions:
        save_rating(
            hiring.house, person.application, question.id, rating=4, note="a violet note", rev=1, actor=actor, now=NOW
        )
    hand_in(hiring.house, person.application, actor=actor, now=NOW)


def decide(hiring: Hiring, person: Person, because: str) -> None:
    with hiring.house.database.write() as connection:
        add_decision(
            connection,
            application_id=person.application,
            account_id=hiring.staff.account_id,
            outcome="not_taken",
            because_sealed=hiring.house.vault.seal(because),
            body="{}",
            now=NOW,
        )


def export(hiring: Hiring, *, with_names: bool = False, actor: Actor | None = None) -> VacancyExport:
    return vacancy_export(
        hiring.house, hiring.vacancy, with_names=with_names, actor=actor or hiring.staff, now=NOW + timedelta(hours=1)
    )


def tables(hiring: Hiring, *, with_names: bool = False) -> dict[str, list[dict[str, str]]]:
    made = vacancy_file(hiring.house, hiring.vacancy, "zip", with_names=with_names, actor=hiring.staff, now=NOW)
    with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
        return {
            name: list(csv.DictReader(io.StringIO(archive.read(name).decode(), newline="")))
            for name in archive.namelist()
        }


def test_it_holds_the_vacancy_its_profile_and_norms_and_everybody_in_order(hiring: Hiring) -> None:
    first = finished(hiring, "Ana Ruiz")
    second = replace(hiring, now=NOW + timedelta(minutes=1)).invite("Bo Lind")
    move(hiring.house, [first.application], "interview", because="a violet reason", actor=hiring.staff, now=NOW)

    found = export(hiring)

    assert (found.format, found.version) == ("carefit.vacancy", "1.0")
    assert (found.vacancy.title, found.vacancy.owner) == ("Front desk officer", hiring.staff.account_id)
    assert (found.profile.id, found.profile.version, found.profile.status) == ("front_desk_officer", "0.1", "draft")
    assert len(found.profile.requirements) == len({r.facet for r in found.profile.requirements}) > 5
    assert [(n.kind, n.people) for n in found.norms] == [("provisional", 0)]
    assert [p.application for p in found.people] == [first.application, second.application]
    assert [(p.stage, p.status) for p in found.people] == [("interview", "finished"), ("invited", "invited")]
    assert [(m.from_stage, m.to_stage, m.by) for m in found.people[0].moves][-1] == (
        "to_read",
        "interview",
        hiring.staff.account_id,
    )
    assert "Research draft" in found.note


def test_results_are_those_of_the_report_to_the_last_digit(hiring: Hiring) -> None:
    person = finished(hiring, "Ana Ruiz")
    read = reading(hiring.house, person.application, actor=hiring.staff, now=NOW)

    found = export(hiring).people[0].result

    assert found is not None
    assert (found.band, found.use) == (read.fit.band, "development")
    assert found.core.fit == read.fit.core.fit
    assert (found.signature.low80, found.signature.high80) == (read.fit.signature.low80, read.fit.signature.high80)
    bands = {match.requirement.facet: match.band for match in read.fit.matches}
    assert {f.facet: (f.t, f.sem, f.percentile, f.band) for f in found.facets} == {
        facet: (s.t, s.sem, s.percentile, bands[facet]) for facet, s in read.standings.items()
    }


def test_who_has_not_finished_has_no_result(hiring: Hiring) -> None:
    person = hiring.invite("Ana Ruiz")
    answer_all(hiring.house, person.begin())

    assert (export(hiring).people[0].result, export(hiring).people[0].status) == (None, "started")


def test_names_come_only_when_they_are_asked_for_and_never_to_who_sees_them_masked(hiring: Hiring) -> None:
    finished(hiring, "Zanzibar Quux", "quux@x.example")

    without, named = export(hiring), export(hiring, with_names=True)
    masked = export(hiring, with_names=True, actor=replace(hiring.staff, masked=True))

    assert (named.people[0].name, named.people[0].email) == ("Zanzibar Quux", "quux@x.example")
    assert [(p.name, p.email) for p in (without.people[0], masked.people[0])] == [(None, None)] * 2
    assert "uux" not in repr(without) + repr(masked)


@pytest.mark.parametrize("kind", list(KINDS))
def test_answers_adjustments_notes_and_reasons_of_moves_stay_here(hiring: Hiring, kind: str) -> None:
    person = hiring.invite("Ana Ruiz")
    actor = person.begin()
    ask_adjustment(hiring.house, ["read_aloud"], "a violet umbrella", actor=actor, now=NOW)
    answer_all(hiring.house, actor)
    submit(hiring.house, actor=actor, now=NOW)
    rate(hiring, person, interviewer(hiring, person))
    move(hiring.house, [person.application], "interview", because="a violet reason", actor=hiring.staff, now=NOW)

    made = vacancy_file(hiring.house, hiring.vacancy, kind, with_names=True, actor=hiring.staff, now=NOW)

    content = made.content
    if kind == "zip":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b"".join(archive.read(name) for name in archive.namelist())
    assert b"Ana Ruiz" in content
    for hidden in (b"violet", b"read_aloud", b"adjust", b"voi_01", b"Rater"):
        assert hidden not in content


def test_ratings_come_once_every_interviewer_has_handed_in(hiring: Hiring) -> None:
    person = finished(hiring, "Ana Ruiz")
    one, two = interviewer(hiring, person, 1), interviewer(hiring, person, 2)

    rate(hiring, person, one)
    before = export(hiring).people[0].ratings
    rate(hiring, person, two)
    after = export(hiring).people[0].ratings

    assert before == ()
    assert {r.by for r in after} == {one.account_id, two.account_id}
    assert {r.rating for r in after} == {4}


def test_interview_and_decision_with_its_reasons_are_in_it(hiring: Hiring) -> None:
    person = finished(hiring, "Ana Ruiz")
    with hiring.house.database.write() as connection:
        connection.execute(
            slots.insert().values(
                id="5" * 32,
                vacancy_id=hiring.vacancy,
                account_id=hiring.staff.account_id,
                starts_at=stamp(NOW),
                ends_at=stamp(NOW + timedelta(minutes=45)),
                buffer_minutes=0,
                time_zone="Europe/Madrid",
                place="Room 2",
                created_at=stamp(NOW),
            )
        )
        connection.execute(
            interviews.insert().values(
                id="6" * 32,
                application_id=person.application,
                slot_id="5" * 32,
                status="booked",
                uid="u",
                sequence=0,
                asked_at=stamp(NOW),
                changed_at=stamp(NOW),
            )
        )
    decide(hiring, person, "no night shifts possible")

    found = export(hiring).people[0]

    assert found.interview is not None
    assert (found.interview.starts_at, found.interview.time_zone) == (NOW, "Europe/Madrid")
    assert [(d.outcome, d.because, d.by) for d in found.decisions] == [
        ("not_taken", "no night shifts possible", hiring.staff.account_id)
    ]


def test_json_says_the_same_as_the_structure(hiring: Hiring) -> None:
    finished(hiring, "Ana Ruiz")

    made = vacancy_file(hiring.house, hiring.vacancy, "json", with_names=True, actor=hiring.staff, now=NOW)

    said, found = json.loads(made.content), export(hiring, with_names=True)
    assert (made.media_type, made.file_name) == ("application/json", f"carefit-opening-{hiring.vacancy[:8]}.json")
    assert said["people"][0]["name"] == "Ana Ruiz"
    assert found.people[0].result is not None
    assert said["people"][0]["result"]["facets"][0]["t"] == found.people[0].result.facets[0].t
    assert said["people"][0]["moves"][0]["at"] == "2026-11-24T09:30:00+00:00"


def test_tables_say_the_same_as_the_structure(hiring: Hiring) -> None:
    person = finished(hiring, "Ana Ruiz")
    decide(hiring, person, "no night shifts possible")

    found, said = export(hiring), tables(hiring)

    result = found.people[0].result
    assert result is not None
    assert sorted(said) == ["decisions.csv", "facets.csv", "moves.csv", "opening.csv", "people.csv", "ratings.csv"]
    assert said["people.csv"][0]["core_fit"] == f"{result.core.fit:.1f}"
    assert [row["t"] for row in said["facets.csv"]] == [f"{f.t:.1f}" for f in result.facets]
    assert said["decisions.csv"][0]["because"] == "no night shifts possible"
    assert len(said["moves.csv"]) == len(found.people[0].moves)
    assert "Research draft" in str(said["opening.csv"])


@pytest.mark.parametrize("name", ['=cmd|"/c calc"!A1', "+1", "-1", "@x", "\tx", "\rx"])
def test_no_cell_is_run_by_a_spreadsheet(hiring: Hiring, name: str) -> None:
    person = hiring.invite(name)
    decide(hiring, person, name)

    said = tables(hiring, with_names=True)

    assert said["people.csv"][0]["name"] == f"'{name}"
    assert said["decisions.csv"][0]["because"] == f"'{name}"


def test_the_event_log_says_who_took_what_along(hiring: Hiring) -> None:
    hiring.invite()

    vacancy_file(hiring.house, hiring.vacancy, "csv", with_names=True, actor=hiring.staff, now=NOW)

    (event,) = events_of(hiring.house, "vacancy_exported")
    assert (event["actor"], event["subject"]) == (hiring.staff.account_id, hiring.vacancy)
    assert (event["format"], event["names"], event["people"]) == ("csv", True, 1)


@pytest.mark.parametrize("role", ["interviewer", "supervisor"])
def test_only_hr_takes_a_vacancy_along(hiring: Hiring, role: str) -> None:
    with pytest.raises(NotAllowedError):
        export(hiring, actor=replace(hiring.staff, role=role))
    with pytest.raises(UnknownIdError):
        export(hiring, actor=STRANGER)

    assert events_of(hiring.house, "vacancy_exported") == []
