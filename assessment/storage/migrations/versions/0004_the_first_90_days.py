"""the first 90 days: plans, modules, seminars, check-ins, growth, teams, outcomes

Columns are added in place, as in 0002.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "group_releases",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("organisation_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("group_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("members", sa.Text(), nullable=False),
        sa.Column("created_at", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_group_releases_organisation_id_organisations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_releases")),
        sa.UniqueConstraint("kind", "group_id", "number", name=op.f("uq_group_releases_kind")),
    )
    op.create_index(op.f("ix_group_releases_group_id"), "group_releases", ["group_id"], unique=False)
    op.create_index(op.f("ix_group_releases_organisation_id"), "group_releases", ["organisation_id"], unique=False)
    op.create_table(
        "seminars",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("organisation_id", sa.String(length=32), nullable=False),
        sa.Column("module", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("starts_at", sa.String(length=32), nullable=False),
        sa.Column("ends_at", sa.String(length=32), nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("led_by", sa.String(length=200), nullable=False),
        sa.Column("uid", sa.String(length=100), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.String(length=32), nullable=False),
        sa.Column("cancelled_at", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_seminars_organisation_id_organisations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seminars")),
        sa.UniqueConstraint("uid", name=op.f("uq_seminars_uid")),
    )
    op.create_index(op.f("ix_seminars_organisation_id"), "seminars", ["organisation_id"], unique=False)
    op.create_table(
        "teams",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("organisation_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("site", sa.String(length=200), nullable=False),
        sa.Column("made_by", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.String(length=32), nullable=False),
        sa.Column("closed_at", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_teams_organisation_id_organisations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teams")),
    )
    op.create_index(op.f("ix_teams_organisation_id"), "teams", ["organisation_id"], unique=False)
    op.create_table(
        "check_ins",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("application_id", sa.String(length=32), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=10), nullable=False),
        sa.Column("due_on", sa.String(length=10), nullable=False),
        sa.Column("asked_at", sa.String(length=32), nullable=True),
        sa.Column("reminded_at", sa.String(length=32), nullable=True),
        sa.Column("answered_at", sa.String(length=32), nullable=True),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("answered_by", sa.String(length=64), nullable=True),
        sa.Column("wants_talk", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_check_ins_application_id_applications")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_ins")),
        sa.UniqueConstraint("application_id", "day", "side", name=op.f("uq_check_ins_application_id")),
    )
    op.create_index(op.f("ix_check_ins_application_id"), "check_ins", ["application_id"], unique=False)
    op.create_index(op.f("ix_check_ins_due_on"), "check_ins", ["due_on"], unique=False)
    op.create_table(
        "feedback_counts",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("application_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("on_day", sa.String(length=10), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("noted_by", sa.String(length=64), nullable=False),
        sa.Column("came_by", sa.String(length=8), nullable=False),
        sa.Column("created_at", sa.String(length=32), nullable=False),
        sa.Column("removed_at", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_feedback_counts_application_id_applications")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_counts")),
    )
    op.create_index(op.f("ix_feedback_counts_application_id"), "feedback_counts", ["application_id"], unique=False)
    op.create_table(
        "leavings",
        sa.Column("application_id", sa.String(length=32), nullable=False),
        sa.Column("left_on", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("noted_by", sa.String(length=64), nullable=False),
        sa.Column("noted_at", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_leavings_application_id_applications")
        ),
        sa.PrimaryKeyConstraint("application_id", name=op.f("pk_leavings")),
    )
    op.create_table(
        "module_work",
        sa.Column("application_id", sa.String(length=32), nullable=False),
        sa.Column("module", sa.String(length=64), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("steps", sa.Text(), nullable=False),
        sa.Column("picks", sa.Text(), nullable=False),
        sa.Column("notes_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("rev", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("begun_at", sa.String(length=32), nullable=False),
        sa.Column("done_at", sa.String(length=32), nullable=True),
        sa.Column("confirmed_by", sa.String(length=32), nullable=True),
        sa.Column("confirmed_at", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_module_work_application_id_applications")
        ),
        sa.ForeignKeyConstraint(["confirmed_by"], ["accounts.id"], name=op.f("fk_module_work_confirmed_by_accounts")),
        sa.PrimaryKeyConstraint("application_id", "module", name=op.f("pk_module_work")),
    )
    op.create_table(
        "outcome_sheets",
        sa.Column("application_id", sa.String(length=32), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("ratings", sa.Text(), nullable=False),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.Column("saved_at", sa.String(length=32), nullable=False),
        sa.Column("handed_in_at", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_outcome_sheets_account_id_accounts")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_outcome_sheets_application_id_applications")
        ),
        sa.PrimaryKeyConstraint("application_id", "account_id", name=op.f("pk_outcome_sheets")),
    )
    op.create_index(op.f("ix_outcome_sheets_account_id"), "outcome_sheets", ["account_id"], unique=False)
    op.create_table(
        "peer_requests",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("application_id", sa.String(length=32), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("token_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("to_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("to_hash", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("created_at", sa.String(length=32), nullable=False),
        sa.Column("expires_at", sa.String(length=32), nullable=False),
        sa.Column("answered_at", sa.String(length=32), nullable=True),
        sa.Column("revoked_at", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_peer_requests_application_id_applications")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_peer_requests")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_peer_requests_token_hash")),
    )
    op.create_index(op.f("ix_peer_requests_application_id"), "peer_requests", ["application_id"], unique=False)
    op.create_table(
        "peer_sheets",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("application_id", sa.String(length=32), nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_peer_sheets_application_id_applications")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_peer_sheets")),
    )
    op.create_index(op.f("ix_peer_sheets_application_id"), "peer_sheets", ["application_id"], unique=False)
    op.create_table(
        "plan_ticks",
        sa.Column("application_id", sa.String(length=32), nullable=False),
        sa.Column("line", sa.String(length=64), nullable=False),
        sa.Column("done_at", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_plan_ticks_application_id_applications")
        ),
        sa.PrimaryKeyConstraint("application_id", "line", name=op.f("pk_plan_ticks")),
    )
    op.create_table(
        "plans",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("application_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.String(length=10), nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("author", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.String(length=32), nullable=False),
        sa.Column("shared_at", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_plans_application_id_applications")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plans")),
        sa.UniqueConstraint("application_id", "number", name=op.f("uq_plans_application_id")),
    )
    op.create_index(op.f("ix_plans_application_id"), "plans", ["application_id"], unique=False)
    op.create_table(
        "self_sheets",
        sa.Column("application_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("saved_at", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_self_sheets_application_id_applications")
        ),
        sa.PrimaryKeyConstraint("application_id", "number", name=op.f("pk_self_sheets")),
    )
    op.create_table(
        "seminar_places",
        sa.Column("seminar_id", sa.String(length=32), nullable=False),
        sa.Column("application_id", sa.String(length=32), nullable=False),
        sa.Column("taken_at", sa.String(length=32), nullable=False),
        sa.Column("given_back_at", sa.String(length=32), nullable=True),
        sa.Column("attended", sa.Boolean(), nullable=True),
        sa.Column("attended_by", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_seminar_places_application_id_applications")
        ),
        sa.ForeignKeyConstraint(["attended_by"], ["accounts.id"], name=op.f("fk_seminar_places_attended_by_accounts")),
        sa.ForeignKeyConstraint(["seminar_id"], ["seminars.id"], name=op.f("fk_seminar_places_seminar_id_seminars")),
        sa.PrimaryKeyConstraint("seminar_id", "application_id", name=op.f("pk_seminar_places")),
    )
    op.create_index(op.f("ix_seminar_places_application_id"), "seminar_places", ["application_id"], unique=False)
    op.create_table(
        "team_members",
        sa.Column("team_id", sa.String(length=32), nullable=False),
        sa.Column("application_id", sa.String(length=32), nullable=False),
        sa.Column("asked_at", sa.String(length=32), nullable=False),
        sa.Column("agreed_at", sa.String(length=32), nullable=True),
        sa.Column("left_at", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_team_members_application_id_applications")
        ),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_team_members_team_id_teams")),
        sa.PrimaryKeyConstraint("team_id", "application_id", name=op.f("pk_team_members")),
    )
    op.create_index(op.f("ix_team_members_application_id"), "team_members", ["application_id"], unique=False)
    op.create_table(
        "warning_steps",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("application_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("settled_by", sa.String(length=32), nullable=False),
        sa.Column("settled_at", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_warning_steps_application_id_applications")
        ),
        sa.ForeignKeyConstraint(["settled_by"], ["accounts.id"], name=op.f("fk_warning_steps_settled_by_accounts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_warning_steps")),
    )
    op.create_index(op.f("ix_warning_steps_application_id"), "warning_steps", ["application_id"], unique=False)
    op.add_column("sittings", sa.Column("purpose", sa.String(length=12), server_default="hiring", nullable=False))
    op.add_column("vacancies", sa.Column("purpose", sa.String(length=12), server_default="hiring", nullable=False))
    op.execute(
        "ALTER TABLE vacancies ADD COLUMN team_id VARCHAR(32) CONSTRAINT fk_vacancies_team_id_teams REFERENCES teams (id)"
    )
    op.create_index(op.f("ix_vacancies_team_id"), "vacancies", ["team_id"], unique=False)
