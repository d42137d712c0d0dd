"""Starting: what is loaded, and that Streamlit's own responses are guarded too."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


_LOADED = """
import json, sys
import streamlit.web.bootstrap
import streamlit.delta_generator
streamlits_own = set(sys.modules)
from starlette.testclient import TestClient
from app import app

def heavy():
    "What is heavy, as far as we load it: Streamlit sets its theme for Plotly at its own import."
    return sorted({n.partition(".")[0] for n in set(sys.modules) - streamlits_own} & {"plotly", "sklearn", "numba"})

with TestClient(app, "http://localhost:8501") as client:
    page = client.get("/")
    ready = client.get("/readyz")
print(json.dumps({"policy": page.headers["content-security-policy"], "script": "<script>" in page.text,
                  "ready": ready.json(), "heavy": heavy()}))
"""


def started(place: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error::ResourceWarning", "-c", _LOADED],
        cwd=ROOT,
        env={
            **os.environ,
            "DATABASE_URL": f"sqlite:///{place / 'carefit.db'}",
            "CAREFIT_BASE_URL": "http://localhost:8501",
            "CAREFIT_DEMO": "0",
            "PYTHONPATH": str(ROOT),
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.big
def test_the_app_starts_and_streamlits_own_page_is_guarded(tmp_path: Path) -> None:
    done = started(tmp_path)

    said = json.loads(done.stdout.splitlines()[-1])
    assert (said["ready"], said["script"]) == ({"status": "ok"}, True)
    assert "frame-ancestors 'none'" in said["policy"]
    assert said["heavy"] == ["sklearn"]
    assert done.stderr.count("Carefit is open") == 1


@pytest.mark.big
def test_a_house_for_candidates_alone_loads_neither_plotly_nor_scikit_learn(tmp_path: Path) -> None:
    done = started(tmp_path, CAREFIT_CANDIDATE_ONLY="1")

    assert json.loads(done.stdout.splitlines()[-1])["heavy"] == []
