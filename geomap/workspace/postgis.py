"""A table of a PostGIS database, read whole and never written: as features where it has a geometry, else as a table of text."""

import os
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import geopandas as gpd
import pandas as pd

from geomap.errors import IntakeError, UsageError, WorkspaceError
from geomap.workspace.settings import DatabaseTable, PostGis

USER, PASSWORD = "GEOMAP_POSTGIS_USER", "GEOMAP_POSTGIS_PASSWORD"
MOST_ROWS, SECONDS = 1_000_000, 60
EXTRA = "Reading PostGIS needs SQLAlchemy and psycopg: pip install 'geomap[postgis]'."


def fetch(where: PostGis, wanted: DatabaseTable, *, environment: Mapping[str, str] | None = None) -> pd.DataFrame | gpd.GeoDataFrame:
    """All rows of *wanted*, in one read-only transaction that ends after *SECONDS*.

    UsageError where the extra or the credentials are missing; IntakeError where the database cannot be reached, has no such table, more than one
    geometry in it, or more than *MOST_ROWS* rows. No message holds the password.
    """
    with _connection(where, os.environ if environment is None else environment) as connection:
        columns = _columns(connection, wanted)
        shapes = _geometries(connection, wanted)
        if len(shapes) > 1:
            raise IntakeError(
                f"{_named(wanted)} has the geometries {sorted(shapes)}; a layer has one. Make a view with one of them and name that."
            )
        return _rows(connection, wanted, columns, next(iter(shapes), ""))


@contextmanager
def _connection(where: PostGis, environment: Mapping[str, str]) -> Iterator[Any]:
    try:
        from sqlalchemy import URL, create_engine
        from sqlalchemy.exc import SQLAlchemyError
        from sqlalchemy.pool import NullPool
    except ImportError:
        raise UsageError(EXTRA) from None
    if missing := [name for name in (USER, PASSWORD) if not environment.get(name)]:
        raise UsageError(f"Set {' and '.join(missing)} in the environment: who reads the database is never written in a file.")
    url = URL.create(
        "postgresql+psycopg", environment[USER], environment[PASSWORD], where.host, where.port, where.database,
    )  # fmt: skip
    limits = f"-c default_transaction_read_only=on -c statement_timeout={SECONDS * 1000}"
    engine = create_engine(url, poolclass=NullPool, connect_args={"connect_timeout": 10, "sslmode": where.ssl, "options": limits})
    try:
        with engine.connect() as connection:
            yield connection
    except SQLAlchemyError as wrong:
        told = str(getattr(wrong, "orig", None) or wrong).strip().splitlines()[0].replace(environment[PASSWORD], "…")
        raise IntakeError(
            f"The database {where.database} on {where.host} did not give its rows: {told}. Check settings.toml, the two variables and the network."
        ) from None


def _columns(connection: Any, wanted: DatabaseTable) -> list[str]:  # noqa: ANN401  SQLAlchemy is an extra
    from sqlalchemy import inspect
    from sqlalchemy.exc import NoSuchTableError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # SQLAlchemy does not know the type of a geometry, and need not
            found = [column["name"] for column in inspect(connection).get_columns(wanted.table, schema=wanted.database_schema)]
    except NoSuchTableError:
        found = []
    if not found:
        raise WorkspaceError(f"The database has no table or view {_named(wanted)} that this user may read. Correct settings.toml.")
    return found


def _geometries(connection: Any, wanted: DatabaseTable) -> dict[str, int]:  # noqa: ANN401  SQLAlchemy is an extra
    """The table's geometry columns with their systems; none where the database has no PostGIS."""
    from sqlalchemy import column, inspect, select, table

    if "geometry_columns" not in {*inspect(connection).get_view_names(), *inspect(connection).get_table_names()}:
        return {}
    known = table("geometry_columns", *map(column, ("f_table_schema", "f_table_name", "f_geometry_column", "srid")))
    asked = select(known.c.f_geometry_column, known.c.srid).where(
        known.c.f_table_schema == wanted.database_schema, known.c.f_table_name == wanted.table
    )
    return {name: int(srid) for name, srid in connection.execute(asked)}


def _rows(connection: Any, wanted: DatabaseTable, columns: list[str], shape: str) -> pd.DataFrame | gpd.GeoDataFrame:  # noqa: ANN401
    from sqlalchemy import column, select, table
    from sqlalchemy.sql import quoted_name

    own = table(
        quoted_name(wanted.table, quote=True),
        *(column(quoted_name(name, quote=True)) for name in columns),
        schema=quoted_name(wanted.database_schema, quote=True),
    )
    asked = select(own).limit(MOST_ROWS + 1)
    found = gpd.read_postgis(asked, connection, geom_col=shape) if shape else pd.read_sql(asked, connection)
    if len(found) > MOST_ROWS:
        raise IntakeError(f"{_named(wanted)} has more than {MOST_ROWS:,} rows. Make a view of what the mapping needs and name that.")
    if shape and found.crs is None:
        raise IntakeError(f"The geometry '{shape}' of {_named(wanted)} says no coordinate system. Set its SRID in the database.")
    return found


def _named(wanted: DatabaseTable) -> str:
    return f"{wanted.database_schema}.{wanted.table}"
