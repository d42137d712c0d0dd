"""How a questionnaire does with the people who answered it here: facets, statements, and how far norms have drifted.

Everything is about the questionnaire and nothing about a person: below stated numbers of people there is no figure.
"""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from assessment.instruments.instrument import Instrument, Item
from assessment.instruments.sheets import Codes
from assessment.instruments.wording import Wording
from assessment.reports.health_words import item_notes
from assessment.scoring.calibrated import CalibratedForm
from assessment.scoring.norms import FacetNorm, NormGroup
from assessment.scoring.reliability import FEEDBACK, FacetReliability, ItemStatistics, reliability
from assessment.services.actor import Actor, require
from assessment.services.house import House
from assessment.services.local_norms import roles_apart
from assessment.services.sheets import OwnSheets, comparable_versions, own_sheets
from assessment.services.versions import calibration_in_use, norms_in_use
from assessment.storage import sheets as stored

ENOUGH_FOR_SHARES, ENOUGH_FOR_RELIABILITY = 50, 100  # people; below there is no figure
DRIFT = 0.15  # SCIENCE 1: of a response point, from the norms in use
_read: OrderedDict[tuple[object, ...], "Health"] = OrderedDict()  # as of a set of sheets; figures of many, of no person
_MOST = 32


@dataclass(frozen=True)
class ItemHealth:
    """One statement. None: too few people to say.

    asked : people whose form asked it; shares : of each answer as given, the lowest first, of those who answered;
    missing : share of those asked; r_drop : correlation with the rest of its facet; seconds : median time to answer
    """

    item: Item
    asked: int
    answered: int
    shares: tuple[float, ...] | None
    missing: float | None
    r_drop: float | None
    alpha_if_dropped: float | None
    seconds: float | None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class FacetHealth:
    """One facet among those who were asked about it; reliability and mean are None below the stated numbers.

    mean : of the facet scores, in response units, with half of its 95 % interval; norm : of the group in use
    """

    facet: str
    n: int
    scored: int
    reliability: FacetReliability | None
    mean: float | None
    mean_error: float | None
    norm: FacetNorm | None
    items: tuple[ItemHealth, ...]

    @property
    def for_feedback(self) -> bool | None:
        """Whether it is consistent enough to be shown as feedback; None where there are too few to say."""
        alpha = self.reliability.alpha if self.reliability else None
        return None if alpha is None else alpha >= FEEDBACK

    @property
    def drift(self) -> float | None:
        """How much higher people here score than the norms say, in response units."""
        return None if self.mean is None or self.norm is None else self.mean - self.norm.mean

    @property
    def drifts(self) -> bool:
        return self.drift is not None and abs(self.drift) > DRIFT


@dataclass(frozen=True)
class Health:
    """A questionnaire among n people; `apart` are roles whose form the local norms do not know whole."""

    instrument: Instrument
    n: int
    since: datetime | None
    until: datetime | None
    roles: tuple[str, ...]
    languages: tuple[str, ...]
    adaptive_left_out: int
    facets: tuple[FacetHealth, ...]
    norms: NormGroup
    apart: tuple[str, ...]
    calibrated: CalibratedForm | None


def health(
    house: House,
    *,
    actor: Actor,
    questionnaire: str = "temperament",
    role: str | None = None,
    language: str | None = None,
) -> Health:
    """Over every whole sheet handed in to the organisation under the same major version; reused answers count once.

    Worked out anew when a sheet, norms or a calibration came or went, remembered else.
    """
    require(actor)
    instrument = house.library.questionnaire(questionnaire)
    organisation = actor.organisation_id
    with house.database.read() as connection:
        local, norms = norms_in_use(connection, house, organisation, instrument)
        calibration = calibration_in_use(connection, organisation, instrument)
        state = stored.state(connection, organisation, comparable_versions(connection, organisation, instrument))
        key = (
            str(house.database.url),
            organisation,
            instrument.id,
            role,
            language,
            *state,
            local,
            calibration and calibration[0],
        )
        if key not in _read:
            own = own_sheets(connection, organisation, instrument, role=role, language=language, whole=True)
            answers = list(wording_in(house, instrument, language).scale.values())
            found = _health(house, own, norms, calibration[1] if calibration else None, answers=answers)
            while len(_read) >= _MOST:
                _read.popitem(last=False)
            _read[key] = found
        return _read[key]


def wording_in(house: House, instrument: Instrument, language: str | None) -> Wording:
    """The words people read who answered in this language; English for all languages together."""
    known = language if language in house.library.languages(instrument.id) else None
    return house.library.wording(instrument.id, known or "en")


def _health(
    house: House, own: OwnSheets, norms: NormGroup, calibrated: CalibratedForm | None, *, answers: Sequence[str]
) -> Health:
    scores = own.scores()
    typical = _typical_seconds(own)
    facets = []
    for at, found in enumerate(reliability(own.sheets)):
        score = scores.score[:, at][~np.isnan(scores.score[:, at])]
        enough = len(score) >= ENOUGH_FOR_SHARES
        facets.append(
            FacetHealth(
                facet=found.facet,
                n=found.n,
                scored=len(score),
                reliability=found if found.n >= ENOUGH_FOR_RELIABILITY else None,
                mean=float(score.mean()) if enough else None,
                mean_error=float(1.96 * score.std(ddof=1) / np.sqrt(len(score))) if enough else None,
                norm=norms.facets.get(found.facet) or house.norms.facets.get(found.facet),
                items=tuple(
                    _item(own, place, statistics, typical, answers)
                    for place, statistics in zip(
                        np.flatnonzero(own.sheets.membership[at]).tolist(), found.items, strict=True
                    )
                ),
            )
        )
    return Health(
        instrument=own.instrument,
        n=own.n_people,
        since=own.since,
        until=own.until,
        roles=own.roles,
        languages=own.languages,
        adaptive_left_out=own.left_out,
        facets=tuple(facets),
        norms=norms,
        apart=roles_apart(house, norms.facets),
        calibrated=calibrated,
    )


def _item(
    own: OwnSheets, at: int, statistics: ItemStatistics, typical: float | None, answers: Sequence[str]
) -> ItemHealth:
    codes = own.sheets.codes[at]
    asked, answered = int(own.asked[at].sum()), int((codes > 0).sum())
    shares = _shares(codes, own.sheets.categories) if answered >= ENOUGH_FOR_SHARES else None
    missing = 1 - answered / asked if asked >= ENOUGH_FOR_SHARES else None
    known = answered >= ENOUGH_FOR_RELIABILITY
    r_drop = statistics.r_drop if known else None
    seconds = _seconds(own, at)
    return ItemHealth(
        item=own.sheets.items[at],
        asked=asked,
        answered=answered,
        shares=shares,
        missing=missing,
        r_drop=r_drop,
        alpha_if_dropped=statistics.alpha_if_dropped if known else None,
        seconds=seconds,
        notes=item_notes(shares, missing=missing, r_drop=r_drop, seconds=seconds, typical=typical, answers=answers),
    )


def _shares(codes: Codes, categories: int) -> tuple[float, ...]:
    counts = np.bincount(codes, minlength=categories + 1)[1:]
    return tuple(float(share) for share in counts / counts.sum())


def _seconds(own: OwnSheets, at: int) -> float | None:
    """Median time of one answer, over those of whom it is known."""
    known = own.ms[at][own.ms[at] > 0]
    return float(np.median(known)) / 1000 if len(known) >= ENOUGH_FOR_SHARES else None


def _typical_seconds(own: OwnSheets) -> float | None:
    """What a statement takes in the middle of all of them."""
    known = [s for at in range(len(own.sheets.items)) if (s := _seconds(own, at)) is not None]
    return float(np.median(known)) if known else None
