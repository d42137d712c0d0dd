"""Who takes part in a group that grows together: invited by name, reminded, free to leave with all that is theirs."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection

from assessment.errors import ClosedError, NotAllowedError, SheetError, UnknownIdError
from assessment.services.actor import Actor, require
from assessment.services.first_days import own_work
from assessment.services.growth import group_in
from assessment.services.growth_sheet import new_sheet_in
from assessment.services.house import House
from assessment.services.invitations import person_of
from assessment.services.invitees import Invitee, Preview, PreviewRow, problems_with, read_invitees
from assessment.services.new_door import OPEN_FOR, new_door
from assessment.services.organisation import organisation_in
from assessment.services.remind_by_hand import Reminded, by_day
from assessment.services.seminar_leaving import leave_seminars_in
from assessment.services.shortlist import opened_name
from assessment.services.sign_off import require_sign_off
from assessment.services.telling import LINK_GONE, own_link, tell_candidate
from assessment.storage import applications, audit, doors, outbox, sittings, stages, teams
from assessment.storage import growth as stored
from assessment.storage import peers as stored_peers
from assessment.storage.clock import moment, stamp
from assessment.storage.record import Record

MemberState = Literal["waiting", "ended", "answered", "left"]


@dataclass(frozen=True)
class GroupMember:
    """Who was invited and whether they have answered; nothing of what they said.

    `by_hand`: they get no mail, so somebody passes the link on, which is good until they have answered.
    """

    application_id: str
    name: str
    state: MemberState
    by_hand: bool


def preview_members(house: House, group_id: str, content: str | bytes, *, actor: Actor) -> Preview:
    """Every row of a list with its problems; nothing is kept, and nothing is said of what people answered elsewhere."""
    require(actor)
    invitees = read_invitees(content, default_language="en")
    twice = {email for email, n in Counter(i.email for i in invitees if i.email).items() if n > 1}
    with house.database.read() as connection:
        group_in(connection, actor, group_id)
        there = {row.email_hash: row.stage for row in stored.members(connection, group_id) if row.email_hash}
    rows = []
    for invitee in invitees:
        problems = list(problems_with(invitee, house.library.languages()))
        if invitee.email in twice:
            problems.append("this e-mail stands twice in the list")
        if invitee.email and (stage := there.get(house.vault.hash(invitee.email))):
            problems.append("is in this group already" if stage == stored.IN_GROUP else "has left this group")
        rows.append(PreviewRow(invitee, tuple(problems), None))
    return Preview(tuple(rows))


def invite_to_group(
    house: House, group_id: str, invitees: Sequence[Invitee], *, actor: Actor, now: datetime
) -> tuple[str, ...]:
    """An own sheet and a personal link for each, by mail where they have one; all of them or none. Returns applications.

    Raises
    ------
    SheetError : somebody is in the group already
    ClosedError : the group is closed
    """
    require(actor)
    if not invitees:
        raise SheetError("There is nobody to invite.")
    with house.database.write() as connection:
        group = _open_group(connection, actor, group_id)
        require_sign_off(connection, actor.organisation_id)
        return tuple(_invite_one(connection, house, group, one, actor=actor, now=now) for one in invitees)


def group_members(house: House, group_id: str, *, actor: Actor, now: datetime) -> tuple[GroupMember, ...]:
    """Who was invited, and who has answered."""
    require(actor)
    with house.database.read() as connection:
        group_in(connection, actor, group_id)
        rows = stored.members(connection, group_id)
    return tuple(
        GroupMember(row.id, opened_name(house, row.name_sealed), _state(row, now), _by_hand(house, row)) for row in rows
    )


def remind_group(house: House, group_id: str, *, actor: Actor, now: datetime) -> Reminded:
    """Write once more to everybody who has not answered, with a link that is good for another 14 days; once a day."""
    require(actor)
    queued, left_out = 0, dict[str, int]()
    with house.database.write() as connection:
        _open_group(connection, actor, group_id)
        organisation = organisation_in(connection, actor.organisation_id)
        goes_at = by_day(now, organisation.zone)
        for row in stored.members(connection, group_id):
            key = f"growth_reminder:{row.id}:{organisation.day(goes_at)}"
            because = ""
            if _state(row, now) not in ("waiting", "ended"):
                because = "nothing left to answer"
            elif _by_hand(house, row):
                because = "no mail: please pass the link on"
            elif outbox.by_key(connection, actor.organisation_id, key) is not None:
                because = "reminded already for that day"
            if because:
                left_out[because] = left_out.get(because, 0) + 1
                continue
            _keep_open(connection, row.sitting_id, now=goes_at)
            try:
                link = own_link(connection, house, row.sitting_id, now=now)
            except NotAllowedError:
                left_out[LINK_GONE] = left_out.get(LINK_GONE, 0) + 1
                continue
            tell_candidate(
                connection,
                house,
                row.id,
                "growth_invitation",
                key=key,
                values={"link": link},
                not_before=goes_at,
                actor=actor,
                now=now,
            )
            queued += 1
    return Reminded(queued, goes_at, left_out)


def link_to_pass_on(house: House, application_id: str, *, actor: Actor, now: datetime) -> str:
    """The link of somebody who gets no mail, good for 14 days and no more once they have answered.

    Raises
    ------
    NotAllowedError : it goes by mail, so that only they have it; or they have answered
    """
    require(actor)
    with house.database.write() as connection:
        row = applications.one(connection, application_id, organisation_id=actor.organisation_id, or_growth=True)
        of_group = row is not None and stored.group(connection, row.vacancy_id, organisation_id=actor.organisation_id)
        if row is None or not of_group:
            raise UnknownIdError("application", application_id)
        member = next(m for m in stored.members(connection, row.vacancy_id) if m.id == application_id)
        if member.handed_in or member.stage != stored.IN_GROUP:
            raise NotAllowedError("This page is theirs alone now; there is no link to pass on.")
        if not _by_hand(house, member) or stored.was_mailed(connection, application_id):
            raise NotAllowedError("Their link goes by mail, so that nobody else has it.")
        _keep_open(connection, member.sitting_id, now=now)
        door = doors.newest(connection, member.sitting_id)
        _log(connection, actor, "growth_link_shown", application_id, now)
        if door is None or door.revoked_at or moment(door.expires_at) <= now:
            return new_door(connection, house, member.sitting_id, now=now)
        return f"{house.base_url}/i/{house.vault.open(door.token_sealed)}"


def leave_growth(house: House, *, actor: Actor, now: datetime) -> None:
    """The person takes back all that is theirs here: answers, own view, what colleagues said. A group goes on without
    them; a summary they were in is not shown any more, they count in no team, and their places in seminars are free.
    Somebody hired keeps what they were hired on."""
    with house.database.write() as connection:
        row = own_work(connection, actor, hold=True)
        if row.purpose != "growth":
            raise NotAllowedError("Please open your growth page by its own link first.")
        stages.current(
            connection, row.application_id, organisation_id=actor.organisation_id
        )  # no colleague answers now
        stored.erase_sheets(connection, row.application_id)
        stored_peers.erase(connection, row.application_id)
        if row.stage == stored.IN_GROUP:
            values = {"stage": "withdrawn", "withdrawn_at": stamp(now)}
            sittings.change_application(connection, row.application_id, **values)
            leave_seminars_in(connection, house, row.application_id, actor=actor, now=now)
            for team_id in teams.leave_open_teams(connection, row.application_id, now=now):
                _log(connection, actor, "team_left", row.application_id, now, team=team_id)
        _log(connection, actor, "growth_taken_back", row.application_id, now)


def _open_group(connection: Connection, actor: Actor, group_id: str) -> Record:
    row = group_in(connection, actor, group_id)
    if row.closed_at:
        raise ClosedError("This group is closed. Open it again to invite or remind people.")
    return row


def _invite_one(
    connection: Connection, house: House, group: Record, invitee: Invitee, *, actor: Actor, now: datetime
) -> str:
    if problems := problems_with(invitee, house.library.languages()):
        raise SheetError(f"Row {invitee.row}: {problems[0]}.")
    person = person_of(connection, house, invitee, actor=actor, now=now)
    if any(row.person_id == person for row in stored.members(connection, group.id)):
        raise SheetError(f"Row {invitee.row}: this person was invited to this group already.")
    application = applications.add(
        connection,
        vacancy_id=group.id,
        person_id=person,
        channel="link",
        stage=stored.IN_GROUP,
        stage_since=stamp(now),
        now=now,
    )
    sitting = new_sheet_in(
        connection,
        house,
        application_id=application,
        organisation_id=actor.organisation_id,
        role=group.role,
        profile_id=group.profile_id,
        facts_id=group.facts_id,
        language=invitee.language,
        now=now,
    )
    link = new_door(connection, house, sitting, now=now)
    _log(connection, actor, "growth_invited", application, now, group=group.id)
    tell_candidate(
        connection,
        house,
        application,
        "growth_invitation",
        key=f"growth_invitation:{application}",
        values={"link": link},
        actor=actor,
        now=now,
    )
    return application


def _keep_open(connection: Connection, sitting_id: str, *, now: datetime) -> None:
    until = now + OPEN_FOR
    sittings.change(connection, sitting_id, status="open", expires_at=stamp(until))
    doors.keep_open(connection, sitting_id, until=until)


def _state(row: Record, now: datetime) -> MemberState:
    if row.stage != stored.IN_GROUP:
        return "left"
    if row.handed_in:
        return "answered"
    if row.status == "withdrawn":
        return "left"
    return "waiting" if row.status == "open" and moment(row.expires_at) > now else "ended"


def _by_hand(house: House, row: Record) -> bool:
    return row.email_sealed is None or not house.sends_mail


def _log(connection: Connection, actor: Actor, kind: str, subject: str, now: datetime, **body: object) -> None:
    audit.append(connection, actor.organisation_id, actor=actor.label, kind=kind, subject=subject, now=now, body=body)
