"""What has changed since the first time beyond the error of the questionnaire; for the person alone.

A change within the error is told as none, and that some lines move by chance is said beside it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

import numpy as np
from sqlalchemy import Connection

from assessment.instruments.wording import FacetWording
from assessment.scoring.calibrated import stand_by_eap
from assessment.scoring.reliable_change import changed, margin_of_noise, reliable_change
from assessment.scoring.standing import Standing, stand
from assessment.services.actor import Actor
from assessment.services.adaptive import asked_items
from assessment.services.earlier import comparable
from assessment.services.growth_sheet import own_growth
from assessment.services.house import House
from assessment.services.organisation import organisation_in
from assessment.services.scoring import Scored, scored_sheet
from assessment.services.versions import form_of, questionnaire_of
from assessment.storage import growth as stored
from assessment.storage import responses
from assessment.storage.clock import moment
from assessment.storage.record import Record

Verdict = Literal["more", "less", "within_error"]


@dataclass(frozen=True)
class FacetChange:
    """One facet at the first and the last time, in T; a difference up to `margin` is noise."""

    facet: str
    name: str
    low_pole: str
    high_pole: str
    t1: float
    t2: float
    difference: float
    margin: float
    verdict: Verdict


@dataclass(frozen=True)
class Change:
    """`comparable` False: the two times cannot be compared, and no facet is shown. `read_anew`: the first answers are
    read as the last ones are. `when_applying`: the first time was for a job."""

    first_on: date
    last_on: date
    comparable: bool
    read_anew: bool
    when_applying: bool
    facets: tuple[FacetChange, ...]
    not_compared: tuple[str, ...]

    @property
    def moved(self) -> tuple[FacetChange, ...]:
        return tuple(facet for facet in self.facets if facet.verdict != "within_error")


def change(house: House, *, actor: Actor, now: datetime) -> Change | None:
    """What has changed between the first and the last sheet of the person; None while there is one only.

    Both are set beside the same comparison group: the first one's answers are read as the last one's are.
    """
    with house.database.read() as connection:
        row = own_growth(connection, actor)
        sheets = stored.own_sheets(connection, row.application_id)
        if len(sheets) < 2:
            return None
        zone = organisation_in(connection, row.organisation_id)
        first, last = sheets[0], sheets[-1]
        scored = scored_sheet(connection, last)
        alike = comparable(questionnaire_of(connection, first.questionnaire_id), scored.instrument)
        before = _read_like(connection, first, scored) if alike else {}
    wording = house.library.wording(scored.instrument.id, row.language).facets
    facets = [facet for facet in scored.form.facets if facet in wording]
    both = [f for f in facets if _known(before.get(f)) and _known(scored.standings.get(f))]
    return Change(
        first_on=zone.day(moment(first.finished_at)),
        last_on=zone.day(moment(last.finished_at)),
        comparable=bool(both),
        read_anew=any(
            getattr(first, column) != getattr(last, column)
            for column in ("norms_id", "calibration_id", "questionnaire_id")
        ),
        when_applying=first.purpose == "hiring",
        facets=_changes(both, before, scored.standings, wording),
        not_compared=tuple(wording[f].name for f in facets if f not in both),
    )


def _read_like(connection: Connection, first: Record, last: Scored) -> dict[str, Standing]:
    """The first answers, set beside the comparison group of the last ones, by the same way of counting."""
    given = responses.responses_of(connection, first.id)
    answers = {item: r.value for item, r in given.items() if r.value is not None}
    numbers = {item: value for item, value in answers.items() if isinstance(value, int)}
    if last.calibrated is None:  # a sheet that stopped early has facets with too few answers; they are not compared
        asked = form_of(connection, first.form_id).items
        return stand(numbers, instrument=last.instrument, asked=asked, norms=last.norms)
    asked = tuple(i for i in asked_items(connection, first, answers) if i in last.calibrated.items)
    return stand_by_eap(numbers, instrument=last.instrument, asked=asked, calibrated=last.calibrated)


def _changes(
    facets: Sequence[str],
    before: dict[str, Standing],
    after: dict[str, Standing],
    wording: Mapping[str, FacetWording],
) -> tuple[FacetChange, ...]:
    t1, t2 = (np.array([standings[f].t for f in facets], dtype=float) for standings in (before, after))
    sem1, sem2 = (np.array([standings[f].sem for f in facets], dtype=float) for standings in (before, after))
    moved = changed(reliable_change(t1, t2, sem1=sem1, sem2=sem2))
    margin = margin_of_noise(sem1, sem2)
    found = []
    for at, facet in enumerate(facets):
        said = wording[facet]
        more: Verdict = "more" if t2[at] > t1[at] else "less"
        found.append(
            FacetChange(
                facet=facet,
                name=said.name,
                low_pole=said.low_pole,
                high_pole=said.high_pole,
                t1=float(t1[at]),
                t2=float(t2[at]),
                difference=float(t2[at] - t1[at]),
                margin=float(margin[at]),
                verdict=more if moved[at] else "within_error",
            )
        )
    return tuple(found)


def _known(standing: Standing | None) -> bool:
    return standing is not None and standing.t is not None and bool(standing.sem)
