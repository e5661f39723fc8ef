"""How much a file may ask for before it is refused; every number is for one file."""

MEGABYTE = 1 << 20
GIGABYTE = 1 << 30

JSON_BYTES = 128 * MEGABYTE
JSON_BRACKETS = 6_000_000  # each list or object takes about 100 bytes of memory
UNPACKED_BYTES = 512 * MEGABYTE
MEMBERS = 200  # files in one archive
FEATURES = 2_000_000
COLUMNS = 2_000
CELLS = 400_000_000  # cells of a raster: 20,000 by 20,000
BANDS = 1

MEMORY_BYTES = 1 * GIGABYTE  # of the process that reads
CPU_SECONDS = 8  # of that process for a small file, and one more for each
CPU_STEP = 5 * MEGABYTE
WALL_TIMES = 5  # as long may it take by the clock, on a busy machine
ANSWER_BYTES = 1 * GIGABYTE  # what that process may hand back


def seconds_for(size: int) -> int:
    """The seconds of computing that a file of so many bytes may take."""
    return CPU_SECONDS + size // CPU_STEP
