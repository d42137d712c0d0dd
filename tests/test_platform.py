"""What this product relies on in Streamlit; a new version that takes it away must be noticed here."""

import tomllib
from pathlib import Path

import streamlit
from streamlit import config

ROOT = Path(__file__).parents[1]
SETTINGS = tomllib.loads((ROOT / ".streamlit/config.toml").read_text())


def test_streamlit_is_the_version_that_was_measured() -> None:
    pinned = [line.split()[0] for line in (ROOT / "requirements.txt").read_text().splitlines() if "streamlit" in line]

    assert pinned == [f"streamlit=={streamlit.__version__}"]


def test_the_full_collection_after_every_click_still_is_an_option() -> None:
    assert "runner.postScriptGC" in config._config_options_template


def test_the_full_collection_after_every_click_is_off() -> None:
    assert SETTINGS["runner"]["postScriptGC"] is False


def test_every_setting_is_one_that_streamlit_knows() -> None:
    unknown = [
        f"{section}.{name}"
        for section in ("server", "browser", "client", "runner")
        for name in SETTINGS[section]
        if f"{section}.{name}" not in config._config_options_template
    ]

    assert unknown == []


def test_nothing_is_told_to_the_outside() -> None:
    assert SETTINGS["browser"]["gatherUsageStats"] is False
    assert SETTINGS["client"]["showErrorDetails"] == "none"
