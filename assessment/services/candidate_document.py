"""One person's report for paper, from the same reading and by the same words as the page."""

from assessment.errors import NotAllowedError
from assessment.instruments.library import Library
from assessment.reports.candidate_report import (
    CandidateReport,
    FacetLine,
    Fact,
    FullPart,
    OpenPoint,
    Scene,
    WhyFacet,
    Written,
)
from assessment.reports.match_words import asked_words, error_words, fit_words, t_words
from assessment.reports.words import (
    CHIPS,
    DRAFT,
    FACET_BANDS,
    FACT_CHIPS,
    PERSON_CHIPS,
    UNSTEADY,
    band_advice,
    band_words,
    day,
    names_of,
)
from assessment.roles.library import explore_questions
from assessment.services.reading import Reading, ScenarioReading
from assessment.services.reading_words import first_name, how_line, range_rows, standings_line
from assessment.services.why import Why, fit_sum, group_words, match_sentence, sums, theta_words, why


def candidate_report(read: Reading, *, library: Library, full: bool) -> CandidateReport:
    """The page for the line manager; with `full`, everything behind it too.

    Raises
    ------
    NotAllowedError : the answers are not handed in yet
    """
    if read.state != "finished":
        raise NotAllowedError("The answers are not here yet. A report can be made once they are handed in.")
    who = first_name(read)
    asked = [m for m in read.fit.matches if m.requirement.facet in read.form.facets]
    return CandidateReport(
        name=read.name,
        first_name=who,
        vacancy=read.vacancy_title,
        how=how_line(read),
        chip=PERSON_CHIPS[read.fit.band],
        band=band_words(read.fit.band, names_of(read.fit.named, read.facet_names)),
        advice=band_advice(read.fit.band),
        draft=DRAFT,
        unsteady=UNSTEADY,
        fits=(fit_words("Signature", read.fit.signature), fit_words("Core", read.fit.core)),
        chart_line=f"Soft band: the range. Mark: {who}. Line: how far off it may be (95 %).{standings_line(read)}",
        facets=tuple(
            FacetLine(row, t_words(m), error_words(m), asked_words(m.requirement), CHIPS[m.band], FACET_BANDS[m.band])
            for row, m in zip(range_rows(read), asked, strict=True)
        ),
        explore=_explore(read),
        nothing_to_explore="Nothing is outside its range. Ask what matters to the person.",
        full=_full(read, library) if full else None,
    )


def versions(read: Reading) -> tuple[tuple[str, str], ...]:
    """What the numbers rest on, so that they can be made again."""
    stood = next((m.standing for m in read.fit.matches if m.standing is not None), None)
    return (
        ("Comparison group", group_words(read, stood) if stood else f"{read.norms.id} {read.norms.version}"),
        ("Role profile", f"{read.profile.id} {read.profile.version} ({read.profile.status.replace('_', ' ')})"),
        ("Questionnaire", f"{read.instrument.id} {read.instrument.version}"),
        ("Form", f"{read.form.id} {read.form.version}"),
        ("Application", read.application_id),
    )


def _explore(read: Reading) -> tuple[OpenPoint, ...]:
    questions, because = explore_questions(), {m.requirement.facet: m for m in read.fit.matches}
    return tuple(
        OpenPoint(
            facet=read.facet_names[facet],
            chip=CHIPS[because[facet].band],
            says=FACET_BANDS[because[facet].band],
            question=questions[facet].question,
            because=because[facet].requirement.because,
            do_not_ask=questions[facet].do_not_ask,
        )
        for facet in read.fit.explore
    )


def _full(read: Reading, library: Library) -> FullPart:
    facets = [m.requirement.facet for m in read.fit.matches if m.requirement.facet in read.form.facets]
    found = [why(read, facet, library=library) for facet in facets]
    parts = (("Signature", read.fit.signature), ("Core", read.fit.core))
    return FullPart(
        why=tuple(_why(w, read) for w in found),
        fit_sums=tuple(
            (f"{name} fit = Σ weight × expected match ÷ Σ weight:", fit_sum(read, name.lower()) or "not measured")
            for name, _ in parts
        ),
        scenes=tuple(_scene(scene) for scene in read.scenarios),
        facts=tuple(Fact(f.title, f.text, *FACT_CHIPS.get(f.answer or "", ("quiet", "left open"))) for f in read.facts),
        own_words=tuple(
            Written(
                note.text, f"{f'Note on {note.about}' if note.about else 'Note on the whole result'}, {day(note.at)}"
            )
            for note in read.notes
        ),
        versions=versions(read),
        sure=(
            f"{UNSTEADY} {DRAFT}",
            "Expected match: the mean match over where the person may truly stand, N(50 + r (T − 50), 100 r (1 − r)); r is "
            "the reliability that stands in the sum of the error.",
            "The line beside each mark is where the person stands in 95 of 100 such cases; the interval of a fit is where "
            "eight in ten of such people truly lie.",
            f"{read.quality_note}. Time is never a sign: it depends on language, reading and disability.",
        ),
    )


def _why(found: Why, read: Reading) -> WhyFacet:
    steps = sums(found, read)
    too_few = "Too few of these lines were answered to work it out (at least 8 in 10 are needed)."
    sentence = match_sentence(found.match, read) if steps else too_few
    because = f"Why it is asked: {found.match.requirement.because} {theta_words(found, read)}".strip()
    return WhyFacet(found.name, steps, sentence, because)


def _scene(scene: ScenarioReading) -> Scene:
    picks = []
    for words, pick in (("Picked as best", scene.best), ("Picked as worst", scene.worst)):
        picks.append(
            (words, pick.text, f"Key {pick.key:g} of 5: {pick.because}") if pick else (words, "not answered", "")
        )
    return Scene(f"{scene.topic.capitalize()} · {', '.join(scene.competencies).lower()}", scene.stem, tuple(picks))


def report_title(read: Reading) -> str:
    return f"{read.name}: {read.vacancy_title}"
