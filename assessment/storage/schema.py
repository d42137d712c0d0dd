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
    Column("time_zone", String(64), nullable=False, server_default="UTC"),  # IANA name: whose night it is
)

accounts = Table(
    "accounts",
    metadata,
    _id(),
    _to("organisations"),
    Column("role", String(20), nullable=False),  # administrator | hr_manager | interviewer | supervisor
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
    Column("names_masked", Boolean, nullable=False, server_default=false()),  # asked for by whoever is signed in
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
    Column("purpose", String(12), nullable=False, server_default="hiring"),  # hiring | growth: no opening to fill
    _to("teams", nullable=True),  # which people whoever is hired will work with
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
    Column("stage", String(12), nullable=False, server_default="invited"),  # services/stages.py says which
    _time("stage_since", nullable=True),
    Column("engagement", String(12), nullable=False, server_default="employed"),  # employed | agency | temporary
    Column("agency_sealed", LargeBinary, nullable=True),
    Column("ends_on", String(10), nullable=True),  # of temporary staff
    _time("no_reminders_at", nullable=True),  # the person does not want any
    Column("external_id", String(100), nullable=True, index=True),  # of the system that ordered the assessment
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
    Column("purpose", String(12), nullable=False, server_default="hiring"),  # hiring | growth: read by the person alone
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
    Column("answer_sealed", LargeBinary, nullable=True),
    _to("accounts", "answered_by", nullable=True, index=False),
    _time("answered_at", nullable=True),
    _to("accounts", "assigned_to", nullable=True, index=False),
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
    _to("accounts", "assigned_to", nullable=True, index=False),
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

stage_moves = Table(  # every step of an application, who took it and when; an undone one stays
    "stage_moves",
    metadata,
    _id(),
    _to("applications"),
    Column("number", Integer, nullable=False),  # 1, 2, 3 … of the application
    Column("from_stage", String(12), nullable=True),  # null: the application began
    Column("to_stage", String(12), nullable=False),
    Column("actor", String(64), nullable=False),
    Column("because_sealed", LargeBinary, nullable=True),
    _time("at"),
    Column("undoes", String(32), ForeignKey("stage_moves.id"), nullable=True),
    UniqueConstraint("application_id", "number"),
)

assignments = Table(  # whose people: interviewers and supervisors see nobody else
    "assignments",
    metadata,
    _id(),
    _to("applications"),
    _to("accounts"),
    Column("duty", String(12), nullable=False),  # interviewer | supervisor
    Column("assigned_by", String(64), nullable=False),
    _time("created_at"),
    _time("ended_at", nullable=True),
    UniqueConstraint("application_id", "account_id", "duty"),
)

mentions = Table(
    "mentions",
    metadata,
    Column("comment_id", String(32), ForeignKey("comments.id"), primary_key=True),
    Column("account_id", String(32), ForeignKey("accounts.id"), primary_key=True, index=True),
    _time("seen_at", nullable=True),
)

saved_filters = Table(
    "saved_filters",
    metadata,
    _id(),
    _to("accounts"),
    Column("page", String(32), nullable=False),
    Column("name", String(100), nullable=False),
    Column("body", Text, nullable=False),  # JSON
    _time("created_at"),
    UniqueConstraint("account_id", "page", "name"),
)

locks = Table(  # one process at a time does a thing; a lock that was not given back runs out
    "locks",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("holder", String(64), nullable=False),
    _time("until"),
)

outbox = Table(  # every message, one row and one key each
    "outbox",
    metadata,
    _id(),
    _to("organisations"),
    Column("key", String(200), nullable=False),  # what the message is about; the same key is never queued twice
    Column("template", String(64), nullable=False),
    Column("language", String(8), nullable=False),
    _to("applications", nullable=True),
    _to("accounts", nullable=True),  # for staff
    Column("to_sealed", LargeBinary, nullable=True),  # null: no address, delivered by hand
    Column("subject_sealed", LargeBinary, nullable=False),
    Column("text_sealed", LargeBinary, nullable=False),
    Column("sms_sealed", LargeBinary, nullable=True),
    Column("calendar_sealed", LargeBinary, nullable=True),  # an invitation as iCalendar
    Column("calendar_method", String(12), nullable=True),  # REQUEST | CANCEL
    Column("status", String(10), nullable=False),  # draft | queued | sending | sent | failed | dropped
    Column("sent_how", String(8), nullable=True),  # smtp | hand
    Column("maybe_twice", Boolean, nullable=False, server_default=false()),  # the process died while it was sent
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("error", String(300), nullable=True),
    Column("message_id", String(200), nullable=False),
    Column("queued_by", String(64), nullable=False),
    _time("created_at"),
    _time("not_before"),
    _time("tried_at", nullable=True),
    _time("sent_at", nullable=True),
    _time("read_at", nullable=True),  # seen in the app
    UniqueConstraint("organisation_id", "key"),
)

slots = Table(  # times that interviewers offer
    "slots",
    metadata,
    _id(),
    _to("vacancies", "vacancy_id"),
    _to("accounts"),  # whose time it is
    _to("accounts", "second_id", nullable=True),
    _time("starts_at"),
    _time("ends_at"),
    Column("buffer_minutes", Integer, nullable=False),
    Column("time_zone", String(64), nullable=False),
    Column("place", String(300), nullable=False),
    _time("created_at"),
    _time("taken_back_at", nullable=True),
)

interviews = Table(  # one of each application; a slot is held by one only, which the database sees to
    "interviews",
    metadata,
    _id(),
    Column("application_id", String(32), ForeignKey("applications.id"), nullable=False, unique=True),
    Column("slot_id", String(32), ForeignKey("slots.id"), nullable=True, unique=True),
    Column("status", String(10), nullable=False),  # asked | booked | cancelled | held
    Column("uid", String(100), nullable=False, unique=True),  # of the calendar entry, for ever
    Column("sequence", Integer, nullable=False),
    _time("asked_at"),
    _time("changed_at"),  # of the status; another time keeps it
    Column("because_sealed", LargeBinary, nullable=True),  # why it was last moved or cancelled
)

kits = Table(  # the questions of one interview, the same for every rater
    "kits",
    metadata,
    Column("application_id", String(32), ForeignKey("applications.id"), primary_key=True),
    _to("accounts", index=False),
    Column("body", Text, nullable=False),  # JSON
    _time("created_at"),
)

rating_sheets = Table(
    "rating_sheets",
    metadata,
    Column("application_id", String(32), ForeignKey("applications.id"), primary_key=True),
    Column("account_id", String(32), ForeignKey("accounts.id"), primary_key=True, index=True),
    _time("begun_at"),
    _time("handed_in_at", nullable=True),
)

ratings = Table(
    "ratings",
    metadata,
    Column("application_id", String(32), ForeignKey("applications.id"), primary_key=True),
    Column("account_id", String(32), ForeignKey("accounts.id"), primary_key=True),
    Column("question", String(64), primary_key=True),
    Column("rating", Integer, nullable=True),  # null: not yet; 0: no chance to answer
    Column("first_rating", Integer, nullable=True),  # as it was handed in, where it was changed afterwards
    Column("note_sealed", LargeBinary, nullable=True),
    Column("because_sealed", LargeBinary, nullable=True),
    Column("rev", BigInteger, nullable=False),
    _time("saved_at"),
)

vignette_ratings = Table(  # an interviewer's practice, shown to nobody else
    "vignette_ratings",
    metadata,
    Column("account_id", String(32), ForeignKey("accounts.id"), primary_key=True),
    Column("vignette", String(64), primary_key=True),
    Column("answer", Integer, primary_key=True),
    Column("round", Integer, primary_key=True),
    Column("rating", Integer, nullable=False),
    _time("saved_at"),
)

decisions = Table(  # a person's, with reasons; one that was taken back stays
    "decisions",
    metadata,
    _id(),
    _to("applications"),
    _to("accounts"),
    Column("outcome", String(12), nullable=False),  # offer | not_taken | redirected
    Column("because_sealed", LargeBinary, nullable=False),
    Column("order_because_sealed", LargeBinary, nullable=True),  # why not the person who waited before
    Column("body", Text, nullable=False),  # JSON: weights and what was shown, as of then
    _time("created_at"),
    _time("taken_back_at", nullable=True),
    Column("taken_back_because_sealed", LargeBinary, nullable=True),
)

offers = Table(
    "offers",
    metadata,
    _id(),
    _to("applications"),
    Column("terms_sealed", LargeBinary, nullable=False),  # JSON: start, hours, pay
    Column("answer_by", String(10), nullable=False),
    _time("created_at"),
    Column("answer", String(10), nullable=True),  # accepted | declined
    _time("answered_at", nullable=True),
)

redirects = Table(  # another job is proposed; answers move only with the person's yes
    "redirects",
    metadata,
    _id(),
    _to("applications"),
    _to("vacancies", "vacancy_id"),
    _to("accounts", index=False),
    Column("answer_by", String(10), nullable=False),
    _time("created_at"),
    Column("consent", Boolean, nullable=True),
    _time("answered_at", nullable=True),
    Column("became_id", String(32), ForeignKey("applications.id"), nullable=True),
)

hire_checks = Table(  # licence, background, reference, right to work …
    "hire_checks",
    metadata,
    _id(),
    _to("applications"),
    Column("kind", String(32), nullable=False),
    Column("title", String(200), nullable=False),
    Column("due_on", String(10), nullable=True),
    Column("evidence_sealed", LargeBinary, nullable=True),
    Column("outcome", String(12), nullable=True),  # confirmed | not_needed
    _to("accounts", "settled_by", nullable=True, index=False),
    _time("settled_at", nullable=True),
    _time("created_at"),
)

absences = Table(
    "absences",
    metadata,
    _id(),
    _to("accounts"),
    _to("accounts", "deputy_id"),
    Column("from_on", String(10), nullable=False),
    Column("until_on", String(10), nullable=False),
    _time("created_at"),
    _time("ended_at", nullable=True),
)

sign_offs = Table(  # before first use: who has looked at it
    "sign_offs",
    metadata,
    _id(),
    _to("organisations"),
    Column("kind", String(20), nullable=False),  # legal_contact | works_council
    Column("name_sealed", LargeBinary, nullable=False),
    Column("note_sealed", LargeBinary, nullable=True),
    _to("accounts", index=False),
    _time("created_at"),
    _time("taken_back_at", nullable=True),
)

costs = Table(  # hours and money that people typed; what is counted comes from the event log
    "costs",
    metadata,
    _id(),
    _to("vacancies", "vacancy_id"),
    _to("accounts", index=False),
    Column("minutes", Integer, nullable=False),
    Column("cents", Integer, nullable=False),
    Column("what", String(200), nullable=False),
    Column("spent_on", String(10), nullable=False),
    _time("created_at"),
    _time("removed_at", nullable=True),
)

webhooks = Table(
    "webhooks",
    metadata,
    _id(),
    _to("organisations"),
    Column("url_sealed", LargeBinary, nullable=False),
    Column("secret_sealed", LargeBinary, nullable=False),
    _time("created_at"),
    _time("disabled_at", nullable=True),
)

webhook_deliveries = Table(
    "webhook_deliveries",
    metadata,
    _id(),
    _to("webhooks"),
    Column("kind", String(40), nullable=False),
    Column("body", Text, nullable=False),  # JSON, ids only
    Column("status", String(10), nullable=False),  # waiting | done | failed
    Column("tries", Integer, nullable=False),
    Column("answer", String(200), nullable=True),
    _time("created_at"),
    _time("next_at"),
    _time("done_at", nullable=True),
)

api_tokens = Table(
    "api_tokens",
    metadata,
    _id(),
    _to("organisations"),
    Column("name", String(100), nullable=False),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("may_order", Boolean, nullable=False),
    Column("made_by", String(64), nullable=False),
    _time("created_at"),
    _time("used_at", nullable=True),
    _time("revoked_at", nullable=True),
)

api_orders = Table(  # what another system ordered under which Idempotency-Key: asking twice is asking once
    "api_orders",
    metadata,
    Column("key_hash", String(64), primary_key=True),
    Column("body_hash", String(64), nullable=False),
    _to("applications"),
    _time("created_at"),
)

download_names = Table(  # a document under a random name, for one account and one hour
    "download_names",
    metadata,
    Column("name", String(64), primary_key=True),
    _to("organisations"),
    _to("accounts"),
    Column("kind", String(32), nullable=False),
    Column("body", Text, nullable=False),  # JSON: of what, on which paper
    _time("created_at"),
    _time("expires_at"),
)

teams = Table(
    "teams",
    metadata,
    _id(),
    _to("organisations"),
    Column("name", String(200), nullable=False),
    Column("site", String(200), nullable=False),
    Column("made_by", String(64), nullable=False),
    _time("created_at"),
    _time("closed_at", nullable=True),
)

team_members = Table(  # counts in the team's summary from `agreed_at` until `left_at`, by the person's own word
    "team_members",
    metadata,
    Column("team_id", String(32), ForeignKey("teams.id"), primary_key=True),
    Column("application_id", String(32), ForeignKey("applications.id"), primary_key=True, index=True),
    _time("asked_at"),
    _time("agreed_at", nullable=True),
    _time("left_at", nullable=True),
)

group_releases = (
    Table(  # whose answers a summary was made of, each time: the next one must not betray anybody by subtraction
        "group_releases",
        metadata,
        _id(),
        _to("organisations"),
        Column("kind", String(12), nullable=False),  # team | peers | growth
        Column("group_id", String(32), nullable=False, index=True),
        Column("number", Integer, nullable=False),
        Column("members", Text, nullable=False),  # JSON, ids
        _time("created_at"),
        UniqueConstraint("kind", "group_id", "number"),
    )
)

plans = Table(  # versions of somebody's first 90 days; none is changed
    "plans",
    metadata,
    _id(),
    _to("applications"),
    Column("number", Integer, nullable=False),  # 1, 2, 3 … of the application
    Column("starts_on", String(10), nullable=False),
    Column("body_sealed", LargeBinary, nullable=False),  # JSON: buddy, days of work, lines with their reasons
    Column("author", String(64), nullable=False),
    _time("created_at"),
    _time("shared_at", nullable=True),  # the newcomer may read it
    UniqueConstraint("application_id", "number"),
)

plan_ticks = Table(  # what the newcomer has done of it
    "plan_ticks",
    metadata,
    Column("application_id", String(32), ForeignKey("applications.id"), primary_key=True),
    Column("line", String(64), primary_key=True),
    _time("done_at"),
)

module_work = Table(
    "module_work",
    metadata,
    Column("application_id", String(32), ForeignKey("applications.id"), primary_key=True),
    Column("module", String(64), primary_key=True),
    Column("version", String(20), nullable=False),
    Column("steps", Text, nullable=False),  # JSON, numbers of the steps done
    Column("picks", Text, nullable=False),  # JSON, check → letter; for learning, shown to nobody else
    Column("notes_sealed", LargeBinary, nullable=True),  # the person's own
    Column("rev", BigInteger, nullable=False, server_default="0"),
    _time("begun_at"),
    _time("done_at", nullable=True),
    _to("accounts", "confirmed_by", nullable=True, index=False),
    _time("confirmed_at", nullable=True),
)

seminars = Table(
    "seminars",
    metadata,
    _id(),
    _to("organisations"),
    Column("module", String(64), nullable=False),
    Column("title", String(200), nullable=False),
    _time("starts_at"),
    _time("ends_at"),
    Column("time_zone", String(64), nullable=False),
    Column("place", String(300), nullable=False),
    Column("seats", Integer, nullable=False),
    Column("led_by", String(200), nullable=False),
    Column("uid", String(100), nullable=False, unique=True),
    Column("sequence", Integer, nullable=False),
    Column("made_by", String(64), nullable=False),
    _time("created_at"),
    _time("cancelled_at", nullable=True),
)

seminar_places = Table(
    "seminar_places",
    metadata,
    Column("seminar_id", String(32), ForeignKey("seminars.id"), primary_key=True),
    Column("application_id", String(32), ForeignKey("applications.id"), primary_key=True, index=True),
    _time("taken_at"),
    _time("given_back_at", nullable=True),
    Column("attended", Boolean, nullable=True),
    _to("accounts", "attended_by", nullable=True, index=False),
)

check_ins = Table(  # five questions on a day, for the newcomer and for whoever leads them
    "check_ins",
    metadata,
    _id(),
    _to("applications"),
    Column("day", Integer, nullable=False),  # 7 | 30 | 60 | 90
    Column("side", String(10), nullable=False),  # newcomer | manager
    Column("due_on", String(10), nullable=False, index=True),
    _time("asked_at", nullable=True),
    _time("reminded_at", nullable=True),
    _time("answered_at", nullable=True),
    Column("body_sealed", LargeBinary, nullable=True),  # JSON: version, answers, own words
    Column("answered_by", String(64), nullable=True),
    Column("wants_talk", Boolean, nullable=False, server_default=false()),
    UniqueConstraint("application_id", "day", "side"),
)

warning_steps = Table(  # what somebody did about an early warning
    "warning_steps",
    metadata,
    _id(),
    _to("applications"),
    Column("kind", String(20), nullable=False),
    Column("day", Integer, nullable=False),
    Column("note_sealed", LargeBinary, nullable=True),
    _to("accounts", "settled_by", index=False),
    _time("settled_at"),
)

self_sheets = Table(  # communication items about oneself
    "self_sheets",
    metadata,
    Column("application_id", String(32), ForeignKey("applications.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("body_sealed", LargeBinary, nullable=False),  # JSON: version, answers
    _time("saved_at"),
)

peer_requests = Table(  # a link for one colleague; what they answered is kept elsewhere, without it
    "peer_requests",
    metadata,
    _id(),
    _to("applications"),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("token_sealed", LargeBinary, nullable=False),
    Column("to_sealed", LargeBinary, nullable=False),
    Column("to_hash", String(64), nullable=False),
    Column("language", String(8), nullable=False),
    _time("created_at"),
    _time("expires_at"),
    _time("answered_at", nullable=True),
    _time("revoked_at", nullable=True),
)

peer_sheets = Table(  # no word of who or when: a day and a request would name the colleague
    "peer_sheets",
    metadata,
    _id(),
    _to("applications"),
    Column("body_sealed", LargeBinary, nullable=False),  # JSON: version, answers, own words
)

outcome_sheets = Table(  # a supervisor's rating on anchored scales
    "outcome_sheets",
    metadata,
    Column("application_id", String(32), ForeignKey("applications.id"), primary_key=True),
    Column("account_id", String(32), ForeignKey("accounts.id"), primary_key=True, index=True),
    Column("version", String(20), nullable=False),  # of the scales
    Column("ratings", Text, nullable=False),  # JSON, scale → 1 … 5, 0: no chance to see it
    Column("note_sealed", LargeBinary, nullable=True),
    Column("rev", BigInteger, nullable=False),
    _time("saved_at"),
    _time("handed_in_at", nullable=True),
)

leavings = Table(  # who is not here any more, since when and why; nobody in it is still here
    "leavings",
    metadata,
    Column("application_id", String(32), ForeignKey("applications.id"), primary_key=True),
    Column("left_on", String(10), nullable=False),
    Column("reason", String(20), nullable=False),
    Column("note_sealed", LargeBinary, nullable=True),
    Column("noted_by", String(64), nullable=False),
    _time("noted_at"),
)

feedback_counts = Table(  # compliments and complaints, counted
    "feedback_counts",
    metadata,
    _id(),
    _to("applications"),
    Column("kind", String(12), nullable=False),  # compliment | complaint
    Column("on_day", String(10), nullable=False),
    Column("count", Integer, nullable=False),
    Column("note_sealed", LargeBinary, nullable=True),
    Column("noted_by", String(64), nullable=False),
    Column("came_by", String(8), nullable=False),  # hand | csv
    _time("created_at"),
    _time("removed_at", nullable=True),
)

Index("ix_stage_moves_application_at", stage_moves.c.application_id, stage_moves.c.at)
Index("ix_outbox_status_not_before", outbox.c.status, outbox.c.not_before)
Index("ix_webhook_deliveries_status_next", webhook_deliveries.c.status, webhook_deliveries.c.next_at)
Index("ix_applications_vacancy_created", applications.c.vacancy_id, applications.c.created_at)
