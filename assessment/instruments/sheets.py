"""Many response sheets of one questionnaire, held so that arithmetic over them is quick."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from assessment.instruments.instrument import Facet, Instrument, Item, ResponseFormat

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Sheets:
    """Raw answers of many people to the same items.

    `codes` is item-major, (n_items, n_people): 0 where unanswered, else `answer − low + 1`. One
    byte an answer: a million sheets of 96 items are 96 MB. `facets` are those asked about, in the
    questionnaire's order.
    """

    items: tuple[Item, ...]
    facets: tuple[Facet, ...]
    format: ResponseFormat
    codes: Codes

    @staticmethod
    def of(responses: Floats, items: Sequence[Item], *, facets: Sequence[Facet], format: ResponseFormat) -> "Sheets":
        """From raw answers as given, (n_people, n_items), NaN where unanswered."""
        answers = np.asarray(responses, dtype=float).T
        codes = np.where(np.isnan(answers), 0, answers - format.low + 1).astype(np.uint8, order="C")
        return Sheets.asking(tuple(items), facets, format, codes)

    @staticmethod
    def asking(items: tuple[Item, ...], facets: Sequence[Facet], format: ResponseFormat, codes: Codes) -> "Sheets":
        """With those of the facets that the items ask about."""
        asked = {item.facet for item in items}
        return Sheets(items, tuple(facet for facet in facets if facet.id in asked), format, codes)

    @staticmethod
    def of_one(answers: Mapping[str, int | None], *, instrument: Instrument, asked: Sequence[str]) -> "Sheets":
        """One person's sheet; ids that are no items (checks, scenarios) are passed over."""
        items = [instrument.by_id[id_] for id_ in asked if id_ in instrument.by_id]
        given = [answers.get(item.id) for item in items]
        row = np.array([[np.nan if value is None else value for value in given]], dtype=float)
        return Sheets.of(row, items, facets=instrument.facets, format=instrument.format)

    @property
    def n_people(self) -> int:
        return int(self.codes.shape[1])

    @property
    def categories(self) -> int:
        return self.format.high - self.format.low + 1

    @cached_property
    def minus(self) -> Bools:
        """(n_items,) True where agreeing means less of the facet."""
        return np.array([item.keyed == "minus" for item in self.items], dtype=bool)

    @cached_property
    def membership(self) -> Bools:
        """(n_facets, n_items) True where the item asks about the facet."""
        own = np.array([item.facet for item in self.items])
        return np.array([own == facet.id for facet in self.facets], dtype=bool).reshape(len(self.facets), len(own))

    @cached_property
    def rows_by_key(self) -> tuple[Ints, Ints]:
        """Rows of the plus-keyed and of the minus-keyed items of each facet, (n_facets, most of a facet) each.

        Shorter ones are filled up with n_items, the number of a row that is not there.
        """
        rows = []
        for keyed in (self.membership & ~self.minus, self.membership & self.minus):
            own = np.full((len(keyed), int(keyed.sum(axis=1).max(initial=0))), len(self.items))
            for facet, mask in enumerate(keyed):
                own[facet, : mask.sum()] = np.flatnonzero(mask)
            rows.append(own)
        return rows[0], rows[1]

    @cached_property
    def keyed_codes(self) -> Codes:
        """Codes counted in the facet's direction: of minus-keyed items `n_categories + 1 − code`, 0 stays 0."""
        turned = np.where(self.codes == 0, 0, self.categories + 1 - self.codes)
        return np.where(self.minus[:, None], turned, self.codes).astype(np.uint8)

    @property
    def responses(self) -> Floats:
        """Raw answers, (n_people, n_items), NaN where unanswered."""
        return self._answers(self.codes)

    @property
    def keyed(self) -> Floats:
        """Answers counted in the facet's direction (`low + high − x` of minus-keyed items), NaN where unanswered."""
        return self._answers(self.keyed_codes)

    def at(self, items: Sequence[int] | Ints | Bools) -> "Sheets":
        """The same people, these items only, by position or as a mask."""
        kept = np.arange(len(self.items))[np.asarray(items, dtype=None if len(items) else np.int64)]
        chosen = tuple(self.items[at] for at in kept)
        return Sheets.asking(chosen, self.facets, self.format, self.codes[kept])

    def of_facet(self, facet: str) -> "Sheets":
        return self.at([at for at, item in enumerate(self.items) if item.facet == facet])

    def people(self, chosen: slice | Bools) -> "Sheets":
        return Sheets(self.items, self.facets, self.format, self.codes[:, chosen])

    def _answers(self, codes: Codes) -> Floats:
        return np.where(codes == 0, np.nan, codes + (self.format.low - 1.0)).T
