"""A digest kept beside each file, so that no key, scale or wording changes without a new version.

`digests.json` in a folder holds, for each file there, the SHA-256 of what it says and of
the part that counts, and the history of its versions with date and reason.
"""

import hashlib
import json
import os
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import Field

from assessment.errors import InstrumentError
from assessment.instruments.document import parse, read_document
from assessment.instruments.instrument import Document, Version

BOOK = "digests.json"
_VERSION_LINE = re.compile(rb"""^(version:[ \t]*)(['"]?)([\d.]+)\2""", re.MULTILINE)


class Release(Document):
    """One version of a file: when and why."""

    version: Version
    on: date
    reason: str = Field(min_length=3, max_length=300)


class Kept(Document):
    """What a file was when its version was given; digests are hex SHA-256."""

    version: Version
    content: str
    counts: str
    history: tuple[Release, ...]


class DigestBook(Document):
    files: dict[str, Kept] = Field(default_factory=dict)


def read_book(folder: Path) -> DigestBook:
    path = folder / BOOK
    return parse(DigestBook, read_document(path), where=path) if path.is_file() else DigestBook()


def content_digest(data: Mapping[str, Any], version: str) -> str:
    """SHA-256 of the version and of everything the file says; layout, comments and quotes are free."""
    return _sha256({**data, "version": version})


def counts_digest(data: Mapping[str, Any]) -> str:
    """SHA-256 of what makes a score out of answers: another first number is due when it changes."""
    return _sha256(_what_counts(data))


def drift(path: Path, data: Mapping[str, Any], *, needed: bool) -> tuple[str, ...]:
    """In what way a file differs from what its digest was made of; nothing when it is the same.

    needed : whether having no digest is a fault too
    """
    kept = read_book(path.parent).files.get(path.name)
    version = str(data.get("version"))
    if kept is None:
        return (f"no digest is kept: give one with `renew {path} --version {version} --reason …`",) if needed else ()
    if content_digest(data, version) == kept.content:
        return ()
    if counts_digest(data) != kept.counts:
        return (
            f"key, scale or scoring changed since version {kept.version}: put it back, or keep it with "
            f"`renew {path} --version {_next_major(kept.version)} --reason …`",
        )
    if content_digest(data, kept.version) == kept.content:
        return (f"says version {version}, but {kept.version} is what was kept: versions are given by `renew`",)
    return (
        f"changed since version {kept.version}: put it back, or keep it with "
        f"`renew {path} --version {_next_minor(kept.version)} --reason …`",
    )


def renew(path: Path, *, version: str, reason: str, on: date) -> Kept:
    """Give a changed file its new version: written into the file, its digest renewed, the reason kept.

    Raises
    ------
    InstrumentError : nothing changed, the version does not rise, or it rises too little for a changed key
    """
    data = read_document(path)
    book = read_book(path.parent)
    before = book.files.get(path.name)
    release = parse(Release, {"version": version, "on": on, "reason": " ".join(reason.split())}, where=path)
    if before is not None:
        _refuse_wrong_step(path, data, before, version)
    text = _with_version(path, version)
    kept = Kept(
        version=version,
        content=content_digest(data, version),
        counts=counts_digest(data),
        history=(*(before.history if before else ()), release),
    )
    files = dict(sorted({**book.files, path.name: kept}.items()))
    listed = json.dumps(DigestBook(files=files).model_dump(mode="json"), indent=2, ensure_ascii=False) + "\n"
    _write(path.parent / BOOK, listed.encode())
    _write(path, text)
    return kept


def _refuse_wrong_step(path: Path, data: Mapping[str, Any], before: Kept, version: str) -> None:
    if content_digest(data, before.version) == before.content:
        raise InstrumentError(f"{path}: nothing changed since version {before.version}; there is nothing to renew")
    if _numbers(version) <= _numbers(before.version):
        raise InstrumentError(
            f"{path}: version {version} does not come after {before.version}; take {_next_minor(before.version)}"
        )
    if counts_digest(data) != before.counts and _numbers(version)[0] == _numbers(before.version)[0]:
        raise InstrumentError(
            f"{path}: key, scale or scoring changed, so scores are no longer comparable with version "
            f"{before.version}; take {_next_major(before.version)} instead of {version}"
        )


def _with_version(path: Path, version: str) -> bytes:
    """The file's text with the new version in its place; all else stays as it was typed."""
    text = path.read_bytes()
    changed, found = _VERSION_LINE.subn(rb'\g<1>"' + version.encode() + b'"', text, count=1)
    if not found or read_document(path, content=changed) != {**read_document(path), "version": version}:
        raise InstrumentError(f'{path}: found no line `version: "…"` to write the new version to')
    return changed


def _what_counts(data: Mapping[str, Any]) -> object:
    if "language" in data:
        return data.get("scale")
    if "steps" in data:  # a training module: which options fit
        return {check["id"]: check["fits"] for check in data["checks"]}
    if "views" in data:  # growth items: what is asked, in whatever order
        return sorted(item["id"] for item in data["items"])
    if "leaving_reasons" in data:  # outcome scales
        return [data["points"], sorted(scale["id"] for scale in data["scales"])]
    if "minutes" in data:  # a form: what is asked, in whatever order
        return [sorted(data.get(part, ())) for part in ("facets", "items", "scenarios")]
    if "format" in data:
        facets = {facet["id"]: facet.get("min_answered") for facet in data["facets"]}
        items = {item["id"]: (item["facet"], item["keyed"]) for item in data["items"]}
        checks = {check["id"]: check["expects"] for check in data.get("checks", ())}
        return [data["format"], facets, items, checks]
    if "answer" in data:  # scenarios
        return {s["id"]: {letter: o["key"] for letter, o in s["options"].items()} for s in data["scenarios"]}
    if "n" in data:  # norms
        return data["facets"]
    return None


def _sha256(thing: object) -> str:
    canonical = json.dumps(_plain(thing), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _plain(thing: object) -> object:
    if isinstance(thing, Mapping):
        return {str(key): _plain(value) for key, value in thing.items()}
    if isinstance(thing, list | tuple):
        return [_plain(value) for value in thing]
    return float(thing) if isinstance(thing, int) else thing if isinstance(thing, float | None) else str(thing)


def _write(path: Path, text: bytes) -> None:
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(text)
    os.replace(beside, path)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _next_minor(version: str) -> str:
    major, minor = _numbers(version)[:2]
    return f"{major}.{minor + 1}"


def _next_major(version: str) -> str:
    return f"{_numbers(version)[0] + 1}.0"
