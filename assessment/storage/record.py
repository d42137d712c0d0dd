"""A row as a query gave it: its columns by name."""

from typing import Any

from sqlalchemy import Row

Record = Row[*tuple[Any, ...]]
