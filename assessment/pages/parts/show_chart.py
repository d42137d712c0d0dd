"""One chart on a page, drawn for a laptop and for a phone. Only the staff's pages import this."""

from collections.abc import Callable

import streamlit as st

from assessment.reports.charts.chart import Chart
from assessment.reports.palette import DARK, LIGHT


def show_chart(draw: Callable[..., Chart], *data: object, key: str, **options: object) -> None:
    """Draw twice; look.css shows the one that fits the width, and screen readers meet only that one."""
    palette = DARK if st.context.theme.type == "dark" else LIGHT
    for name, compact in (("wide", False), ("narrow", True)):
        chart = draw(*data, palette, compact=compact, **options)
        with st.container(key=f"{name}-{key}"):
            st.plotly_chart(
                chart.figure, theme=None, alt=chart.alt, key=f"{key}-{name}", config={"displayModeBar": False}
            )
