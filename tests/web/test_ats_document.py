"""The OpenAPI document is what the routes do: schemathesis sends what it allows and what it forbids, and compares."""

from collections import Counter
from pathlib import Path
from typing import Any

import hypothesis.configuration
import pytest
from starlette.routing import Route

from assessment.services.answers import submit
from assessment.services.api_tokens import make_token
from assessment.web import ats_api
from assessment.web.rate_limit import RateLimit
from assessment.web.routes import routes
from tests.hiring import Hiring, answer_all
from tests.web.conftest import ADDRESS, Browser

NOT_DESCRIBED = {"/api/v1/sitting", "/api/v1/answers", "/api/v1/submit", "/api/v1/openapi.json", "/api/v1/{rest:path}"}


@pytest.fixture
def document(hiring: Hiring, browser: Browser) -> dict[str, Any]:
    reply = browser().get("/api/v1/openapi.json")
    assert reply.headers["content-type"] == "application/json"
    return dict(reply.json())


def test_every_call_of_other_systems_is_described_and_nothing_else(document: dict[str, Any]) -> None:
    there = {r.path: r.methods for r in routes() if isinstance(r, Route) and r.path.startswith("/api/v1/")}
    described = {path: {m.upper() for m in item if m != "parameters"} for path, item in document["paths"].items()}

    assert (document["openapi"], set(there) - set(described)) == ("3.1.0", NOT_DESCRIBED)
    assert all(methods <= (there[path] or set()) for path, methods in described.items())


def test_every_call_lists_what_it_refuses(document: dict[str, Any]) -> None:
    calls = {
        call["operationId"]: call
        for item in document["paths"].values()
        for call in item.values()
        if "responses" in call
    }

    assert all({"200", "401", "404", "422", "429"} <= set(call["responses"]) for call in calls.values())
    assert sorted(calls["orderAssessment"]["responses"]) == [
        "200",
        "201",
        "400",
        "401",
        "403",
        "404",
        "409",
        "413",
        "422",
        "429",
    ]
    assert document["components"]["schemas"]["Order"]["additionalProperties"] is False
    assert document["components"]["schemas"]["Order"]["properties"]["language"]["enum"] == ["en", "es"]


def test_no_answer_holds_a_field_that_the_document_does_not_know(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]

    assert {"note", "use", "band_words", "advice"} <= set(schemas["ResultAnswer"]["required"])
    assert not {"name", "email"} & set(schemas["AssessmentAnswer"]["properties"])


@pytest.mark.big
def test_schemathesis_finds_nothing(
    hiring: Hiring, browser: Browser, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Every operation with edges of its schema, at random, and in chains; with the token, with a wrong one, without."""
    import schemathesis
    from schemathesis.config import SchemathesisConfig
    from schemathesis.engine import events, from_schema

    monkeypatch.setattr(ats_api, "_limit", RateLimit(1_000_000))
    monkeypatch.setattr(hypothesis.configuration, "__hypothesis_home_directory", tmp_path)
    token = make_token(hiring.house, name="ATS", may_order=True, actor=hiring.staff, now=hiring.now)
    finished = hiring.invite("Ana").begin(now=hiring.now)
    answer_all(hiring.house, finished, now=hiring.now)
    submit(hiring.house, actor=finished, now=hiring.now)
    hiring.invite("Bo")
    config = SchemathesisConfig.from_dict(
        {
            "seed": 4,
            "base-url": ADDRESS,
            "headers": {"Authorization": f"Bearer {token}"},
            "generation": {"max-examples": 12, "database": "none"},
        }
    )
    schema = schemathesis.openapi.from_asgi(
        "/api/v1/openapi.json", browser().app, config=config, headers={"Host": "localhost:8501"}
    )

    problems, statuses = [], Counter[tuple[str, int]]()
    for event in from_schema(schema).execute():
        if isinstance(event, events.NonFatalError | events.FatalError):
            problems.append(str(vars(event)))
        elif isinstance(event, events.ScenarioFinished | events.FuzzScenarioFinished):
            recorded = event.recorder
            problems += [
                f"{recorded.label}: {check.failure_info.failure.title} {check.failure_info.failure.message} {check.failure_info.code_sample}"
                for checks in recorded.checks.values()
                for check in checks
                if check.failure_info
            ]
            for id_, call in recorded.interactions.items():
                if call.response is not None:
                    statuses[recorded.cases[id_].value.operation.label, call.response.status_code] += 1

    assert problems == [], "\n".join(problems)
    assert max(status for _, status in statuses) < 500
    called = {label for label, _ in statuses}
    assert len(called) == 6
    assert all(statuses[label, 401] and statuses[label, 404] for label in called if "POST" not in label)
    assert statuses["POST /api/v1/vacancies/{vacancy}/assessments", 201]
    assert statuses["POST /api/v1/vacancies/{vacancy}/assessments", 422]
    assert statuses["GET /api/v1/assessments/{assessment}/result", 200]
    assert statuses["GET /api/v1/assessments/{assessment}/result", 409]
