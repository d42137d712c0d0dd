"""Questionnaire and interview side by side, with what each weighs and how exact it is, for the person who decides."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from sqlalchemy import Connection

from assessment.errors import NotAllowedError, UnknownIdError
from assessment.roles.decision_weights import (
    DecisionWeights,
    TalkReliability,
    composite_reliability,
    talk_reliability,
)
from assessment.roles.fit import PartFit, RoleFit
from assessment.scoring.standing import Standing
from assessment.services.actor import Actor, require
from assessment.services.assigned import require_person
from assessment.services.decision_messages import DecisionMessage, body_of, message_of
from assessment.services.decision_order import UNDECIDED, Order, order_of
from assessment.services.decisions import weights_in
from assessment.services.house import House
from assessment.services.offers import Offer, offer_in
from assessment.services.proposals import Proposal, proposal_in
from assessment.services.rated_together import Together, rated_together
from assessment.services.scoring import Scored, scored_sheet
from assessment.services.shortlist import facet_names, opened_name
from assessment.services.top_up import handed_in
from assessment.storage import decisions as stored
from assessment.storage import offers
from assessment.storage.clock import moment
from assessment.storage.record import Record


@dataclass(frozen=True)
class QuestionnaireSide:
    """What the questionnaire says; `reliability` of the weighted sum of the core and signature facets, 0–1."""

    band: str
    named: tuple[str, ...]
    explore: tuple[str, ...]
    core: PartFit
    signature: PartFit
    reliability: float | None
    finished_at: datetime
    opened: bool
    standings: Mapping[str, Standing]


@dataclass(frozen=True)
class Made:
    """One decision as it stands in the record; `standing`: the newest that was not taken back."""

    id: str
    outcome: str
    by: str
    because: str
    order_because: str
    departs: bool
    at: datetime
    taken_back_at: datetime | None
    taken_back_because: str
    message: DecisionMessage | None
    offer: Offer | None
    proposal: Proposal | None
    standing: bool


@dataclass(frozen=True)
class DecisionView:
    """Everything that a decision leans on, and what was decided so far.

    questionnaire : None while nothing is handed in, or where `rate_first`
    together : None where `rate_first`; its questions are empty until everybody has handed in
    rate_first : the actor rates this talk too and has not handed in, so neither side is shown to them yet
    """

    application_id: str
    name: str
    language: str
    vacancy_id: str
    title: str
    stage: str
    questionnaire: QuestionnaireSide | None
    together: Together | None
    rate_first: bool
    weights: DecisionWeights
    talks: TalkReliability
    order: Order
    made: tuple[Made, ...]
    open_checks: int

    @property
    def standing(self) -> Made | None:
        return next((made for made in self.made if made.standing), None)

    @property
    def rated(self) -> bool:
        """Whether at least one person has rated the talk and handed in."""
        return self.together is not None and any(rater.handed_in_at for rater in self.together.raters)

    @property
    def undecided(self) -> bool:
        """Whether somebody can decide now."""
        proposal = self.standing.proposal if self.standing is not None else None
        return self.stage in UNDECIDED and (proposal is None or proposal.answered_at is not None)


def decision_view(house: House, application_id: str, *, actor: Actor, now: datetime) -> DecisionView:
    """What whoever decides has before them; looking at it decides nothing."""
    require(actor)
    together, rate_first = _talk(house, application_id, actor=actor, now=now)
    with house.database.read() as connection:
        row = require_person(connection, actor, application_id)
        sheet = handed_in(connection, application_id, organisation_id=actor.organisation_id)
        shown = sheet is not None and not rate_first
        return DecisionView(
            application_id=application_id,
            name=opened_name(house, row.name_sealed),
            language=row.language,
            vacancy_id=row.vacancy_id,
            title=row.title,
            stage=row.stage,
            questionnaire=_questionnaire(connection, house, row, sheet, actor=actor) if shown else None,
            together=together,
            rate_first=rate_first,
            weights=weights_in(connection, sheet),
            talks=_talks(connection, actor.organisation_id),
            order=order_of(connection, house, row.vacancy_id, application_id, now=now),
            made=_made(connection, house, application_id, actor=actor),
            open_checks=offers.open_checks(connection, application_id),
        )


def _talk(house: House, application_id: str, *, actor: Actor, now: datetime) -> tuple[Together | None, bool]:
    """The ratings, unless the actor rates this talk too and has not handed in: they rate alone first."""
    with house.database.read() as connection:
        require_person(connection, actor, application_id)
    try:
        return rated_together(house, application_id, actor=actor, now=now), False
    except NotAllowedError:
        return None, True


def _questionnaire(
    connection: Connection, house: House, row: Record, sheet: Record | None, *, actor: Actor
) -> QuestionnaireSide:
    if sheet is None:
        raise UnknownIdError("sheet", row.id)
    scored: Scored = scored_sheet(connection, sheet)
    names = facet_names(house.library)
    finished = moment(sheet.finished_at)
    opened = stored.last_opened(connection, row.id, actor.account_id or "", organisation_id=actor.organisation_id)
    return QuestionnaireSide(
        band=scored.fit.band,
        named=tuple(names[facet] for facet in scored.fit.named),
        explore=tuple(names[facet] for facet in scored.fit.explore),
        core=scored.fit.core,
        signature=scored.fit.signature,
        reliability=_reliability(scored.fit),
        finished_at=finished,
        opened=opened is not None and moment(opened) >= finished,
        standings=scored.standings,
    )


def _reliability(fit: RoleFit) -> float | None:
    """Of the weighted sum of the core and signature facets that were measured."""
    used = [m for m in fit.matches if m.part != "other" and m.standing is not None and m.standing.sem is not None]
    measured = [(m.requirement.weight, m.standing.sem) for m in used if m.standing and m.standing.t is not None]
    return composite_reliability([weight for weight, _ in measured], [sem or 0.0 for _, sem in measured])


def _talks(connection: Connection, organisation_id: str) -> TalkReliability:
    """Of the organisation's own talks: the first two raters of each, over the questions that both rated."""
    given: dict[str, dict[str, dict[str, int]]] = defaultdict(dict)
    for row in stored.rated_alone(connection, organisation_id):
        given[row.application_id].setdefault(row.account_id, {})[row.question] = row.rating
    pairs = []
    for raters in given.values():
        if len(raters) < 2:
            continue
        one, other = list(raters.values())[:2]
        if shared := [question for question in one if question in other]:
            pairs.append([float(np.mean([rater[question] for question in shared])) for rater in (one, other)])
    return talk_reliability(np.array(pairs, dtype=float).reshape(len(pairs), 2))


def _made(connection: Connection, house: House, application_id: str, *, actor: Actor) -> tuple[Made, ...]:
    rows = stored.of_application(connection, application_id)
    newest = next((row.id for row in rows if row.taken_back_at is None), None)

    def opened(sealed: bytes | None) -> str:
        return house.vault.open(sealed) if sealed else ""

    return tuple(
        Made(
            row.id,
            row.outcome,
            house.vault.open(row.name_sealed),
            opened(row.because_sealed),
            opened(row.order_because_sealed),
            bool(body_of(row).get("departs")),
            moment(row.created_at),
            moment(row.taken_back_at) if row.taken_back_at else None,
            opened(row.taken_back_because_sealed),
            message_of(connection, house, row.id, organisation_id=actor.organisation_id),
            offer_in(connection, house, row),
            proposal_in(connection, row),
            row.id == newest,
        )
        for row in rows
    )
