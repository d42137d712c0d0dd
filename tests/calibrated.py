"""A calibrated form written straight to storage, strong enough that a questionnaire stops early."""

import numpy as np

from assessment.scoring.calibrated import CalibratedFacet, CalibratedForm, CalibratedItem
from assessment.services.house import House
from assessment.services.versions import comparable_name
from assessment.storage import documents, vacancies
from tests.hiring import NOW, Hiring


def calibrated_form(house: House, role: str = "front_desk_officer", *, slope: float = 3.0) -> CalibratedForm:
    form = house.library.form(role)
    instrument = house.library.questionnaire(form.questionnaire)
    rng = np.random.default_rng(3)
    items = {}
    for id_ in form.items:
        if id_ in instrument.by_id:
            b = np.array([-1.8, -0.6, 0.6, 1.8]) + rng.uniform(-0.5, 0.5)
            a = slope * rng.uniform(0.9, 1.1)
            items[id_] = CalibratedItem(facet=instrument.by_id[id_].facet, a=float(a), b=tuple(map(float, b)))
    return CalibratedForm(
        id="temperament",
        version="1.0",
        questionnaire=instrument.id,
        questionnaire_version=instrument.version,
        n=1200,
        period="2026",
        source="made up for tests",
        items=items,
        facets={facet: CalibratedFacet(eap_mean=0.02, eap_sd=0.9, reliability=0.85) for facet in form.facets},
    )


def put_to_use(house: House, organisation_id: str, form: CalibratedForm) -> str:
    """Keep a calibration and choose it for new sittings; returns its document."""
    name = comparable_name(house.library.questionnaire(form.questionnaire))
    with house.database.write() as connection:
        id_ = documents.keep(
            connection,
            organisation_id,
            kind="calibration",
            name=name,
            version=form.version,
            body=form.model_dump(mode="json"),
            author="system",
            reason="for a test",
            now=NOW,
        )
        documents.choose(
            connection, organisation_id, "calibration", id_, name=name, author="system", reason="for a test", now=NOW
        )
    return id_


def calibrate(hiring: Hiring, *, slope: float = 3.0) -> str:
    return put_to_use(hiring.house, hiring.staff.organisation_id, calibrated_form(hiring.house, slope=slope))


def stop_early_at(house: House, vacancy_id: str) -> None:
    """Switch an opening on, without the verb."""
    with house.database.write() as connection:
        vacancies.change(connection, vacancy_id, adaptive=True)
