"""The files an edition is given away as, in words: what each is good for, and the first steps with it."""

from dataclasses import dataclass, field

from geomap.language import noted, say


@dataclass(frozen=True)
class Format:
    """title, good: its name and what it is good for. steps: by program, what to do one after the other; commands: by program, what to type there; both with the gaps {file}, {level}, {table}."""

    ending: str
    media: str
    title: str
    good: str
    steps: dict[str, tuple[str, ...]]
    commands: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """How an address names it."""
        return self.ending.removeprefix(".")


SHAPES_IN_QGIS = noted(
    "To colour it: Layer Properties, Symbology, Graduated; as value take a column, such as the first number in the dictionary below."
)
STATUS_IN_QGIS = noted("Leave out what has no number with a filter on the column that ends in _status: 'value' or 'zero'.")
JOIN = noted("Join it to your own shapes by the column code. Keep code as text, so that no zero at its beginning is lost.")
TYPED = noted(
    "In a terminal with GDAL type the line below, with your server, database and user; the password comes from PGPASSWORD or .pgpass."
)
LOAD = 'ogr2ogr -f PostgreSQL "PG:host=SERVER dbname=DATABASE user=USER" {file}'
GEOPACKAGE = Format(
    ".gpkg", "application/geopackage+sqlite3", "GeoPackage",
    noted("Opens in QGIS and ArcGIS: drag it onto the map. Shapes, every number, what each column means and what must be read with it, in one file."),
    {
        "QGIS": (noted("Drag {file} onto the map and tick {level}; the tables columns and about come along."), SHAPES_IN_QGIS, STATUS_IN_QGIS),
        "ArcGIS Pro": (
            noted("Put {file} into a folder and connect to it: Catalog, Folders, Add Folder Connection."),
            noted("Open the file there and drag main.{level} onto the map."),
            noted("To colour it: Symbology, Graduated Colors, and a column as Field."),
        ),
        "PostGIS": (
            TYPED,
            noted("It makes the tables {table}, columns and about. Shapes are in WGS84 (EPSG:4326)."),
        ),
    },
    {"PostGIS": f"{LOAD} -lco GEOMETRY_NAME=geom"},
)  # fmt: skip
GEOJSON = Format(
    ".geojson", "application/geo+json", "GeoJSON",
    noted("For maps on the web and for programs: shapes and every number as text, in WGS84."),
    {
        "QGIS": (noted("Drag {file} onto the map."), SHAPES_IN_QGIS, STATUS_IN_QGIS),
        "ArcGIS Pro": (noted("Analysis, Tools, JSON To Features: {file} as input, polygons as type."),),
        "PostGIS": (TYPED, noted("It makes the table {table}. Shapes are in WGS84 (EPSG:4326).")),
    },
    {"PostGIS": f"{LOAD} -nln {{table}} -nlt PROMOTE_TO_MULTI -lco GEOMETRY_NAME=geom"},
)  # fmt: skip
CSV = Format(
    ".csv", "text/csv", "CSV", noted("A row a place, for R, Python, statistics and databases. Holds no shapes."),
    {
        "QGIS": (noted("Layer, Add Layer, Add Delimited Text Layer: {file}, no geometry."), JOIN),
        "ArcGIS Pro": (noted("Map, Add Data, Data: {file}."), JOIN),
        "R, Python": (noted("Read code as text. An empty cell is no zero: the column that ends in _status says what it is."),),
    },
)  # fmt: skip
WORKBOOK = Format(
    ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", noted("Excel workbook"),
    noted("For reading, sorting and filtering without any other program: the numbers, what every column means, and what must be read with them, on three sheets."),
    {"Excel, LibreOffice": (noted("Begin with the sheet Please read; the sheet Columns says what each column means."), noted("Sort and filter by the arrows in the first row of Numbers."))},
)  # fmt: skip
STANDALONE = Format(
    ".html", "text/html", noted("Map that stands alone"),
    noted("One page with the map, to send to anybody: it opens in any browser and needs no internet and no program."),
    {"Chrome, Edge, Firefox, Safari": (noted("Open {file} with a double click."), noted("Point at a place, or move with the arrow keys, to see its numbers."))},
)  # fmt: skip
PACKAGE = Format(
    ".zip", "application/zip", noted("Everything, as a Data Package"),
    noted("All tables of this level, datapackage.json that describes every column of each for programs, and the method file: for archives and for open-data portals."),
    {"R, Python": (noted("Unpack {file}. Any reader of Data Packages (frictionless) opens datapackage.json."),)},
)  # fmt: skip
METHOD = Format(
    ".toml", "application/toml", noted("Method file"),
    noted("Every choice with its reason, as it was agreed: weights, directions, rules. With it and the layers the edition can be made anew."),
    {"geomap": (noted("Any editor of texts opens {file}. It is methodology.toml of a workspace."),)},
)  # fmt: skip
FORMATS = {one.key: one for one in (GEOPACKAGE, GEOJSON, CSV, WORKBOOK, STANDALONE, PACKAGE, METHOD)}


def steps_in_words(asked: Format, file: str, level: str) -> dict[str, list[str]]:
    """By program, the steps with the file called *file*."""
    gaps = _gaps(file, level)
    return {program: [say(step, **gaps) for step in steps] for program, steps in asked.steps.items()}


def command(asked: Format, program: str, file: str, level: str) -> str:
    """What is typed for *program*, the same in every language; blank where nothing is."""
    return asked.commands.get(program, "").format(**_gaps(file, level))


def _gaps(file: str, level: str) -> dict[str, str]:
    return {"file": file, "level": level, "table": level.replace("-", "_").replace(".", "_")}
