"""Outcomes of all hires to take along, and a file to fill in, for HR who are signed in."""

from starlette.responses import Response

from assessment.services.documents_named import XLSX
from assessment.services.outcome_import import sample_csv
from assessment.services.outcome_rows import outcomes_csv, outcomes_workbook
from assessment.web.session import staff_of
from assessment.web.work import Asked

CSV = "text/csv; charset=utf-8"


def as_csv(asked: Asked) -> Response:
    actor = staff_of(asked.request, asked.house, now=asked.now)
    return _file(outcomes_csv(asked.house, actor=actor, now=asked.now), CSV, "carefit-outcomes.csv")


def as_workbook(asked: Asked) -> Response:
    actor = staff_of(asked.request, asked.house, now=asked.now)
    return _file(outcomes_workbook(asked.house, actor=actor, now=asked.now), XLSX, "carefit-outcomes.xlsx")


def sample(asked: Asked) -> Response:
    actor = staff_of(asked.request, asked.house, now=asked.now)
    return _file(sample_csv(asked.house, actor=actor, now=asked.now), CSV, "carefit-outcomes-to-fill-in.csv")


def _file(content: str | bytes, media_type: str, name: str) -> Response:
    response = Response(content, media_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
