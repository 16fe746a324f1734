"""What becomes of a warehouse that an older version of the project has written: decided here for each schema version.

Whoever raises SCHEMA_VERSION says for the version before it either how to bring a file up to date, or REBUILD. Migrate when the
new state follows from the old one; rebuild when only the texts can tell.
"""

from __future__ import annotations

import duckdb

from orchestration.warehouse.schema import SCHEMA_VERSION

# The files of this version are not brought up to date: `bilateral rebuild` makes the warehouse again from raw/.
REBUILD = None

# Schema version → statements that make it the next one.
MIGRATIONS: dict[int, tuple[str, ...] | None] = {
    # Before any release: the ledger did not know which rules refused a file.
    0: REBUILD,
    # The file says with which DuckDB it was made.
    1: (
        "alter table landing.meta add column duckdb_version varchar",
        "update landing.meta set duckdb_version = version()",
    ),
}


def can_migrate(version: int) -> bool:
    """Whether a file of this schema version can be brought to the present one."""
    return all(MIGRATIONS.get(step, REBUILD) is not REBUILD for step in range(version, SCHEMA_VERSION))


def migrate(connection: duckdb.DuckDBPyConnection, version: int) -> None:
    """Bring a warehouse of an older schema version to the present one, all or nothing. Raises what DuckDB raises."""
    connection.execute("begin")
    try:
        for step in range(version, SCHEMA_VERSION):
            for statement in MIGRATIONS[step] or ():
                connection.execute(statement)
        connection.execute("update landing.meta set schema_version = ?", [SCHEMA_VERSION])
        connection.execute("commit")
    except BaseException:
        connection.execute("rollback")
        raise
