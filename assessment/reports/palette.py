"""The colours of the two themes; the same values stand in static/look.css and .streamlit/config.toml."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Palette:
    """The colours of one theme. Text colours hold 4.5:1 on `surface`, marks 3:1."""

    surface: str
    sunken: str
    line: str
    edge: str
    ink: str
    muted: str
    accent: str
    on_accent: str
    band: str
    band_edge: str
    attend: str
    outside: str
    people: tuple[str, str, str, str]
    groups: Mapping[str, str]

    def of(self, band: str) -> str:
        return {"in_range": self.accent, "close": self.attend}.get(band, self.outside)


LIGHT = Palette(
    surface="#FFFFFF",
    sunken="#F2EDE4",
    line="#E3DCD0",
    edge="#857E70",
    ink="#1E2A2F",
    muted="#58646A",
    accent="#0F5B63",
    on_accent="#FFFFFF",
    band="#D5E7E2",
    band_edge="#4F8A84",
    attend="#A8650A",
    outside="#8E2A64",
    people=("#0F5B63", "#B0492B", "#6B4BA1", "#4A5459"),
    groups={"contact style": "#A84526", "care for people": "#6B4BA1", "steadiness": "#25639F", "trust": "#56670F"},
)
DARK = Palette(
    surface="#1B2326",
    sunken="#222B2E",
    line="#323D41",
    edge="#849195",
    ink="#EDEAE3",
    muted="#A9B3B5",
    accent="#7CCBC4",
    on_accent="#0B2427",
    band="#264347",
    band_edge="#5FA19B",
    attend="#F0C274",
    outside="#F0A3C8",
    people=("#7CCBC4", "#F0A183", "#BBA2EA", "#C9D0D2"),
    groups={"contact style": "#F0A183", "care for people": "#BBA2EA", "steadiness": "#8DBCEB", "trust": "#BACB6E"},
)
