"""What every verb needs: the database, the key to personal text, the questionnaires, and where people reach us."""

import os
import threading
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import make_url

from assessment.instruments.library import ROOT, Library
from assessment.scoring.norms import NormGroup, read_norms
from assessment.storage.database import Database
from assessment.storage.vault import Vault, secret_beside

_opening = threading.Lock()
_open: dict["Settings", "House"] = {}


@dataclass(frozen=True)
class Settings:
    """What the environment says; see README."""

    database_url: str
    secret_key: str
    base_url: str
    demo: bool
    real: bool = False  # said in so many words: no made-up people here
    smtp_url: str = ""  # smtp[s]://user:password@host:port/?starttls=1; without it messages are sent by hand
    smtp_from: str = ""

    @staticmethod
    def from_environment() -> "Settings":
        return Settings(
            database_url=os.environ.get("DATABASE_URL") or f"sqlite:///{ROOT / 'data' / 'carefit.db'}",
            secret_key=os.environ.get("CAREFIT_SECRET_KEY", ""),
            base_url=(os.environ.get("CAREFIT_BASE_URL") or "http://localhost:8501").rstrip("/"),
            demo=os.environ.get("CAREFIT_DEMO", "") not in ("", "0"),
            real=os.environ.get("CAREFIT_DEMO", "") == "0",
            smtp_url=os.environ.get("SMTP_URL", ""),
            smtp_from=os.environ.get("SMTP_FROM", ""),
        )


@dataclass(frozen=True)
class House:
    database: Database
    vault: Vault
    library: Library
    norms: NormGroup
    base_url: str
    demo: bool
    sends_mail: bool = False  # an SMTP server is set; else messages are copied and sent by hand

    @property
    def secure(self) -> bool:
        """Whether people reach us by https, so that cookies must too."""
        return self.base_url.startswith("https://")


def open_house(settings: Settings) -> House:
    """Open the database, bring its tables up to date and find the key."""
    database = Database(settings.database_url)
    database.migrate()
    secrets = [s for s in settings.secret_key.split(",") if s] or [secret_beside(_key_file(settings.database_url))]
    norms = read_norms(ROOT / "data/norms/provisional.yaml")
    return House(
        database, Vault(*secrets), Library.shipped(), norms, settings.base_url, settings.demo, bool(settings.smtp_url)
    )


def the_house() -> House:
    """The one of this process; another only when the settings have changed."""
    settings = Settings.from_environment()
    with _opening:
        if settings not in _open:
            _open[settings] = open_house(settings)
        return _open[settings]


def _key_file(database_url: str) -> Path:
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite" and url.database:
        return Path(url.database).with_suffix(".key")
    return ROOT / "data" / "carefit.key"
