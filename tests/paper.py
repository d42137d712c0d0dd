"""Looks into documents as a reader of them would: words, fonts, marks and what is near the edge."""

import io
import re
from typing import Any

import numpy as np
from PIL import Image
from pypdf import PdfReader


def words(document: bytes) -> str:
    """All text, with every run of blanks as one."""
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in PdfReader(io.BytesIO(document)).pages))


def pages(document: bytes) -> int:
    return len(PdfReader(io.BytesIO(document)).pages)


def page_size(document: bytes) -> tuple[int, int]:
    """In millimetres."""
    box = PdfReader(io.BytesIO(document)).pages[0].mediabox
    return round(float(box.width) / 72 * 25.4), round(float(box.height) / 72 * 25.4)


def marked(document: bytes) -> dict[str, Any]:
    """What makes a document readable for a screen reader: tags, title, language, and the standard it says it keeps."""
    reader = PdfReader(io.BytesIO(document))
    root, info = reader.trailer["/Root"], reader.metadata
    return {
        "tagged": bool(root["/MarkInfo"]["/Marked"]) and "/StructTreeRoot" in root,
        "title": info.title if info else None,
        "language": root.get("/Lang"),
        "universal": b"pdfuaid:part" in document,
    }


def fonts_embedded(document: bytes) -> bool:
    """Whether every font of every page is in the file."""
    for page in PdfReader(io.BytesIO(document)).pages:
        for font in page["/Resources"].get("/Font", {}).values():
            for inner in font.get_object().get("/DescendantFonts", [font]):
                descriptor = inner.get_object()["/FontDescriptor"]
                if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor):
                    return False
    return True


def ink_in_margins(picture: bytes, *, share: float = 0.06) -> bool:
    """Whether anything is drawn in the outer `share` of the width, on the left or on the right."""
    dark = np.asarray(Image.open(io.BytesIO(picture)).convert("L")) < 250
    edge = int(dark.shape[1] * share)
    return bool(dark[:, :edge].any() or dark[:, -edge:].any())
