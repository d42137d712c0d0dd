"""What a role asks for and why; every change is a new version with an author and a reason."""

from html import escape

import streamlit as st

from assessment.pages.parts.dress import card, grade, html
from assessment.pages.parts.show_chart import show_chart
from assessment.pages.parts.staff_frame import begin, draft_note, parameter, top
from assessment.pages.parts.stages_of_role import stages_card
from assessment.pages.parts.trouble import said_here
from assessment.reports.charts.facet_ranges import facet_ranges
from assessment.reports.ranges import RangeRow
from assessment.reports.words import day
from assessment.roles.library import role_words
from assessment.roles.profile import Requirement, RoleProfile
from assessment.services.profiles import current_profile, diff, profile_versions, save_profile
from assessment.services.shortlist import facet_names
from assessment.services.vacancies import vacancy

NARROW = 20.0
desk = begin()
names = facet_names(desk.house.library)
titles = {role: words.title for role, words in role_words("en").items()}
opening = vacancy(desk.house, parameter("vacancy"), actor=desk.actor, now=desk.now) if parameter("vacancy") else None


def asked(r: Requirement) -> str:
    return f"{r.low:g} or more" if r.high is None else f"{r.low:g} to {r.high:g}"


def row(profile: RoleProfile, r: Requirement, total: float) -> str:
    figures = "".join(f"<li>{escape(figure)}</li>" for figure in r.evidence.figures)
    proxy = f'<p class="muted small">{escape(r.proxy_note)}</p>' if r.proxy_note else ""
    return (
        f'<tr><td><b>{escape(names[r.facet])}</b><br><span class="muted small">{profile.part_of(r.facet).capitalize()}</span></td>'
        f"<td>{escape(r.because)}{proxy}</td>"
        f'<td class="n" data-label="Asked for">{asked(r)}</td>'
        f'<td class="n" data-label="Weight">{100 * r.weight / total:.0f}</td>'
        f"<td>{grade(r.evidence.grade)}<details><summary>Figures</summary><ul>{figures}</ul></details></td></tr>"
    )


if opening is None:
    roles = list(titles)
    wanted = parameter("role")
    role = st.selectbox(
        "Role", roles, index=roles.index(wanted) if wanted in roles else 0, format_func=lambda r: titles[r]
    )
    profile = current_profile(desk.house, role, actor=desk.actor)
else:
    role, profile = opening.role, opening.profile
where = f"Role profiles · version {profile.version} · {profile.status.replace('_', ' ')}"
top(desk, "profile", titles[role] if opening is None else opening.title, profile.purpose, above=where)
draft_note(
    more="A profile is a starting point for a local job analysis. While it is a draft it plans the interview and the training; it "
    "decides nothing."
)
if profile.caution:
    html(f"<p>{escape(profile.caution)}</p>")

order = {"core": 0, "signature": 1, "other": 2}
requirements = sorted(profile.requirements, key=lambda r: order[profile.part_of(r.facet)])
groups = {f.id: f.group or "" for f in desk.house.library.questionnaire().facets}
with card("ranges"):
    html(
        "<h2>What the work asks for</h2><p class='muted'>A band with two ends is a range: too little and too much both cost. "
        "A band open to the right is a floor: enough is enough.</p>"
    )
    ranges = [
        RangeRow(names[r.facet], groups[r.facet], profile.part_of(r.facet).capitalize(), None, 0.0, r.low, r.high)
        for r in requirements
    ]
    show_chart(facet_ranges, ranges, key=f"ranges-{role}")
with card("rows"):
    total = sum(r.weight for r in requirements)
    html(
        "<h2>Why each row is there</h2>"
        '<table class="stack"><thead><tr><th>Facet</th><th>The duty it serves</th><th class="n">Asked for</th>'
        f'<th class="n">Weight of 100</th><th>Evidence</th></tr></thead><tbody>{"".join(row(profile, r, total) for r in requirements)}</tbody></table>'
    )

with card("edit"):
    html(
        "<h2>Change a row</h2><p class='muted'>Saving makes a new version with your name and reason. "
        "People who answered before keep the version they were read by.</p>"
    )
    facet = st.selectbox(
        "Facet", [r.facet for r in requirements], format_func=lambda f: names[f], key=f"edit-facet-{role}"
    )
    r = next(r for r in requirements if r.facet == facet)
    with st.form(f"edit-{role}-{facet}-{profile.version}", border=False):
        kind = st.radio(
            "Kind",
            ["floor", "range"],
            index=["floor", "range"].index(r.kind),
            horizontal=True,
            captions=["enough is enough", "too much costs too"],
        )
        one, two, three = st.columns(3)
        low = one.number_input("From (T)", 20.0, 80.0, float(r.low), 1.0, format="%g")
        high = two.number_input(
            "To (T), for a range", 20.0, 80.0, float(r.high if r.high is not None else 70), 1.0, format="%g"
        )
        weight = three.number_input("Weight", 0.0, 100.0, float(r.weight), 1.0, format="%g")
        because = st.text_area("The duty it serves", r.because, max_chars=600)
        reason = st.text_input("Why do you change it?", max_chars=1000)
        if st.form_submit_button("Save as a new version"):
            with said_here():
                changed = {
                    "kind": kind,
                    "low": low,
                    "high": high if kind == "range" else None,
                    "weight": weight,
                    "because": because,
                }
                body = [
                    {**x.model_dump(mode="json"), **(changed if x.facet == facet else {})} for x in profile.requirements
                ]
                saved = save_profile(
                    desk.house,
                    role,
                    body,
                    reason=reason,
                    actor=desk.actor,
                    now=desk.now,
                    vacancy_id=opening.id if opening else None,
                )
                note = f"Version {saved.version} is saved."
                if kind == "range" and high - low < NARROW:
                    note += f" The range is {high - low:g} T wide; narrower than {NARROW:g} says more than six lines can measure."
                st.session_state["saved"] = note
                st.rerun()
    if "saved" in st.session_state:
        html(f'<p role="status">{escape(st.session_state.pop("saved"))}</p>')

stages_card(desk, role)

versions = profile_versions(desk.house, role, actor=desk.actor)
if versions:
    with card("versions"):
        html("<h2>Versions</h2>")
        for before, version in zip((None, *versions), versions, strict=False):
            html(
                f"<p><b>{escape(version.version)}</b> · {escape(version.author)}, {day(version.created_at)}: {escape(version.reason)}</p>"
            )
            if before is not None:
                changes = "".join(
                    f"<li>{escape(names[c.facet])}, {escape(c.field)}: {escape(c.before)} → {escape(c.after)}</li>"
                    for c in diff(before.profile, version.profile)
                )
                html(f'<ul class="muted small">{changes}</ul>')
