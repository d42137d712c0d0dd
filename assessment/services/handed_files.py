"""An exported vacancy as files: JSON with everything, a table of people, or every table in one ZIP."""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from assessment.errors import UnknownIdError
from assessment.services.actor import Actor
from assessment.services.handed_result import FitRange
from assessment.services.handing_over import PersonHanded, VacancyExport, vacancy_export
from assessment.services.house import House
from assessment.services.shortlist import safe_cell

Table = tuple[Sequence[str], Iterable[Sequence[object]]]


@dataclass(frozen=True)
class HandedFile:
    content: bytes
    media_type: str
    file_name: str


def vacancy_file(
    house: House, vacancy_id: str, kind: str, *, with_names: bool = False, actor: Actor, now: datetime
) -> HandedFile:
    """kind : json, csv (people only) or zip (every table)."""
    if kind not in KINDS:
        raise UnknownIdError("kind of file", kind, tuple(KINDS))
    export = vacancy_export(house, vacancy_id, with_names=with_names, file_kind=kind, actor=actor, now=now)
    media_type, write = KINDS[kind]
    return HandedFile(write(export), media_type, f"carefit-opening-{vacancy_id[:8]}.{kind}")


def as_json(export: VacancyExport) -> bytes:
    """Numbers as they were computed; times in ISO 8601."""
    return json.dumps(asdict(export), default=_plain, ensure_ascii=False, indent=1).encode()


def as_csv(export: VacancyExport) -> bytes:
    return _written(_people(export))


def as_zip(export: VacancyExport) -> bytes:
    tables: dict[str, Table] = {
        "opening.csv": _opening(export),
        "people.csv": _people(export),
        "facets.csv": _facets(export),
        "moves.csv": _of_each(export, ("number", "from_stage", "to_stage", "by", "at", "id", "undoes"), "moves"),
        "ratings.csv": _of_each(export, ("by", "question", "rating", "first_rating", "handed_in_at"), "ratings"),
        "decisions.csv": _of_each(
            export, ("by", "outcome", "because", "order_because", "at", "taken_back_at"), "decisions"
        ),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, table in tables.items():
            entry = zipfile.ZipInfo(name, export.made_at.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, _written(table))
    return out.getvalue()


KINDS: dict[str, tuple[str, Callable[[VacancyExport], bytes]]] = {
    "json": ("application/json", as_json),
    "csv": ("text/csv; charset=utf-8", as_csv),
    "zip": ("application/zip", as_zip),
}


def _opening(export: VacancyExport) -> Table:
    """One fact a line: what it is, of what, and what the numbers may be used for."""
    facts: list[tuple[object, object]] = [
        ("format", f"{export.format} {export.version}"),
        ("made_at", export.made_at),
        ("made_by", export.made_by),
        ("note", export.note),
        *asdict(export.vacancy).items(),
        ("profile", f"{export.profile.id} {export.profile.version} ({export.profile.status})"),
        *(("norms", f"{n.id} {n.version} ({n.kind}, {n.people} people)") for n in export.norms),
    ]
    return ("what", "value"), facts


def _people(export: VacancyExport) -> Table:
    head = (
        *("application", "number", "name", "email", "external_id", "language", "channel", "engagement"),
        *("stage", "stage_since", "status", "applied_at", "started_at", "finished_at"),
        *("band", "band_words", "core_fit", "core_low80", "core_high80"),
        *("signature_fit", "signature_low80", "signature_high80", "use"),
        *("interview_status", "interview_starts_at", "decision", "decision_by", "decided_at"),
    )
    return head, (_person(person) for person in export.people)


def _person(p: PersonHanded) -> Sequence[object]:
    standing = [d for d in p.decisions if d.taken_back_at is None]
    decision = standing[-1] if standing else None
    return (
        *(p.application, p.number, p.name, p.email, p.external_id, p.language, p.channel, p.engagement),
        *(p.stage, p.stage_since, p.status, p.applied_at, p.started_at, p.result.finished_at if p.result else None),
        *((p.result.band, p.result.band_words) if p.result else (None, None)),
        *_three(p.result.core if p.result else None),
        *_three(p.result.signature if p.result else None),
        p.result.use if p.result else None,
        *((p.interview.status, p.interview.starts_at) if p.interview else (None, None)),
        *((decision.outcome, decision.by, decision.at) if decision else (None, None, None)),
    )


def _facets(export: VacancyExport) -> Table:
    head = ("application", "facet", "t", "sem", "percentile", "percentile_modelled", "reliability", "band")
    return (*head, "range_low", "range_high", "norm_group", "norm_version"), (
        (
            *(person.application, f.facet, f.t, f.sem, f.percentile, f.percentile_modelled, f.reliability, f.band),
            *(f.range_low, f.range_high, f.norm_group, f.norm_version),
        )
        for person in export.people
        if person.result
        for f in person.result.facets
    )


def _of_each(export: VacancyExport, columns: Sequence[str], name: str) -> Table:
    return ("application", *columns), (
        (person.application, *(getattr(own, column) for column in columns))
        for person in export.people
        for own in getattr(person, name)
    )


def _three(part: FitRange | None) -> Sequence[float | None]:
    return (part.fit, part.low80, part.high80) if part else (None, None, None)


def _written(table: Table) -> bytes:
    head, rows = table
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows([safe_cell(_cell(value)) for value in row] for row in rows)
    return out.getvalue().encode()


def _cell(value: object) -> object:
    """Nothing for what is not known; fits and standings to one decimal, as on screen."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.2f}" if abs(value) < 1 else f"{value:.1f}"
    return value.isoformat() if isinstance(value, datetime) else value


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)
