"""What happens when somebody arrives on a page: language, title, top, focus."""

from pathlib import Path

import streamlit as st

_component = st.components.v2.component("arrival", js=(Path(__file__).parent / "arrival.js").read_text())


def arrive(page: str, *, title: str, language: str) -> None:
    _component(key="arrival", data={"page": page, "title": title, "language": language})
