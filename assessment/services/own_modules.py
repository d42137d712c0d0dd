"""Training modules as an organisation has them: those that ship, its own version of them, and modules of its own.

A version is kept with who made it and why. A module that is retired is offered to nobody new; whoever has it in a
plan, or has begun it, goes on with it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from assessment.errors import InstrumentError, SheetError, UnknownIdError
from assessment.instruments.reading_grade import reading_grade
from assessment.services.actor import Actor, require
from assessment.services.first_days import LEADS
from assessment.services.house import House
from assessment.services.profiles import author_name
from assessment.services.versions import checked_reason, next_version
from assessment.storage import audit, documents
from assessment.storage.own_modules import newest
from assessment.training.module import (
    ENGLISH,
    Module,
    ModuleKey,
    ModuleWording,
    join,
    module_texts,
    shipped_modules,
    worded_in,
)
from assessment.training.module import module as shipped_module
from assessment.training.module_file import ModuleFile, file_of, prove_module_file, shipped_wording
from assessment.training.words import training_words

FIRST = "1.0"  # of a module that does not ship


@dataclass(frozen=True)
class KnownModule:
    """A module as it is in use here; `own` where the organisation's words stand in place of ours."""

    key: ModuleKey
    own: ModuleFile | None = None
    retired: bool = False

    @property
    def id(self) -> str:
        return self.key.id

    @property
    def version(self) -> str:
        return self.key.version

    @property
    def ships(self) -> bool:
        """Whether there is one of ours under this id."""
        return self.id in shipped_modules()

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(sorted(self.own.words)) if self.own else worded_in(self.id)

    def is_for(self, role: str) -> bool:
        return role in self.key.roles

    def in_language(self, language: str) -> Module:
        """In this language; else in English, else in what there is, and `in_language` of it says which."""
        if self.own is None:
            return shipped_module(self.id, language)
        there_is = self.languages
        taken = next((name for name in (language, ENGLISH) if name in there_is), there_is[0])
        return join(self.key, self.own.wording(taken, self.version))


@dataclass(frozen=True)
class ModuleVersion:
    """Who made it, when and why; `shipped`: from then on the words that ship were in use again."""

    version: str
    author: str
    reason: str
    created_at: datetime
    shipped: bool
    retired: bool


@dataclass(frozen=True)
class ModuleCheck:
    """What stands in the way of keeping a module, and the reading grade of its English words."""

    problems: tuple[str, ...]
    grade: float | None


def modules_of(connection: Connection, house: House, organisation_id: str) -> dict[str, KnownModule]:
    """Every module there is for an organisation, by id: shipped ones in the order of their ids, then its own."""
    found = {id_: KnownModule(key) for id_, key in shipped_modules().items()}
    for id_, kept in newest(connection, organisation_id).items():
        own, retired = kept.body["file"], kept.body["retired"]
        if own is not None:
            file = ModuleFile.model_validate(own)
            found[id_] = KnownModule(file.key(kept.version), file, retired)
        elif id_ in found:
            found[id_] = KnownModule(found[id_].key, None, retired)
    return found


def known_in(connection: Connection, house: House, organisation_id: str, module_id: str) -> KnownModule:
    """One of them.

    Raises
    ------
    UnknownIdError : no such module
    """
    known = modules_of(connection, house, organisation_id)
    if module_id not in known:
        raise UnknownIdError("training module", module_id, tuple(known))
    return known[module_id]


def module_here(house: House, module_id: str, *, actor: Actor) -> KnownModule:
    """One module for those who lead newcomers."""
    require(actor, *LEADS)
    with house.database.read() as connection:
        return known_in(connection, house, actor.organisation_id, module_id)


def module_file(house: House, module_id: str, *, actor: Actor) -> ModuleFile:
    """A module as one file, to take along or to change."""
    require(actor, *LEADS)
    with house.database.read() as connection:
        known = known_in(connection, house, actor.organisation_id, module_id)
    return known.own or file_of(known.key, _shipped_words(module_id))


def check_module(house: House, found: ModuleFile, *, actor: Actor) -> ModuleCheck:
    """Whether a module could be kept as it stands; nothing is."""
    require(actor)
    return _checked(house, found)


def keep_module(house: House, found: ModuleFile, *, reason: str, new: bool = False, actor: Actor, now: datetime) -> str:
    """Keep a new version of a module, which is in use from now on; returns the version.

    new : it is to be a module that is not there yet

    Raises
    ------
    SheetError : it is not whole, too hard to read, there already, or nothing was changed
    """
    require(actor)
    reason = checked_reason(reason)
    if problems := _checked(house, found).problems:
        raise SheetError(f"Please put this right first: {'; '.join(problems)}.")
    with house.database.write() as connection:
        before = modules_of(connection, house, actor.organisation_id).get(found.id)
        if before is not None and new:
            raise SheetError(f"There is a module {found.id} already. Open that one, or give this one another id.")
        if before is not None and not before.retired and found == _file(before):
            raise SheetError("Nothing was changed, so there is no new version.")
        return _keep(connection, found.id, found, retired=False, reason=reason, actor=actor, now=now)


def module_back_to_shipped(house: House, module_id: str, *, reason: str, actor: Actor, now: datetime) -> None:
    """Use the module that ships again; the organisation's own versions stay in the history."""
    require(actor)
    reason = checked_reason(reason)
    with house.database.write() as connection:
        known = known_in(connection, house, actor.organisation_id, module_id)
        if module_id not in shipped_modules():
            raise SheetError("This module is your own; no other one ships. You can retire it.")
        if known.own is None:
            raise SheetError("The module that ships is in use already.")
        _keep(connection, module_id, None, retired=known.retired, reason=reason, actor=actor, now=now)


def retire_module(
    house: House, module_id: str, *, retired: bool = True, reason: str, actor: Actor, now: datetime
) -> None:
    """Offer a module to nobody new, or offer it again. The same again is harmless."""
    require(actor)
    reason = checked_reason(reason)
    with house.database.write() as connection:
        known = known_in(connection, house, actor.organisation_id, module_id)
        if known.retired != retired:
            _keep(connection, module_id, known.own, retired=retired, reason=reason, actor=actor, now=now)


def module_versions(house: House, module_id: str, *, actor: Actor) -> tuple[ModuleVersion, ...]:
    """Every version the organisation made of a module, oldest first."""
    require(actor, *LEADS)
    with house.database.read() as connection:
        known_in(connection, house, actor.organisation_id, module_id)
        return tuple(
            ModuleVersion(
                kept.version,
                author_name(connection, house, kept.author),
                kept.reason,
                kept.created_at,
                kept.body["file"] is None,
                kept.body["retired"],
            )
            for kept in documents.versions(connection, actor.organisation_id, kind="module", name=module_id)
        )


def _checked(house: House, found: ModuleFile) -> ModuleCheck:
    words = training_words(ENGLISH)
    try:
        problems = prove_module_file(
            found,
            facets=tuple(house.library.questionnaire().facets_by_id),
            roles=tuple(house.library.roles()),
            competencies=tuple(words.competencies),
            formats=tuple(words.formats),
            languages=tuple(house.library.languages()),
        )
    except InstrumentError as error:
        return ModuleCheck((str(error),), None)
    english = found.words.get(ENGLISH)
    grade = reading_grade(module_texts(found.wording(ENGLISH, "0.0"))) if english else None
    return ModuleCheck(tuple(problems), grade)


def _shipped_words(module_id: str) -> Mapping[str, ModuleWording]:
    return {language: shipped_wording(module_id, language) for language in worded_in(module_id)}


def _file(known: KnownModule) -> ModuleFile:
    return known.own or file_of(known.key, _shipped_words(known.id))


def _keep(
    connection: Connection,
    module_id: str,
    found: ModuleFile | None,
    *,
    retired: bool,
    reason: str,
    actor: Actor,
    now: datetime,
) -> str:
    kept = documents.versions(connection, actor.organisation_id, kind="module", name=module_id)
    there = [version.version for version in kept]
    if module_id in shipped_modules():
        there.append(shipped_modules()[module_id].version)
    version = next_version(there) if there else FIRST
    id_ = documents.keep(
        connection,
        actor.organisation_id,
        kind="module",
        name=module_id,
        version=version,
        body={"file": found.model_dump(mode="json") if found else None, "retired": retired},
        author=actor.label,
        reason=reason,
        now=now,
    )
    audit.append(
        connection,
        actor.organisation_id,
        actor=actor.label,
        kind="module_changed",
        subject=id_,
        now=now,
        body={"module": module_id, "version": version, "own": found is not None, "retired": retired},
    )
    return version
