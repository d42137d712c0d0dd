"""Notes are saved while they are typed, not only when the field is left."""

from pathlib import Path

import streamlit as st

PREFIX = "note-"  # of the key of every text area that is sent while somebody types
_component = st.components.v2.component("as-typed", js=(Path(__file__).parent / "as_typed.js").read_text())


def send_as_typed() -> None:
    _component(key="as-typed", data={"prefix": PREFIX})
