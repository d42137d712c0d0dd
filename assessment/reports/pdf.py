"""Documents on paper, made with typst: tagged (PDF/UA-1), searchable, with their fonts inside.

What people typed travels as JSON and is only ever shown: typst reads no markup in a string. A
character that no font of ours has would stop a PDF/UA document, so it becomes � before.
"""

import json
import unicodedata
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

import typst

from assessment.reports.palette import LIGHT
from assessment.reports.words import day

HERE = Path(__file__).parent
TEMPLATES, FONTS = HERE / "templates", HERE / "fonts"
PAPERS = {"a4": "A4", "us-letter": "Letter"}
UNKNOWN = "\N{REPLACEMENT CHARACTER}"
_TURNS = {
    *range(0x202A, 0x202F),
    *range(0x2066, 0x206A),
    0x200E,
    0x200F,
    0x061C,
}  # they would reorder what stands beside
_QUIET = {0x09: " ", 0x0A: "\n", 0x0D: "", 0xAD: "\u00ad", 0x200B: "", 0x200C: "\u200c", 0x200D: "\u200d", 0xFEFF: ""}

Template = Literal["candidate_report", "interview_sheet", "comparison", "vacancy_summary", "result"]


@dataclass(frozen=True)
class Imprint:
    """What stands on every page beside the content; `footer` is said in the language of the document."""

    title: str
    paper: str = "a4"
    language: str = "en"
    footer: str = ""
    page_of: str = "page {page} of {pages}"


def staff_imprint(title: str, *, paper: str, organisation: str, made_up: bool, made_by: str, now: datetime) -> Imprint:
    """For the documents of the staff: whose it is, when it was made and by whom."""
    people = " · made-up people" if made_up else ""
    by = f" by {made_by}" if made_by else ""
    return Imprint(
        title, paper, footer=f"{organisation}{people} · made on {day(now)} {now.year}{by} · personal, keep it safe"
    )


def pdf(template: Template, content: Any, imprint: Imprint, *, now: datetime) -> bytes:
    """The document as PDF/UA-1; `content` is the frozen dataclass that the template of that name shows."""
    try:
        return compiled(
            template, content, imprint, format="pdf", timestamp=now.replace(microsecond=0), pdf_standards=["ua-1"]
        )[0]
    except typst.TypstError as error:
        if "could not be displayed" not in error.message:
            raise
    return compiled(template, content, imprint, format="pdf", timestamp=now.replace(microsecond=0))[
        0
    ]  # a mark that fits no font; tagged too


def compiled(template: Template, content: Any, imprint: Imprint, **options: Any) -> list[bytes]:
    """One file, or one picture a page."""
    data = {"imprint": asdict(imprint), "colours": asdict(LIGHT), "content": asdict(content)}
    made = typst.compile(
        str(TEMPLATES / f"{template}.typ"),
        root=str(TEMPLATES),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(showable(data))},
        **options,
    )
    return made if isinstance(made, list) else [made]


def showable(data: Any) -> Any:
    """The same with every string in characters that our fonts have."""
    match data:
        case str():
            return "".join(map(_shown, unicodedata.normalize("NFC", data)))
        case dict():
            return {str(key): showable(value) for key, value in data.items()}
        case list() | tuple():
            return [showable(value) for value in data]
        case _:
            return data


def _shown(character: str) -> str:
    at = ord(character)
    if at in _TURNS:
        return ""
    if at in _QUIET:
        return _QUIET[at]
    return character if at in _covered() else UNKNOWN


@cache
def _covered() -> frozenset[int]:
    """The code points that fonts/ can show, as coverage.txt lists them."""
    ranges = (line.partition("-") for line in (FONTS / "coverage.txt").read_text(encoding="ascii").split())
    return frozenset(at for low, _, high in ranges for at in range(int(low, 16), int(high or low, 16) + 1))


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
