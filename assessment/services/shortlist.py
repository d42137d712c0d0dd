"""Who applied for a vacancy and how far each has come: the list an HR manager reads.

While norms are provisional the order is by waiting time; with local norms by band, then
by waiting time. Never by decimals of fit; ties are ties.
"""

import csv
import io
import json
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from assessment.errors import UnknownIdError
from assessment.instruments.library import Library
from assessment.reports.words import STAGES, band_words, names_of, quality_note
from assessment.roles.fit import Interval
from assessment.roles.profile import RoleProfile
from assessment.roles.stage_template import StageTemplate
from assessment.services.actor import Actor, require
from assessment.services.house import House
from assessment.services.stage_templates import stage_template_in
from assessment.services.stages import OPEN_STAGES
from assessment.services.versions import norms_of, profile_of
from assessment.storage import applications, audit, vacancies
from assessment.storage.clock import moment, stamp
from assessment.storage.record import Record

State = Literal["invited", "started", "finished", "expired", "withdrawn"]
BAND_ORDER = ("in_or_close", "talk", "outside", "not_measured")
STATE_ORDER: tuple[State, ...] = ("finished", "started", "invited", "expired", "withdrawn")
_names: OrderedDict[bytes, str] = OrderedDict()  # opened names, bounded, in this process only
_MOST_NAMES = 50_000
_read: OrderedDict[tuple[str, str, int, datetime], "tuple[Row, ...]"] = (
    OrderedDict()
)  # lists as of an event and a minute
_MOST_LISTS = 4
ROW_COLUMNS = (
    *("name", "state", "stage", "days_in_stage", "waiting_days", "finished", "language", "band", "facets"),
    *("core_fit", "core_low80", "core_high80", "signature_fit", "signature_low80", "signature_high80"),
    "answer_quality",
)


@dataclass(frozen=True)
class Row:
    """One person on the list of a vacancy."""

    application_id: str
    sitting_id: str
    name: str
    number: int
    language: str
    channel: str
    state: State
    progress: tuple[int, int]
    waiting_days: int
    created_at: datetime
    finished_at: datetime | None
    band: str | None
    named: tuple[str, ...]
    band_words: str
    core: Interval | None
    signature: Interval | None
    core_bands: tuple[str, ...]
    signature_bands: tuple[str, ...]
    flags: tuple[str, ...]
    quality_note: str
    provisional: bool
    adaptive: bool
    again: bool
    stage: str
    stage_since: datetime
    days_in_stage: int
    overdue: bool
    engagement: str

    def called(self, masked: bool) -> str:
        """The name, or a number in the order of application that says nothing about the person."""
        return f"Person {self.number}" if masked else self.name


def list_candidates(house: House, vacancy_id: str, *, actor: Actor, now: datetime) -> tuple[Row, ...]:
    """Every application of a vacancy, in the order in which people wait to be read.

    Every change is an event, so a list is read anew only after one, or when a minute has
    passed: a click on a filter costs the filter.
    """
    require(actor)
    with house.database.read() as connection:
        vacancy = vacancies.one(connection, vacancy_id, organisation_id=actor.organisation_id)
        if vacancy is None:
            raise UnknownIdError("vacancy", vacancy_id)
        newest, minute = audit.newest(connection, actor.organisation_id), now.replace(second=0, microsecond=0)
        read_at = (str(house.database.url), vacancy_id, newest, minute)
        if read_at in _read:
            return _read[read_at]
        profile = profile_of(connection, vacancy.profile_id)
        found = applications.of_vacancy(connection, vacancy_id)
        answered = applications.answered_so_far(connection, vacancy_id)
        template = stage_template_in(connection, house, actor.organisation_id, vacancy.role)
        provisional = {id_ for id_ in {r.norms_id for r in found} if norms_of(connection, id_).kind == "provisional"}
    fields = len(house.library.form(vacancy.role).fields())
    names = facet_names(house.library)
    rows = [
        _row(
            house,
            r,
            n,
            profile,
            names,
            progress=(answered.get(r.sitting_id, 0), fields),
            provisional=r.norms_id in provisional,
            template=template,
            now=now,
        )
        for n, r in enumerate(found, start=1)
    ]
    ordered = tuple(sorted(rows, key=_order(by_band=ordered_by_band(rows))))
    while len(_read) >= _MOST_LISTS:
        _read.popitem(last=False)
    _read[read_at] = ordered
    return ordered


def number_of(house: House, application_id: str, *, actor: Actor) -> int:
    """The number that stands for a masked name, the same as on the list."""
    require(actor)
    with house.database.read() as connection:
        if applications.one(connection, application_id, organisation_id=actor.organisation_id) is None:
            raise UnknownIdError("application", application_id)
        return applications.number_of(connection, application_id)


def ordered_by_band(rows: Sequence[Row]) -> bool:
    """Whether bands may order the list: everybody who finished stands in norms that rest on people."""
    finished = [row for row in rows if row.band is not None]
    return bool(finished) and not any(row.provisional for row in finished)


def order_words(rows: Sequence[Row], *, finished: int, invited: int) -> str:
    """How far people are and how they are listed, in two sentences."""
    order = "by band, then by how long they have waited" if ordered_by_band(rows) else "by how long they have waited"
    return (
        f"{finished} of {invited} people have finished. They are listed {order}. "
        "Within a band nobody ranks above anybody."
    )


def filter_rows(
    rows: Sequence[Row],
    *,
    search: str = "",
    states: Sequence[str] = (),
    bands: Sequence[str] = (),
    languages: Sequence[str] = (),
    stages: Sequence[str] = (),
    engagements: Sequence[str] = (),
    overdue: bool = False,
    sort: str = "waiting",
) -> tuple[Row, ...]:
    """The rows that fit every filter that is set; `waiting` keeps the order of the list.

    states : how far somebody has answered; stages : where the application stands
    """
    wanted = search.strip().casefold()
    kept = [
        row
        for row in rows
        if (not wanted or wanted in row.name.casefold())
        and (not states or row.state in states)
        and (not bands or row.band in bands)
        and (not languages or row.language in languages)
        and (not stages or row.stage in stages)
        and (not engagements or row.engagement in engagements)
        and (not overdue or row.overdue)
    ]
    if sort == "name":
        kept.sort(key=lambda row: row.name.casefold())
    elif sort == "stage":
        kept.sort(key=lambda row: (row.stage_since, row.application_id))
    elif sort == "finished":
        kept.sort(key=lambda row: (row.finished_at is None, -(row.finished_at or row.created_at).timestamp()))
    return tuple(kept)


def rows_csv(rows: Sequence[Row], *, masked: bool = False) -> str:
    """The list for a spreadsheet; cells that a spreadsheet would take for a formula are quoted."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(ROW_COLUMNS)
    for row in rows:
        fits = [f"{v:.1f}" for i in (row.core, row.signature) for v in ((i.mid, i.low, i.high) if i else ())]
        finished = row.finished_at.date().isoformat() if row.finished_at else ""
        cells = [row.called(masked), row.state, STAGES[row.stage], row.days_in_stage, row.waiting_days, finished]
        cells += [row.language, row.band or ""]
        cells += [" ".join(row.named), *(fits or [""] * 6), row.quality_note]
        table.writerow([safe_cell(cell) for cell in cells])
    return out.getvalue()


def safe_cell(value: object) -> object:
    """Text as text: a leading = + - @ tab or return gets a quote before it, so that no spreadsheet runs it."""
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" and value else value


def opened_name(house: House, sealed: bytes) -> str:
    """A sealed name, opened once and remembered in a bounded cache of this process."""
    key = bytes(sealed)
    if key not in _names:
        if len(_names) >= _MOST_NAMES:
            _names.popitem(last=False)
        _names[key] = house.vault.open(key)
    return _names[key]


def facet_names(library: Library, language: str = "en") -> dict[str, str]:
    return {id_: words.name for id_, words in library.wording(language=language).facets.items()}


def state_of(status: str, *, started: bool, expires_at: str, now: datetime) -> State:
    """How far a sitting has come, its expiry included."""
    if status == "submitted":
        return "finished"
    if status == "withdrawn":
        return "withdrawn"
    if status == "expired" or expires_at < stamp(now):
        return "expired"
    return "started" if started else "invited"


def _row(
    house: House,
    row: Record,
    number: int,
    profile: RoleProfile,
    names: dict[str, str],
    *,
    progress: tuple[int, int],
    provisional: bool,
    template: StageTemplate,
    now: datetime,
) -> Row:
    state = state_of(row.status, started=row.started_at is not None, expires_at=row.expires_at, now=now)
    finished = moment(row.finished_at) if row.finished_at else None
    since = finished or moment(row.created_at)
    named = tuple(row.named.split()) if row.named else ()
    bands = json.loads(row.facet_bands) if row.facet_bands else {}
    flags = tuple(row.flags.split()) if row.flags and not row.adjusted else ()
    stands_since = moment(row.stage_since or row.created_at)
    allowed = template.days(row.stage)
    note = "Invited to answer again" if row.again else "Not looked at" if row.adjusted else quality_note(flags)
    return Row(
        application_id=row.id,
        sitting_id=row.sitting_id,
        name=opened_name(house, row.name_sealed),
        number=number,
        language=row.language,
        channel=row.channel,
        state=state,
        progress=progress,
        waiting_days=max((now - since).days, 0),
        created_at=moment(row.created_at),
        finished_at=finished,
        band=row.band,
        named=named,
        band_words=band_words(row.band, names_of(named, names)) if row.band else "Not answered yet",
        core=_interval(row.core_low, row.core_fit, row.core_high),
        signature=_interval(row.signature_low, row.signature_fit, row.signature_high),
        core_bands=tuple(bands.get(f, "not_measured") for f in profile.core),
        signature_bands=tuple(bands.get(f, "not_measured") for f in profile.signature),
        flags=flags,
        quality_note=note if state == "finished" else "",
        provisional=provisional,
        adaptive=row.adaptive,
        again=bool(row.again),
        stage=row.stage,
        stage_since=stands_since,
        days_in_stage=max((now - stands_since).days, 0),
        overdue=allowed is not None and now - stands_since > timedelta(days=allowed),
        engagement=row.engagement,
    )


def _order(*, by_band: bool) -> Callable[[Row], tuple[object, ...]]:
    def key(row: Row) -> tuple[object, ...]:
        since = (row.finished_at or row.created_at).timestamp()
        band = 0 if not by_band or row.band is None else BAND_ORDER.index(row.band)
        return (row.stage not in OPEN_STAGES, STATE_ORDER.index(row.state), band, since, row.application_id)

    return key


def _interval(low: float | None, mid: float | None, high: float | None) -> Interval | None:
    return None if low is None or mid is None or high is None else Interval(low, mid, high)
