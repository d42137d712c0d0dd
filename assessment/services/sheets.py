"""An organisation's own sheets of a questionnaire, as arrays: one column a person, what they answered last counts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from sqlalchemy import Connection

from assessment.instruments.instrument import Instrument
from assessment.instruments.sheets import Bools, Ints, Sheets
from assessment.scoring.classical import FacetScores, facet_scores
from assessment.services.versions import form_of
from assessment.storage import sheets as stored
from assessment.storage.clock import moment
from assessment.storage.record import Record


@dataclass(frozen=True)
class OwnSheets:
    """Items that somebody was asked, by people who handed in a sheet.

    asked : (n_items, n_people) whether the person's form asked the item; ms : how long the answer took, 0 = not known.
    roles, languages : what there is to choose from, whatever was chosen; left_out : adaptive sheets that were not read
    """

    instrument: Instrument
    sheets: Sheets
    asked: Bools
    ms: Ints
    since: datetime | None
    until: datetime | None
    roles: tuple[str, ...]
    languages: tuple[str, ...]
    left_out: int

    @property
    def n_people(self) -> int:
        return self.sheets.n_people

    def scores(self) -> FacetScores:
        """Facet scores, each over the items that the person's own form asked."""
        facets = tuple(facet.id for facet in self.sheets.facets)
        score = np.full((self.n_people, len(facets)), np.nan)
        answered = np.zeros(score.shape, dtype=np.uint16)
        for who, what in self._alike():
            found = facet_scores(self.sheets.people(who).at(what))
            at = np.ix_(np.flatnonzero(who), np.array([facets.index(facet) for facet in found.facets]))
            score[at], answered[at] = found.score, found.answered
        return FacetScores(facets, answered, self.sheets.membership.sum(axis=1), score)

    def _alike(self) -> Iterator[tuple[Bools, Bools]]:
        """People who were asked the same items: which people, and which items."""
        patterns, which = np.unique(self.asked, axis=1, return_inverse=True)
        for at in range(patterns.shape[1]):
            yield np.ravel(which) == at, patterns[:, at]


def own_sheets(
    connection: Connection,
    organisation_id: str,
    instrument: Instrument,
    *,
    role: str | None = None,
    language: str | None = None,
    whole: bool = False,
) -> OwnSheets:
    """Everything handed in under the same major version, of one role or language only where that is asked for.

    Whoever answered twice, by id or e-mail, stands in one column: later answers replace earlier ones, and
    those taken over from an earlier sheet count once. An adaptive sheet asked what it has answers to; `whole`
    leaves it out, since statistics over all items of a form must not hang on which of them were chosen.
    """
    ids = comparable_versions(connection, organisation_id, instrument)
    every = stored.submitted(connection, organisation_id, ids)
    chosen = [row for row in every if role in (None, row.role) and language in (None, row.language)]
    rows = [row for row in chosen if not (whole and row.adaptive)]
    column_of: dict[str, int] = {}
    columns = np.array(
        [column_of.setdefault(row.email_hash or row.person_id, len(column_of)) for row in rows], dtype=int
    )
    asked = _asked(connection, rows, columns, instrument, n_people=len(column_of))
    found = stored.given(
        connection,
        organisation_id,
        ids,
        place_of_sitting={row.id: at for at, row in enumerate(rows)},
        place_of_item={item.id: at for at, item in enumerate(instrument.items)},
    )
    codes, ms = np.zeros(asked.shape, dtype=np.uint8), np.zeros(asked.shape, dtype=np.int64)
    newest_last = np.argsort(found.sitting, kind="stable")
    place = found.item[newest_last], columns[found.sitting[newest_last]]
    codes[place] = found.value[newest_last] - instrument.format.low + 1
    ms[place] = found.ms[newest_last]
    asked[place] = True
    used: Bools = np.asarray(asked.any(axis=1))
    every_item = Sheets(instrument.items, instrument.facets, instrument.format, codes)
    return OwnSheets(
        instrument=instrument,
        sheets=every_item.at(used),
        asked=asked[used],
        ms=ms[used],
        since=moment(rows[0].finished_at) if rows else None,
        until=moment(rows[-1].finished_at) if rows else None,
        roles=tuple(sorted({row.role for row in every})),
        languages=tuple(sorted({row.language for row in every})),
        left_out=len(chosen) - len(rows),
    )


def comparable_versions(connection: Connection, organisation_id: str, instrument: Instrument) -> tuple[str, ...]:
    """Documents of the questionnaire whose answers mean the same: its major version."""
    major = instrument.version.split(".")[0]
    known = stored.questionnaire_versions(connection, organisation_id, instrument.id)
    return tuple(id_ for id_, version in known.items() if version.split(".")[0] == major)


def _asked(
    connection: Connection, rows: Sequence[Record], columns: Ints, instrument: Instrument, *, n_people: int
) -> Bools:
    """(n_items, n_people) what the forms of each person's sittings asked, all together; adaptive ones left out."""
    asked = np.zeros((len(instrument.items), n_people), dtype=bool)
    forms = np.array(["" if row.adaptive else row.form_id for row in rows], dtype=str)
    for form_id in np.unique(forms[forms != ""]):
        on_form = set(form_of(connection, str(form_id)).items)
        own = np.array([item.id in on_form for item in instrument.items])
        asked[np.ix_(own, columns[forms == form_id])] = True
    return asked
