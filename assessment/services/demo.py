"""A made-up organisation with made-up people, labelled as such everywhere."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from sqlalchemy import Connection

from assessment.errors import NotAllowedError
from assessment.instruments.document import read_document
from assessment.instruments.form import Form
from assessment.instruments.instrument import Instrument
from assessment.instruments.library import ROOT
from assessment.instruments.sheets import Floats
from assessment.scoring.graded import category_probabilities, simulate
from assessment.services import accounts, demo_first_days, demo_hiring, vacancies
from assessment.services.actor import Actor
from assessment.services.house import House
from assessment.services.new_door import OPEN_FOR, new_door
from assessment.services.organisation import found
from assessment.services.scoring import score_sitting
from assessment.services.stages import begin_in, move_in
from assessment.services.versions import keep_asked
from assessment.storage import accounts as stored_accounts
from assessment.storage import applications, audit, demo_data, people, said, sittings
from assessment.storage import vacancies as stored_vacancies
from assessment.storage.clock import stamp

PASSWORD = "seven quiet lamps"  # noqa: S105 - shown on the sign-in page of the demo
STAFF = (
    ("administrator", "Ines Brandt", "ines.brandt@carefit.example"),
    ("hr_manager", "Marta Vidal", "marta.vidal@carefit.example"),
    ("interviewer", "Tom Lindner", "tom.lindner@carefit.example"),
    ("supervisor", "Grace Mbeki", "grace.mbeki@carefit.example"),
)
OPENINGS = (
    ("front_desk_officer", "Front desk officer", "St Anne's Clinic (made up)", "30 h a week", "€15.80 an hour", 60),
    (
        "elder_care_aide",
        "Elder-care aide",
        "Lindenhof Care Home (made up)",
        "35 h a week, shifts",
        "€16.40 an hour",
        36,
    ),
    ("billing_clerk", "Billing clerk", "St Anne's Clinic (made up)", "25 h a week", "€16.10 an hour", 24),
)
STATES = ("finished", "started", "invited", "expired", "withdrawn")
SHARES = (0.62, 0.12, 0.14, 0.07, 0.05)
QUESTIONS = ("Is the Saturday shift every week?", "May I bring my own chair?", "When would the work begin?")
NOTES = ("I answer fast when it is loud. With people who are scared I slow down.", "In my last job this was different.")
HERE_SINCE = 200  # days since the house began
READ_AFTER = timedelta(days=3)  # older answers have been read by somebody
# Chosen so that facet means have about the SD (.53) and reliability (.67) of the provisional norms.
SLOPE = 1.15
STEPS = 2.25 * np.array([-1.5, -0.5, 0.5, 1.5])


@dataclass(frozen=True)
class DemoAccount:
    role: str
    email: str
    password: str


@dataclass(frozen=True)
class DemoVacancy:
    id: str
    role: str
    title: str


@dataclass(frozen=True)
class Demo:
    accounts: tuple[DemoAccount, ...]
    vacancies: tuple[DemoVacancy, ...]
    candidate_links: tuple[str, ...]


def demo(house: House, *, now: datetime, reset: bool = False) -> Demo:
    """Make the made-up organisation where there is none; the same seed makes the same people."""
    with house.database.write() as connection:
        real = demo_data.real_organisations(connection)
        if real:
            raise NotAllowedError("this database holds a real organisation; the demo needs a database of its own")
        if reset:
            demo_data.forget_all(connection)
        known = demo_data.organisation(connection)
    if known is None:
        known = _make(house, now=now)
    with house.database.read() as connection:
        rows = stored_vacancies.of_organisation(connection, known)
        links = demo_data.unused_doors(connection, known, now=now)
    return Demo(
        tuple(DemoAccount(role, email, PASSWORD) for role, _, email in STAFF),
        tuple(DemoVacancy(row.id, row.role, row.title) for row in rows if row.closed_at is None),
        tuple(f"{house.base_url}/i/{house.vault.open(sealed)}" for sealed in links),
    )


def refuse_made_up_people(house: House) -> None:
    """For real use: everybody knows the passwords of the demo.

    Raises
    ------
    NotAllowedError : the database holds the made-up organisation; says what to do
    """
    with house.database.read() as connection:
        if demo_data.organisation(connection) is not None:
            raise NotAllowedError(
                "this database holds the made-up people of the demo. For real use name another one, for instance "
                "DATABASE_URL=sqlite:///data/real.db, or remove the demo's file under data/"
            )


def _make(house: House, *, now: datetime) -> str:
    rng = np.random.default_rng(20261124)
    with house.database.write() as connection:
        organisation = found(
            connection,
            name="St Anne's (made up)",
            contact_name="Marta Vidal",
            contact="marta.vidal@carefit.example, +49 30 0000 000",
            made_up=True,
            now=now - timedelta(days=HERE_SINCE),
        )
        stored_accounts.change_organisation(connection, organisation, time_zone=demo_hiring.ZONE, reply_days=10)
        ids = {}
        for role, name, email in STAFF:
            ids[role] = stored_accounts.add(
                connection,
                organisation_id=organisation,
                role=role,
                email_hash=house.vault.hash(email),
                email_sealed=house.vault.seal(email),
                name_sealed=house.vault.seal(name),
                password_hash=accounts.hashed(PASSWORD),
                now=now - timedelta(days=HERE_SINCE),
            )
    staff = {role: Actor("staff", organisation, ids[role], role, name=name) for role, name, _ in STAFF}
    actor = staff["hr_manager"]
    parts = read_document(ROOT / "data/demo/names.yaml")
    names = [f"{first} {last}" for first in parts["first"] for last in parts["last"]]
    rng.shuffle(names)
    opened_ones = []
    for role, title, site, hours, pay, people_wanted in OPENINGS:
        opened = now - timedelta(days=int(rng.integers(20, 28)))
        vacancy = vacancies.open_vacancy(
            house, role, title=title, site=site, hours=hours, pay=pay, actor=actor, now=opened
        )
        with house.database.write() as connection:
            _fill(connection, house, vacancy, [names.pop() for _ in range(people_wanted)], actor, rng=rng, now=now)
        opened_ones.append(vacancy)
    people = demo_hiring.Staff(actor, staff["interviewer"], staff["supervisor"])
    front_desk, elder_care, _ = opened_ones
    demo_hiring.go_on(house, elder_care, front_desk, people, now=now)
    demo_first_days.live_on(house, people, front_desk.id, rng=rng, now=now)
    demo_hiring.hand_over_old(house, people, now=now)
    return organisation


def _fill(
    connection: Connection,
    house: House,
    vacancy: vacancies.Vacancy,
    names: list[str],
    actor: Actor,
    *,
    rng: np.random.Generator,
    now: datetime,
) -> None:
    instrument = house.library.questionnaire(vacancy.form.questionnaire)
    made_under = keep_asked(connection, house, actor.organisation_id, vacancy.role, now=vacancy.created_at)
    sheets = made_up_sheets(house, vacancy.form, instrument, len(names), rng=rng)
    row = stored_vacancies.one(connection, vacancy.id, organisation_id=actor.organisation_id)
    if row is None:
        return
    for at, (name, sheet) in enumerate(zip(names, sheets, strict=True)):
        state = STATES[0] if at == 0 else str(rng.choice(STATES, p=SHARES))
        language = "es" if rng.random() < 0.25 else "en"
        invited = now - timedelta(days=float(rng.uniform(16, 19) if state == "expired" else rng.uniform(1, 12)))
        email = f"{name.lower().replace(' ', '.')}.{at}@people.example"
        person = people.add(
            connection,
            organisation_id=actor.organisation_id,
            name_sealed=house.vault.seal(name),
            email_sealed=house.vault.seal(email),
            email_hash=house.vault.hash(email),
            language=language,
            now=invited,
        )
        application = applications.add(connection, vacancy_id=vacancy.id, person_id=person, channel="link", now=invited)
        begun = invited + timedelta(hours=float(rng.uniform(2, 20)))
        minutes = float(rng.uniform(3, 6) if rng.random() < 0.08 else rng.uniform(9, 19))
        sitting = sittings.add(
            connection,
            application_id=application,
            status={"finished": "submitted", "withdrawn": "withdrawn"}.get(state, "open"),
            step={"finished": "result", "withdrawn": "left", "started": "questions"}.get(state, "welcome"),
            language=language,
            large_text=False,
            profile_id=row.profile_id,
            facts_id=row.facts_id,
            expires_at=stamp(invited + OPEN_FOR),
            agreed_at=stamp(begun) if state in ("finished", "started") else None,
            started_at=stamp(begun) if state in ("finished", "started") else None,
            finished_at=stamp(begun + timedelta(minutes=minutes)) if state == "finished" else None,
            now=invited,
            **made_under,
        )
        new_door(connection, house, sitting, now=invited)
        begin_in(connection, application, vacancy_id=vacancy.id, actor=actor, now=invited)
        for to, when in _way(state, begun, begun + timedelta(minutes=minutes)):
            move_in(connection, house, application, to, actor=actor, now=when)
        fields = list(sheet) if state == "finished" else list(sheet)[: int(rng.integers(8, 40))]
        if state in ("finished", "started"):
            demo_data.put_answers(connection, sitting, {f: sheet[f] for f in fields}, now=begun)
            facts = [fact.id for fact in vacancy.facts["en"]]
            picks = rng.choice(["fine", "talk", "not_for_me"], p=[0.8, 0.15, 0.05], size=len(facts))
            demo_data.put_facts(connection, sitting, dict(zip(facts, map(str, picks), strict=True)), now=begun)
        if state == "finished":
            score_sitting(connection, sitting, begun + timedelta(minutes=minutes))
            if rng.random() < 0.12:
                text = NOTES[int(rng.integers(len(NOTES)))]
                said.add_note(connection, sitting_id=sitting, text_sealed=house.vault.seal(text), now=begun)
            if rng.random() < 0.06:
                text = QUESTIONS[int(rng.integers(len(QUESTIONS)))]
                asked = now - timedelta(hours=float(rng.uniform(1, 20)))
                said.add_question(connection, application_id=application, text_sealed=house.vault.seal(text), now=asked)
        if state == "finished" and now - begun > READ_AFTER:
            audit.append(
                connection, actor.organisation_id, actor=actor.label, kind="report_opened", subject=application, now=now
            )
        audit.append(
            connection,
            actor.organisation_id,
            actor="system",
            kind="made_up",
            subject=application,
            now=now,
            body={"state": state},
        )


def _way(state: str, begun: datetime, ended: datetime) -> tuple[tuple[str, datetime], ...]:
    """The stages somebody has come through by themselves."""
    steps = {
        "finished": ("answering", "to_read"),
        "started": ("answering",),
        "withdrawn": ("withdrawn",),
    }.get(state, ())
    return tuple(zip(steps, (begun, ended), strict=False))


def made_up_sheets(
    house: House, form: Form, instrument: Instrument, n: int, *, rng: np.random.Generator
) -> list[dict[str, int | str]]:
    """Answers of n made-up people from a graded response model; about one in twenty answers carelessly."""
    answers: dict[str, np.typing.NDArray[np.int64]] = {}
    low, high = instrument.format.low, instrument.format.high
    for facet in form.facets:
        own = [instrument.by_id[id_] for id_ in form.items if id_ in instrument.by_id]
        items = [item for item in own if item.facet == facet]
        theta = rng.standard_normal(n)
        thresholds = np.tile(STEPS + shift_for_mean(house.norms.facets[facet].mean), (len(items), 1))
        counted = simulate(theta, np.full(len(items), SLOPE), thresholds, rng=rng, low=low)
        for at, item in enumerate(items):
            answers[item.id] = low + high - counted[:, at] if item.keyed == "minus" else counted[:, at]
    careless = rng.random(n) < 0.05
    checks = {check.id: check.expects for check in instrument.checks}
    scenarios = house.library.scenarios().by_id()
    sheets = []
    for person in range(n):
        same = int(rng.integers(low, high + 1))
        sheet: dict[str, int | str] = {}
        for id_ in form.items:
            right = checks[id_] if id_ in checks else int(answers[id_][person])
            sheet[id_] = same if careless[person] else right
        for id_ in form.scenarios:
            options = scenarios[id_].options
            letters = sorted(options)
            keys = np.array([options[letter].key for letter in letters])
            best = int(rng.choice(len(letters), p=_soft(keys)))
            rest = np.where(np.arange(len(letters)) == best, -np.inf, -keys)
            sheet[f"{id_}.best"], sheet[f"{id_}.worst"] = (
                letters[best],
                letters[int(rng.choice(len(letters), p=_soft(rest)))],
            )
        sheets.append(sheet)
    return sheets


def shift_for_mean(mean: float) -> float:
    """How far to move the thresholds so that people answer `mean` on average, found by halving."""
    theta = np.linspace(-4, 4, 161)
    weight = np.exp(-theta * theta / 2)
    low, high = -6.0, 6.0
    for _ in range(40):
        middle = (low + high) / 2
        p = category_probabilities(theta, np.array([SLOPE]), (STEPS + middle)[None, :])[:, 0, :]
        reached = float((weight * (p @ np.arange(1, 6))).sum() / weight.sum())
        low, high = (middle, high) if reached > mean else (low, middle)
    return (low + high) / 2


def _soft(values: Floats) -> Floats:
    weight: Floats = np.exp(values - values.max())
    share: Floats = weight / weight.sum()
    return share
