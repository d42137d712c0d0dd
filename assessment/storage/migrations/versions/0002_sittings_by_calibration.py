"""sittings by calibration, and adaptive ones

Columns are added in place: rebuilding a table that others point to is refused while SQLite keeps foreign keys.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "ALTER TABLE sittings ADD COLUMN calibration_id VARCHAR(32) "
        "CONSTRAINT fk_sittings_calibration_id_documents REFERENCES documents (id)"
    )
    for table in ("sittings", "vacancies"):
        op.add_column(table, sa.Column("adaptive", sa.Boolean(), server_default=sa.false(), nullable=False))
