"""Reading a YAML file that may come from anywhere: small, plain, and checked before it is built.

Refused: more than 256 KB, other encodings than UTF-8, anchors, aliases, tags, duplicate
keys, several documents, more than 20 levels, more than 5,000 nodes.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from assessment.errors import InstrumentError

MAX_BYTES = 256 * 1024
MAX_DEPTH = 20
MAX_NODES = 5_000

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Model = TypeVar("Model", bound=BaseModel)


def read_document(path: Path | str, *, content: bytes | None = None) -> dict[str, Any]:
    """What a YAML file says, as plain data; `content` stands in for the file where it was uploaded.

    Raises
    ------
    InstrumentError : names file and line, what was found and what is allowed
    """
    where = _plain(str(path))
    text = _text(Path(path), content, where)
    _refuse_tricks(text, where)
    try:
        data = yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader, and the events were checked
    except (yaml.YAMLError, ValueError) as error:
        raise InstrumentError(f"{where}: {_plain(str(error))}") from None
    if not isinstance(data, dict):
        raise InstrumentError(f"{where}: found {type(data).__name__}, expected a mapping of fields")
    return data


def parse(model: type[Model], data: object, *, where: Path | str) -> Model:
    """The data as a model, or one InstrumentError that lists up to five things to put right."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        problems = [
            f"{_place(problem['loc'], data)}: {problem['msg'].removeprefix('Value error, ')}{_found(problem)}"
            for problem in sorted(error.errors(), key=lambda problem: problem["type"] == "missing")[:5]
        ]
        more = f" … and {error.error_count() - 5} more" if error.error_count() > 5 else ""
        raise InstrumentError(f"{_plain(str(where))}: {'; '.join(problems)}{more}") from None


def _found(problem: ErrorDetails) -> str:
    """What stood there; of a whole record it would say too much."""
    given = problem["input"]
    return "" if isinstance(given, dict | list) else f" (found {_plain(repr(given))})"


def _place(loc: Sequence[int | str], data: object) -> str:
    """Where in the data something is wrong, by id rather than by number: `items.voi_02.keyed`."""
    parts, here = [], data
    for part in loc:
        if isinstance(here, Mapping):
            here = here.get(part)
        else:
            here = here[part] if isinstance(here, Sequence) and isinstance(part, int) and part < len(here) else None
        name = here.get("id", here.get("facet")) if isinstance(part, int) and isinstance(here, Mapping) else None
        parts.append(_plain(str(part if name is None else name)))
    return ".".join(parts) or "file"


def _text(path: Path, content: bytes | None, where: str) -> str:
    if content is None:
        if not path.is_file():
            raise InstrumentError(f"{where}: there is no such file")
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise InstrumentError(f"{where}: more than the {MAX_BYTES // 1024} KB that a file may have")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InstrumentError(f"{where}: byte {error.start} is not UTF-8; save the file as UTF-8") from None


def _refuse_tricks(text: str, where: str) -> None:
    depth = nodes = documents = 0
    keys: list[set[str] | None] = []  # per open collection: the keys seen, None for a list
    at_key: list[bool] = []

    def refuse(event: yaml.Event, words: str) -> None:
        line = event.start_mark.line + 1 if event.start_mark else 1
        raise InstrumentError(f"{where}, line {line}: {words}")

    try:
        for event in yaml.parse(text, Loader=_Loader):
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    refuse(event, "a second document begins; a file holds one")
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                refuse(event, "anchors and aliases are not allowed; write the value out")
            tag = getattr(event, "tag", None)
            if tag and tag != "!":
                refuse(event, f"tag {_plain(tag)} is not allowed; write plain values")
            if isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                depth -= 1
                keys.pop()
                at_key.pop()
                continue
            if not isinstance(event, yaml.NodeEvent):
                continue
            nodes += 1
            if nodes > MAX_NODES:
                refuse(event, f"more than {MAX_NODES} values; split the file")
            if keys and keys[-1] is not None:
                if at_key[-1]:
                    if not isinstance(event, yaml.ScalarEvent):
                        refuse(event, "a key must be a word or a number")
                    elif event.value in keys[-1]:
                        refuse(event, f"{_plain(event.value)!r} stands twice; keep one")
                    else:
                        keys[-1].add(event.value)
                at_key[-1] = not at_key[-1]
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > MAX_DEPTH:
                    refuse(event, f"more than {MAX_DEPTH} levels; make it flatter")
                keys.append(set() if isinstance(event, yaml.MappingStartEvent) else None)
                at_key.append(True)
    except yaml.YAMLError as error:
        raise InstrumentError(f"{where}: {_plain(str(error))}") from None


def _plain(text: str) -> str:
    """Short, on one line, without control or direction marks: safe to print anywhere."""
    return "".join(c if c.isprintable() else " " for c in text)[:160].strip()
