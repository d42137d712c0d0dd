"""Interviewers and supervisors find no way to a result before rating, nor to anybody who is not theirs.

The table is made by looking: every verb of every service is called, so a new one is tried the day it is written.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args, get_origin

import pytest

from assessment import services
from assessment.errors import AssessmentError, NotAllowedError, UnknownIdError
from assessment.services.accounts import add_account
from assessment.services.actor import Actor
from assessment.services.answers import Answer, submit
from assessment.services.assigned import assign
from assessment.services.organisation import found
from assessment.services.own_words import ask, note
from assessment.services.reading import reading
from tests.hiring import Hiring, Person, answer_all
from tests.interviewing import colleague

SECRET_WORDS = "a violet umbrella"
THEIRS = "Zanzibar Quux"
# What an interviewer or supervisor may do about themselves or their people; what comes back is searched all the same.
OPEN_TO_ALL = {
    "absences.absences",
    "absences.come_back_early",
    "absences.go_away",
    "absences.possible_deputies",
    "absences.standing_in_for",
    "accounts.change_password",
    "assigned.assigned_to",
    "assigned.my_people",
    "calibrating.own_practice",
    "calibrating.rate_vignette",
    "early_warnings.early_warnings",
    "early_warnings.tasks_for",
    "interview_kit.interview_sheet",
    "interviews.cancel_interview",
    "interviews.move_interview",
    "interviews.staff_calendar",
    "learning.learners",
    "learning.training_library",
    "my_interviews.my_interviews",
    "newcomers.newcomers",
    "organisation.organisation",
    "outcome_due.ratings_due",
    "outcome_state.outcome_state",
    "own_modules.module_file",
    "own_modules.module_here",
    "own_modules.module_versions",
    "rated_together.rated_together",
    "ratings.hand_in",
    "ratings.rating_form",
    "ratings.save_rating",
    "seminars.invitees",
    "seminars.list_seminars",
    "slots.list_slots",
    "slots.offer_slots",
    "slots.slot_openings",
    "slots.take_back_slots",
}


def verbs() -> Iterator[tuple[str, Callable[..., Any]]]:
    for module in pkgutil.iter_modules(services.__path__):
        loaded = importlib.import_module(f"assessment.services.{module.name}")
        for name, verb in vars(loaded).items():
            own = inspect.isfunction(verb) and verb.__module__ == loaded.__name__ and not name.startswith("_")
            asked = list(inspect.signature(verb).parameters) if own else []
            if asked[:1] == ["house"] and "actor" in asked:
                yield f"{module.name}.{name}", verb


@dataclass(frozen=True)
class Scene:
    hiring: Hiring
    mine: Person
    other: Person
    question: str
    actors: dict[str, Actor]
    secrets: tuple[str, ...]

    def arguments(self, verb: Callable[..., Any], person: Person, actor: Actor) -> dict[str, Any]:
        known = {
            "house": self.hiring.house,
            "actor": actor,
            "now": self.hiring.now,
            "application_id": person.application,
            "application_ids": [person.application],
            "vacancy_id": self.hiring.vacancy,
            "question_id": self.question,
            "account_id": actor.account_id,
            "role": "front_desk_officer",
            "day": date(2026, 11, 24),
            "language": "en",
            "duty": "interviewer",
            "paper": "a4",
            "answers": [Answer("liv_01", 4, 1)],
        }
        needed = {}
        for name, parameter in inspect.signature(verb).parameters.items():
            if name in known:
                needed[name] = known[name]
            elif (
                parameter.kind is not inspect.Parameter.VAR_POSITIONAL and parameter.default is inspect.Parameter.empty
            ):
                needed[name] = _any_value(parameter.annotation)
        return needed


def _any_value(annotation: Any) -> Any:
    """Something that is not refused for its type: what matters is who asks."""
    words = str(annotation)
    if get_origin(annotation) is Literal:
        return get_args(annotation)[0]
    if annotation is bool:
        return True
    if annotation is int:
        return 1
    if annotation is str or words.startswith("str |"):
        return "x" * 24
    if "Sequence" in words or "tuple" in words:
        return []
    if "Mapping" in words or "dict" in words:
        return {}
    if "datetime" in words:
        return Hiring.now
    if "date" in words:
        return date(2026, 11, 25)
    return None


@pytest.fixture
def scene(hiring: Hiring) -> Scene:
    people = []
    for name in ("Ana Ruiz", THEIRS):
        person = hiring.invite(name)
        actor = person.begin()
        answer_all(hiring.house, actor, value=5)
        note(hiring.house, SECRET_WORDS, actor=actor, now=hiring.now)
        ask(hiring.house, SECRET_WORDS, actor=actor, now=hiring.now)
        submit(hiring.house, actor=actor, now=hiring.now)
        people.append(person)
    actors = {}
    for duty in ("interviewer", "supervisor"):
        id_ = add_account(
            hiring.house,
            actor=hiring.staff,
            name=f"Some {duty}",
            email=f"{duty}@anne.example",
            role=duty,
            password="three calm rivers",
            now=hiring.now,
        )
        assign(hiring.house, people[0].application, id_, duty=duty, actor=hiring.staff, now=hiring.now)
        actors[duty] = Actor("staff", hiring.staff.organisation_id, id_, duty, name=f"Some {duty}")
    with hiring.house.database.write() as connection:
        elsewhere = found(connection, name="Elsewhere", contact_name="E", contact="e@else.example", now=hiring.now)
    stranger = colleague(hiring, "Somebody else", "hr_manager", organisation=elsewhere)
    actors["stranger"] = stranger.actor
    reads = [reading(hiring.house, p.application, actor=hiring.staff, now=hiring.now) for p in people]
    figures = [s.t for read in reads for s in read.standings.values()]
    figures += [part.fit for read in reads for part in (read.fit.core, read.fit.signature) if part.fit is not None]
    telling = tuple({f"{figure}" for figure in figures if len(f"{figure}") > 8})
    return Scene(hiring, people[0], people[1], reads[0].questions[0].id, actors, telling)


def outcome_of(scene: Scene, verb: Callable[..., Any], person: Person, actor: Actor) -> tuple[str, str]:
    """How a verb ends, and everything that came back."""
    try:
        found = verb(**scene.arguments(verb, person, actor))
    except (NotAllowedError, UnknownIdError) as error:
        return "refused", str(error)
    except AssessmentError as error:
        return "said", str(error)
    except Exception as error:
        return "broke", repr(error)
    return "done", repr(found)


@pytest.mark.parametrize("who", ["interviewer", "supervisor", "stranger"])
def test_no_verb_gives_a_result_or_somebody_who_is_not_theirs(scene: Scene, who: str) -> None:
    actor, wrong = scene.actors[who], []

    for name, verb in verbs():
        for person in (scene.mine, scene.other):
            ended, said = outcome_of(scene, verb, person, actor)
            if ended != "refused" and name not in OPEN_TO_ALL and who != "stranger":
                wrong.append(f"{name}: {ended} for a {who}: {said[:80]}")
            if (SECRET_WORDS in said) or (THEIRS in said) or any(secret in said for secret in scene.secrets):
                wrong.append(f"{name}: tells a {who} what is hidden: {said[:200]}")
            if who == "stranger" and "Ana Ruiz" in said:
                wrong.append(f"{name}: names somebody to a {who}")

    assert "\n".join(wrong) == ""


def test_what_is_hidden_is_there_to_be_found(scene: Scene) -> None:
    told = [outcome_of(scene, verb, scene.other, scene.hiring.staff)[1] for _, verb in verbs()]

    assert any(SECRET_WORDS in said for said in told)
    assert any(THEIRS in said for said in told)
    assert all(any(secret in said for said in told) for secret in scene.secrets)


def test_the_list_of_what_is_open_names_verbs_that_exist() -> None:
    assert {name for name, _ in verbs()} >= OPEN_TO_ALL
