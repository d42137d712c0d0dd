"""The tables. Columns ending in `_sealed` hold personal text encrypted by the vault; `_hash` is a digest.

Ids are random 128-bit hex. Times are UTC, ISO 8601 text with microseconds and `+00:00`, so
that they sort as text in SQLite and PostgreSQL alike. Migrations make the same tables.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _id() -> Column[str]:
    return Column("id", String(32), primary_key=True)


def _to(table: str, name: str | None = None, *, nullable: bool = False, index: bool = True) -> Column[str]:
    column = name or f"{table.rstrip('s')}_id"
    return Column(column, String(32), ForeignKey(f"{table}.id"), nullable=nullable, index=index)


def _time(name: str, *, nullable: bool = False) -> Column[str]:
    return Column(name, String(32), nullable=nullable)


organisations = Table(
    "organisations",
    metadata,
    _id(),
    Column("name", String(200), nullable=False),
    Column("contact_name", String(200), nullable=False),
    Column("contact", String(300), nullable=False),  # how a candidate reaches a person
    Column("keep_months", Integer, nullable=False),
    Column("reply_days", Integer, nullable=False),
    Column("made_up", Boolean, nullable=False),  # demo data, labelled so on every page
    _time("created_at"),
)

accounts = Table(
    "accounts",
    metadata,
    _id(),
    _to("organisations"),
    Column("role", String(20), nullable=False),  # administrator | hr_manager
    Column("email_hash", String(64), nullable=False, unique=True),
    Column("email_sealed", LargeBinary, nullable=False),
    Column("name_sealed", LargeBinary, nullable=False),
    Column("password_hash", String(200), nullable=False),
    _time("created_at"),
    _time("disabled_at", nullable=True),
)

staff_sessions = Table(
    "staff_sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    _to("accounts"),
    _time("created_at"),
    _time("last_seen_at"),
    _time("ended_at", nullable=True),
)

sign_in_attempts = Table(
    "sign_in_attempts",
    metadata,
    Column("key_hash", String(64), nullable=False, index=True),  # of the account's e-mail, or of the address
    _time("at"),
)

documents = Table(  # immutable versions of questionnaires, forms, norms, profiles, job facts
    "documents",
    metadata,
    _id(),
    _to("organisations"),
    Column("kind", String(20), nullable=False),
    Column("name", String(64), nullable=False),
    Column("version", String(20), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("body", Text, nullable=False),  # canonical JSON
    Column("author", String(64), nullable=False),  # account id, or `system`
    Column("reason", Text, nullable=False),
    _time("created_at"),
    UniqueConstraint("organisation_id", "kind", "name", "version"),
)

people = Table(
    "people",
    metadata,
    _id(),
    _to("organisations"),
    Column("name_sealed", LargeBinary, nullable=False),
    Column("email_sealed", LargeBinary, nullable=True),
    Column("email_hash", String(64), nullable=True, index=True),
    Column("language", String(8), nullable=False),
    _time("created_at"),
)

vacancies = Table(
    "vacancies",
    metadata,
    _id(),
    _to("organisations"),
    _to("accounts", "owner_id"),
    Column("role", String(64), nullable=False),
    Column("title", String(200), nullable=False),
    Column("site", String(200), nullable=False),
    Column("hours", String(200), nullable=False),
    Column("pay", String(200), nullable=False),
    _to("documents", "profile_id", index=False),
    _to("documents", "facts_id", index=False),
    _time("created_at"),
    _time("closed_at", nullable=True),
    Column("adaptive", Boolean, nullable=False, server_default=false()),  # new sittings stop where enough is known
)

applications = Table(
    "applications",
    metadata,
    _id(),
    _to("vacancies", "vacancy_id"),
    _to("people", "person_id"),
    Column("channel", String(10), nullable=False),  # link | kiosk | paper
    _time("created_at"),
    _time("withdrawn_at", nullable=True),
    Column("withdrawn_because_sealed", LargeBinary, nullable=True),
    UniqueConstraint("vacancy_id", "person_id"),
)

sittings = Table(
    "sittings",
    metadata,
    _id(),
    _to("applications"),
    Column("status", String(12), nullable=False, index=True),  # open | submitted | withdrawn | expired
    Column("step", String(12), nullable=False),  # where the person is: welcome … result
    Column("language", String(8), nullable=False),
    Column("large_text", Boolean, nullable=False, default=False),
    _to("documents", "questionnaire_id", index=False),
    _to("documents", "form_id", index=False),
    _to("documents", "norms_id", index=False),
    _to("documents", "profile_id", index=False),
    _to("documents", "facts_id", index=False),
    _time("created_at"),
    _time("expires_at"),
    _time("agreed_at", nullable=True),  # to the notice
    _time("started_at", nullable=True),  # first answer
    _time("finished_at", nullable=True),
    Column("reused_from", String(32), ForeignKey("sittings.id"), nullable=True),  # earlier answers, with consent
    _to("documents", "calibration_id", nullable=True, index=False),  # standings come from it by EAP; null: from norms
    Column("adaptive", Boolean, nullable=False, server_default=false()),  # stops where enough is known
)

doors = Table(
    "doors",
    metadata,
    _id(),
    _to("sittings"),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("token_sealed", LargeBinary, nullable=False),
    _time("created_at"),
    _time("expires_at"),
    _time("revoked_at", nullable=True),
)

candidate_sessions = Table(
    "candidate_sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    _to("doors"),
    Column("kiosk", Boolean, nullable=False),
    _time("created_at"),
    _time("last_seen_at"),
    _time("ended_at", nullable=True),
)

responses = Table(
    "responses",
    metadata,
    Column("sitting_id", String(32), ForeignKey("sittings.id"), primary_key=True),
    Column("item", String(64), primary_key=True),
    Column("value", String(8), nullable=True),  # "4", or an option's letter; null: cleared
    Column("rev", BigInteger, nullable=False),
    Column("ms", Integer, nullable=True),
    _time("saved_at"),
)

fact_answers = Table(
    "fact_answers",
    metadata,
    Column("sitting_id", String(32), ForeignKey("sittings.id"), primary_key=True),
    Column("fact", String(64), primary_key=True),
    Column("answer", String(12), nullable=False),  # fine | not_for_me | talk
    _time("saved_at"),
)

paper_entries = Table(
    "paper_entries",
    metadata,
    Column("sitting_id", String(32), ForeignKey("sittings.id"), primary_key=True),
    Column("entry", Integer, primary_key=True),  # 1 or 2
    _to("accounts", index=False),
    Column("answers", Text, nullable=False),  # JSON, item → value
    _time("saved_at"),
)

results = Table(  # what a submitted sheet came to, once and for all, under the versions of its sitting
    "results",
    metadata,
    Column("sitting_id", String(32), ForeignKey("sittings.id"), primary_key=True),
    Column("band", String(16), nullable=False),
    Column("core_fit", Float),
    Column("core_low", Float),
    Column("core_high", Float),
    Column("signature_fit", Float),
    Column("signature_low", Float),
    Column("signature_high", Float),
    Column("named", String(200), nullable=False),  # facets the band names, in order, joined by a space
    Column("facet_bands", Text, nullable=False),  # JSON, facet → band, in the profile's order
    Column("flags", String(200), nullable=False),  # response quality, joined by a space
    _time("scored_at"),
)

notes = Table(  # the candidate's own words: "this is not me"
    "notes",
    metadata,
    _id(),
    _to("sittings"),
    Column("facet", String(64), nullable=True),
    Column("text_sealed", LargeBinary, nullable=False),
    _time("created_at"),
)

questions = Table(
    "questions",
    metadata,
    _id(),
    _to("applications"),
    Column("text_sealed", LargeBinary, nullable=False),
    _time("created_at"),
    Column("answer_sealed", LargeBinary, nullable=True),
    _to("accounts", "answered_by", nullable=True, index=False),
    _time("answered_at", nullable=True),
)

adjustments = Table(  # kept apart from the answers
    "adjustments",
    metadata,
    _id(),
    _to("applications"),
    Column("asked_sealed", LargeBinary, nullable=False),  # JSON: options and own words
    _time("created_at"),
    _time("settled_at", nullable=True),
)

comments = Table(
    "comments",
    metadata,
    _id(),
    _to("applications"),
    _to("accounts", index=False),
    Column("text_sealed", LargeBinary, nullable=False),
    _time("created_at"),
)

events = Table(  # append-only, one chain per organisation; ids only
    "events",
    metadata,
    Column("organisation_id", String(32), ForeignKey("organisations.id"), primary_key=True),
    Column("number", Integer, primary_key=True),  # 1, 2, 3 … without gaps
    _time("at"),
    Column("actor", String(64), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("body", Text, nullable=False),  # canonical JSON of the whole event, what the hash covers
    Column("hash", String(64), nullable=False),
)

Index("ix_applications_vacancy_created", applications.c.vacancy_id, applications.c.created_at)
