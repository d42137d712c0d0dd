"""Norms made of the organisation's own sheets: making them, and choosing what new sittings are compared with."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from sqlalchemy import Connection

from assessment.errors import SheetError, TooFewError, UnknownIdError
from assessment.instruments.instrument import Instrument
from assessment.scoring.classical import FacetScores
from assessment.scoring.norms import NormCount, NormGroup
from assessment.services.actor import Actor, require
from assessment.services.house import House
from assessment.services.own_versions import choose, keep_own
from assessment.services.profiles import author_name
from assessment.services.sheets import OwnSheets, own_sheets
from assessment.services.versions import checked_reason, comparable_name, norms_of
from assessment.storage import documents

FEWEST = 400  # SCIENCE 1: scored people on a facet


@dataclass(frozen=True)
class NormsVersion:
    """Kept norms: who made them, when and why, and whether new sittings are compared with them."""

    document: str
    author: str
    reason: str
    created_at: datetime
    group: NormGroup
    in_use: bool


def local_norms(house: House, *, actor: Actor, questionnaire: str = "temperament") -> tuple[NormsVersion, ...]:
    """Every version the organisation has made, oldest first."""
    require(actor)
    instrument = house.library.questionnaire(questionnaire)
    with house.database.read() as connection:
        in_use = documents.chosen(connection, actor.organisation_id, "norms", name=comparable_name(instrument))
        return tuple(
            NormsVersion(
                kept.id,
                author_name(connection, house, kept.author),
                kept.reason,
                kept.created_at,
                norms_of(connection, kept.id),
                kept.id == in_use,
            )
            for kept in documents.versions(connection, actor.organisation_id, kind="norms", name=_shelf(instrument))
        )


def make_local_norms(
    house: House, *, reason: str, actor: Actor, now: datetime, questionnaire: str = "temperament"
) -> NormsVersion:
    """Make norms of the organisation's own whole sheets and compare new sittings with them.

    They list the facets on which at least 400 people are scored. Sittings made before keep their norms,
    and so do new ones whose form asks about another facet.

    Raises
    ------
    TooFewError : no facet has 400 scored people
    SheetError : nothing was handed in since the newest version was made
    """
    require(actor)
    reason = checked_reason(reason)
    instrument = house.library.questionnaire(questionnaire)
    with house.database.read() as connection:
        own = own_sheets(connection, actor.organisation_id, instrument, whole=True)
    group = _group(own)
    with house.database.write() as connection:
        before = documents.versions(connection, actor.organisation_id, kind="norms", name=_shelf(instrument))
        _refuse_twin(connection, before, group.n, own.until)
        group = group.model_copy(update={"version": f"{len(before) + 1}.0"})
        id_ = keep_own(
            connection,
            "norms",
            group,
            name=_shelf(instrument),
            version=group.version,
            people=group.n,
            reason=reason,
            actor=actor,
            now=now,
        )
        choose(connection, "norms", id_, name=comparable_name(instrument), reason=reason, actor=actor, now=now)
        return NormsVersion(id_, author_name(connection, house, actor.label), reason, now, group, True)


def use_norms(
    house: House,
    document_id: str | None,
    *,
    reason: str,
    actor: Actor,
    now: datetime,
    questionnaire: str = "temperament",
) -> None:
    """Compare new sittings with these local norms, or, with None, with those that ship."""
    require(actor)
    reason = checked_reason(reason)
    instrument = house.library.questionnaire(questionnaire)
    name = comparable_name(instrument)
    with house.database.write() as connection:
        known = documents.versions(connection, actor.organisation_id, kind="norms", name=_shelf(instrument))
        if document_id is not None and document_id not in [kept.id for kept in known]:
            raise UnknownIdError("local norms", document_id)
        if documents.chosen(connection, actor.organisation_id, "norms", name=name) == document_id:
            raise SheetError("New sittings are compared so already; nothing was changed.")
        choose(connection, "norms", document_id, name=name, reason=reason, actor=actor, now=now)


def roles_apart(house: House, facets: Collection[str]) -> tuple[str, ...]:
    """Roles whose form asks about a facet that norms of these facets do not know."""
    return tuple(role for role in house.library.roles() if not set(house.library.form(role).facets) <= set(facets))


def enough_scored(scores: FacetScores) -> dict[str, int]:
    """Facets on which enough people are scored for norms, with how many."""
    return {facet: n for facet, n in scored(scores).items() if n >= FEWEST}


def scored(scores: FacetScores) -> dict[str, int]:
    """How many people are scored on each facet."""
    counts = (~np.isnan(scores.score)).sum(axis=0)
    return {facet: int(n) for facet, n in zip(scores.facets, counts, strict=True)}


def _refuse_twin(connection: Connection, before: Sequence[documents.Kept], people: int, until: datetime | None) -> None:
    """The same number of people and no later sheet would give the newest version once more."""
    if not before or until is None:
        return
    newest = before[-1]
    if until <= newest.created_at and people == norms_of(connection, newest.id).n:
        raise SheetError(
            f"Nothing was handed in since version {newest.version} was made; new norms would say the same."
        )


def _group(own: OwnSheets) -> NormGroup:
    """The norm group; its version is given when it is kept, and n counts who is scored on one of its facets at least."""
    scores = own.scores()
    enough = enough_scored(scores)
    if not enough:
        raise TooFewError(
            has=max(scored(scores).values(), default=0), needs=FEWEST, of="people scored on the same facet"
        )
    at = [scores.facets.index(facet) for facet in enough]
    kept = FacetScores(tuple(enough), scores.answered[:, at], scores.items[at], scores.score[:, at])
    sheets = own.sheets.at([place for place, item in enumerate(own.sheets.items) if item.facet in enough])
    count = NormCount(sheets)
    count.add(sheets, kept)
    group = count.group(
        id="local",
        period=f"{own.since:%Y-%m-%d} to {own.until:%Y-%m-%d}",
        source="The organisation's own sheets",
    )
    return group.model_copy(update={"n": int((~np.isnan(kept.score)).any(axis=1).sum())})


def _shelf(instrument: Instrument) -> str:
    """What local norms are kept under, apart from the norms that ship."""
    return f"local.{comparable_name(instrument)}"
