"""Tables of a PostGIS database: what is refused without one, and a real one where there is one."""

import os
import shutil
import socket
import subprocess
import sys
from datetime import date
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geomap.datapackage.package import card_in
from geomap.errors import IntakeError, UsageError, WorkspaceError
from geomap.workspace import postgis
from geomap.workspace.begin import begin
from geomap.workspace.fetch import fetch_into
from geomap.workspace.settings import read_settings

SETTINGS = """[postgis]
host = "{host}"
port = {port}
database = "city"

[[postgis.tables]]
name = "wards"
table = "wards"

[[postgis.tables]]
name = "counts"
table = 'Odd "name"; DROP TABLE wards'
"""
WHO = {postgis.USER: "reader", postgis.PASSWORD: "se cret"}
DAY = date(2026, 1, 31)
BIN = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"))), None)


@pytest.fixture
def city(tmp_path):
    """A workspace that names two tables of a database nobody serves."""
    begin(tmp_path / "city")
    (tmp_path / "city" / "settings.toml").write_text(SETTINGS.format(host="localhost", port=1), encoding="utf-8")
    return tmp_path / "city"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (('database = "city"', 'database = "city"\npassword = "x"'), "GEOMAP_POSTGIS_PASSWORD"),
        (('host = "localhost"', 'host = "/var/run"'), "host"),
        (('host = "localhost"', 'host = "db.example,evil.example"'), "host"),
        (('name = "counts"', 'name = "wards"'), "used more than once"),
        (("port = 1", "port = 70000"), "port"),
        (('host = "localhost"', 'host = "localhost"\nsocket = "x"'), "socket"),
    ],
)
def test_settings_that_cannot_serve_are_refused(city, change, words):
    """Credentials, sockets, several hosts and names used twice, each in words."""
    path = city / "settings.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(*change), encoding="utf-8")
    with pytest.raises(WorkspaceError, match=words):
        read_settings(city)


def test_only_tables_that_are_listed_are_fetched(city):
    """The others are named."""
    with pytest.raises(WorkspaceError, match=r"lists no table 'people'. It lists \['counts', 'wards'\]"):
        fetch_into(city, "people", DAY, environment=WHO)


def test_who_reads_comes_from_the_environment(city):
    """The missing variables are named."""
    pytest.importorskip("sqlalchemy", reason="the extra postgis is not installed")
    with pytest.raises(UsageError, match=f"Set {postgis.USER} and {postgis.PASSWORD}"):
        fetch_into(city, "wards", DAY, environment={})


def test_a_database_that_does_not_answer_is_told_without_the_password(city):
    """Where it was looked for, and what to check."""
    pytest.importorskip("sqlalchemy", reason="the extra postgis is not installed")
    with pytest.raises(IntakeError, match="did not give its rows") as wrong:
        fetch_into(city, "wards", DAY, environment=WHO)
    assert WHO[postgis.PASSWORD] not in str(wrong.value)
    assert not list((city / "boundaries").iterdir())


def test_without_the_extra_it_is_said_how_to_get_it(city, monkeypatch):
    """In a word to copy."""
    monkeypatch.setitem(sys.modules, "sqlalchemy", None)
    with pytest.raises(UsageError, match="geomap\\[postgis\\]"):
        fetch_into(city, "wards", DAY, environment=WHO)


@pytest.fixture
def server():
    """A PostgreSQL server of its own on loopback, run by an unprivileged user; its port, and a way to run SQL."""
    pytest.importorskip("psycopg", reason="the extra postgis is not installed")
    if BIN is None or os.getuid() != 0 or shutil.which("runuser") is None:
        pytest.skip("no PostgreSQL server is installed here, or it cannot be run by another user")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = Path("/var/tmp") / f"geomap-pg-{port}"  # noqa: S108  a folder that the other user can reach, removed below

    def run(*words):
        subprocess.run(["runuser", "-u", "postgres", "--", *map(str, words)], check=True, capture_output=True)

    home.mkdir(mode=0o700)
    shutil.chown(home, "postgres")
    run(BIN / "initdb", "-D", home / "data", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
    run(BIN / "pg_ctl", "-D", home / "data", "-w", "-o", f"-p {port} -k {home} -c listen_addresses=127.0.0.1", "-l", home / "log", "start")
    try:
        yield (
            port,
            lambda sql, base="city": run("psql", "-q", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", port, "-d", base, "-c", sql),
        )
    finally:
        run(BIN / "pg_ctl", "-D", home / "data", "-m", "immediate", "stop")
        shutil.rmtree(home)


@pytest.mark.slow
def test_a_real_database_gives_shapes_and_a_table_with_a_hostile_name(city, server):
    """Polygons become a boundary set, rows a layer, equal to what was put in; cards say whence; nothing is written to the database."""
    port, sql = server
    sql("CREATE DATABASE city", "postgres")
    sql("CREATE EXTENSION postgis; CREATE ROLE reader LOGIN")
    wards = gpd.GeoDataFrame(
        {"code": [f"W{n}" for n in range(6)], "name": [f"Ward '{n}'; --" for n in range(6)]},
        geometry=[shapely.box(530_000 + 1_000 * n, 180_000, 531_000 + 1_000 * n, 181_000) for n in range(6)], crs=27700,
    )  # fmt: skip
    values = (
        ", ".join(
            f"('{row.code}', '{row.name_}', ST_GeomFromText('{row.geometry.wkt}', 27700))"
            for row in wards.rename(columns={"name": "name_"}).itertuples()
        )
        .replace("Ward '", "Ward ''")
        .replace("'; --", "''; --")
    )
    sql(f"CREATE TABLE wards (code text, name text, geom geometry(Polygon, 27700)); INSERT INTO wards VALUES {values}")  # noqa: S608  our own words
    odd = '"Odd ""name""; DROP TABLE wards"'
    sql(
        f"CREATE TABLE {odd} (code text, \"select\" integer); INSERT INTO {odd} SELECT 'W' || n, 10 * n FROM generate_series(0, 5) n; GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader"  # noqa: S608  our own words
    )
    path = city / "settings.toml"
    path.write_text(SETTINGS.format(host="127.0.0.1", port=port), encoding="utf-8")
    shapes = fetch_into(city, "wards", DAY, environment=WHO)
    table = fetch_into(city, "counts", DAY, environment=WHO)
    back = gpd.read_file(shapes.card.parent / "wards.gpkg").set_index("code").sort_index()
    assert shapes.card.parent.parent.name == "boundaries"
    assert back.geometry.geom_equals(wards.set_index("code").geometry).all()
    assert back["name"].tolist() == wards["name"].tolist()
    assert pd.read_csv(table.card.parent / "counts.csv")["select"].tolist() == [0, 10, 20, 30, 40, 50]
    assert card_in(table.card.parent)["sources"][0]["title"].endswith("of the database city on 127.0.0.1, read on 2026-01-31")
    assert "se cret" not in table.card.read_text(encoding="utf-8")
    path.write_text(
        path.read_text(encoding="utf-8").replace("table = 'Odd \"name\"; DROP TABLE wards'", 'table = "absent"'), encoding="utf-8"
    )
    with pytest.raises(WorkspaceError, match=r"no table or view public\.absent"):
        fetch_into(city, "counts", DAY, environment=WHO)
