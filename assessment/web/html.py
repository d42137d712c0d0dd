"""Whole pages that need no script, from templates that escape what people typed."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse


def page(template: str, *, status: int = 200, language: str = "en", **values: object) -> HTMLResponse:
    return HTMLResponse(_templates().get_template(template).render(language=language, **values), status)


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("assessment.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
