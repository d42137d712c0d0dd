"""Working through a module: steps, three questions to oneself, own notes, and the end of it.

Steps, picks and notes are the person's own: nobody else reads them, not the supervisor and not HR. What staff
see is learning.py.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection

from assessment.errors import AnswerError, SheetError, UnknownIdError
from assessment.messages.plain_pages import put_in
from assessment.messages.words import words
from assessment.services.actor import Actor
from assessment.services.answers import HIGHEST_REV
from assessment.services.first_days import own_work
from assessment.services.house import House
from assessment.services.own_modules import KnownModule, known_in, modules_of
from assessment.storage import audit
from assessment.storage import module_work as stored
from assessment.storage.clock import moment, stamp
from assessment.storage.record import Record
from assessment.training.module import LETTERS, Check, Module

LONGEST_NOTES = 4_000
State = Literal["new", "begun", "done", "confirmed"]


@dataclass(frozen=True)
class Notes:
    """What stands; `rev` says which of two tries to save is the newer."""

    text: str = ""
    rev: int = 0


@dataclass(frozen=True)
class ModuleWork:
    """A module with what its reader has done of it.

    scene : of their own role; of another one where `scene_role` is not theirs
    steps : numbers of those done, from 1
    picks : by check, the letter picked last
    seen_by : who has seen it in practice, and when
    """

    module: Module
    scene: str
    scene_role: str
    own_scene: bool
    steps: frozenset[int]
    picks: Mapping[str, str]
    notes: Notes
    begun: bool
    done_at: datetime | None
    seen_by: str
    seen_at: datetime | None

    @property
    def steps_left(self) -> int:
        return len(self.module.steps) - len(self.steps)

    @property
    def checks_left(self) -> int:
        return sum(check.id not in self.picks for check in self.module.checks)


@dataclass(frozen=True)
class Picked:
    """What is said at once to a pick."""

    fits: bool
    feedback: str
    answer: str


@dataclass(frozen=True)
class MyModule:
    """A module in a list of one's own; `language` is the one its words are in."""

    id: str
    title: str
    minutes: int
    state: State
    language: str


@dataclass(frozen=True)
class MyModules:
    """Those of the plan in its order, and more from the library for the same role."""

    planned: tuple[MyModule, ...]
    more: tuple[MyModule, ...]

    @property
    def done(self) -> int:
        return sum(one.state in ("done", "confirmed") for one in self.planned)


def my_modules(house: House, module_ids: Iterable[str], *, actor: Actor) -> MyModules:
    """The modules of one's plan, and what else there is for one's role or was begun.

    module_ids : those of the plan; one that is not there any more is left out
    """
    with house.database.read() as connection:
        row = own_work(connection, actor)
        known = modules_of(connection, house, actor.organisation_id)
        rows = {done.module: done for done in stored.of_application(connection, row.application_id)}
    planned = [id_ for id_ in dict.fromkeys(module_ids) if id_ in known]
    more = [
        id_
        for id_, one in known.items()
        if id_ not in planned and (id_ in rows or (one.is_for(row.role) and not one.retired))
    ]
    mine = {id_: _mine(known[id_], rows.get(id_), row.language) for id_ in (*planned, *more)}
    by_title = sorted((mine[id_] for id_ in more), key=lambda one: one.title)
    return MyModules(tuple(mine[id_] for id_ in planned), tuple(by_title))


def open_module(house: House, module_id: str, *, actor: Actor) -> ModuleWork:
    """A module as it stands for its reader; to look at it changes nothing."""
    with house.database.read() as connection:
        row = own_work(connection, actor)
        known = known_in(connection, house, actor.organisation_id, module_id)
        kept = stored.one(connection, row.application_id, module_id)
    return _work(house, known.in_language(row.language), kept, role=row.role)


def do_step(house: House, module_id: str, step: int, *, actor: Actor, now: datetime) -> None:
    """Tick a step, from 1; twice is once."""
    _tick(house, module_id, step, done=True, actor=actor, now=now)


def undo_step(house: House, module_id: str, step: int, *, actor: Actor, now: datetime) -> None:
    """Take the tick back; what is finished stays finished."""
    _tick(house, module_id, step, done=False, actor=actor, now=now)


def pick_answer(house: House, module_id: str, check: str, letter: str, *, actor: Actor, now: datetime) -> Picked:
    """Pick an option and hear at once what fits about it; another may be picked as often as one likes."""
    with house.database.write() as connection:
        row, module, kept = _held(connection, house, module_id, actor=actor, now=now)
        asked = next((one for one in module.checks if one.id == check), None)
        if asked is None:
            raise UnknownIdError("question of this module", check, [one.id for one in module.checks])
        if letter not in LETTERS:
            raise AnswerError(check, f"expected one of {', '.join(LETTERS)}")
        picks = json.loads(kept.picks)
        if picks.get(check) != letter:
            values = {"picks": audit.canonical({**picks, check: letter}), "version": module.version}
            stored.change(connection, row.application_id, module_id, **values)
            _log(connection, actor, "module_answered", row.application_id, now, module=module_id, check=check)
    return said_to(asked, letter)


def save_notes(house: House, module_id: str, text: str, *, rev: int, actor: Actor, now: datetime) -> Notes:
    """Keep one's own notes as they are typed, and say what stands.

    The same call again changes nothing: a newer rev wins, of equal revs the first stands.
    """
    if len(text) > LONGEST_NOTES:
        raise SheetError(f"Please keep your notes to {LONGEST_NOTES:,} characters.")
    if not 1 <= rev <= HIGHEST_REV:
        raise SheetError(f"rev is a whole number from 1 to {HIGHEST_REV}")
    with house.database.write() as connection:
        row, _, kept = _held(connection, house, module_id, actor=actor, now=now)
        before = _notes(house, kept)
        if rev <= before.rev or text == before.text:
            return before
        sealed = house.vault.seal(text) if text else None
        stored.change(connection, row.application_id, module_id, notes_sealed=sealed, rev=rev)
        _log(connection, actor, "module_noted", row.application_id, now, module=module_id, rev=rev)
    return Notes(text, rev)


def finish(house: House, module_id: str, *, actor: Actor, now: datetime) -> None:
    """The module is done: every step ticked, every question picked; which option does not matter. Twice is once.

    Raises
    ------
    SheetError : something is left, and what, in the reader's language
    """
    with house.database.write() as connection:
        row, module, kept = _held(connection, house, module_id, actor=actor, now=now)
        if kept.done_at is not None:
            return
        work = _work(house, module, kept, role=row.role)
        if work.steps_left or work.checks_left:
            raise SheetError(what_is_left(work, row.language))
        stored.change(connection, row.application_id, module_id, done_at=stamp(now), version=module.version)
        _log(connection, actor, "module_done", row.application_id, now, module=module_id, version=module.version)


def what_is_left(work: ModuleWork, language: str) -> str:
    """Nearly there, and what is open."""
    said = words(language).module
    left = [
        put_in(said[f"left_{what}" if n > 1 else f"left_one_{what}"], n=n)
        for what, n in (("steps", work.steps_left), ("checks", work.checks_left))
        if n
    ]
    return " ".join((said["left"], *left))


def said_to(check: Check, letter: str) -> Picked:
    option = next(said for known, said in check.options.items() if known == letter)
    return Picked(letter == check.fits, option.feedback, check.answer)


def state_of(kept: Record | None) -> State:
    if kept is None:
        return "new"
    return "confirmed" if kept.confirmed_at else "done" if kept.done_at else "begun"


def _tick(house: House, module_id: str, step: int, *, done: bool, actor: Actor, now: datetime) -> None:
    with house.database.write() as connection:
        row, module, kept = _held(connection, house, module_id, actor=actor, now=now)
        if not 1 <= step <= len(module.steps):
            raise SheetError(f"step {step}: expected 1 to {len(module.steps)}")
        before = set(json.loads(kept.steps))
        after = before | {step} if done else before - {step}
        if after != before:
            values = {"steps": audit.canonical(sorted(after)), "version": module.version}
            stored.change(connection, row.application_id, module_id, **values)
            kind = "module_step_done" if done else "module_step_undone"
            _log(connection, actor, kind, row.application_id, now, module=module_id, step=step)


def _held(
    connection: Connection, house: House, module_id: str, *, actor: Actor, now: datetime
) -> tuple[Record, Module, Record]:
    """The reader's own row of a module, for writing; it begins with the first thing they do in it."""
    row = own_work(connection, actor, hold=True)
    module = known_in(connection, house, actor.organisation_id, module_id).in_language(row.language)
    kept = stored.one(connection, row.application_id, module_id)
    if kept is None:
        stored.begin(connection, row.application_id, module_id, version=module.version, now=now)
        _log(connection, actor, "module_begun", row.application_id, now, module=module_id, version=module.version)
        kept = stored.one(connection, row.application_id, module_id)
    assert kept is not None  # noqa: S101 - it was written two lines above
    return row, module, kept


def _work(house: House, module: Module, kept: Record | None, *, role: str) -> ModuleWork:
    """What was ticked and picked in an earlier version counts where it is still asked."""
    scene_role = role if role in module.scenes else next(iter(module.scenes))
    steps = json.loads(kept.steps) if kept else ()
    picks = json.loads(kept.picks) if kept else {}
    asked = {check.id for check in module.checks}
    return ModuleWork(
        module=module,
        scene=module.scenes[scene_role],
        scene_role=scene_role,
        own_scene=scene_role == role,
        steps=frozenset(step for step in steps if 1 <= step <= len(module.steps)),
        picks={check: letter for check, letter in picks.items() if check in asked},
        notes=_notes(house, kept),
        begun=kept is not None,
        done_at=moment(kept.done_at) if kept and kept.done_at else None,
        seen_by=house.vault.open(kept.seer_sealed) if kept and kept.seer_sealed else "",
        seen_at=moment(kept.confirmed_at) if kept and kept.confirmed_at else None,
    )


def _notes(house: House, kept: Record | None) -> Notes:
    if kept is None:
        return Notes()
    return Notes(house.vault.open(kept.notes_sealed) if kept.notes_sealed else "", kept.rev)


def _mine(known: KnownModule, kept: Record | None, language: str) -> MyModule:
    module = known.in_language(language)
    return MyModule(known.id, module.title, module.minutes, state_of(kept), module.in_language)


def _log(connection: Connection, actor: Actor, kind: str, subject: str, now: datetime, **body: object) -> None:
    audit.append(connection, actor.organisation_id, actor=actor.label, kind=kind, subject=subject, now=now, body=body)
