"""Every error a user can cause: what was wrong, where, and what to do next."""


class GeomapError(Exception):
    """A mistake in a file, a setting or a command; *faults* lists all of them, *exit_code* is what the command line returns."""

    exit_code = 1

    def __init__(self, message: str, faults: tuple[str, ...] = ()) -> None:
        self.message = message
        self.faults = tuple(faults)
        super().__init__("\n".join([message, *("  - " + fault.replace("\n", "\n  ") for fault in self.faults)]))


class UsageError(GeomapError):
    """The command was called with words it does not know."""

    exit_code = 2


class CardError(GeomapError):
    """A datapackage.json says too little, or something it cannot mean."""

    exit_code = 3


class BoundaryError(GeomapError):
    """A boundary set cannot serve: no code, no shape, no projection."""

    exit_code = 3


class LayerError(GeomapError):
    """A layer's data are not what its card says."""

    exit_code = 3


class IntakeError(GeomapError):
    """A file cannot be taken in: it is not what it says, it would do harm, or nobody could tell what it means."""

    exit_code = 3


class JoinError(GeomapError):
    """Too many rows of a layer match no place."""

    exit_code = 3


class MethodologyError(GeomapError):
    """The recipe names something that does not exist, or leaves out a choice it must make."""

    exit_code = 3


class WorkspaceError(GeomapError):
    """The folder is not a workspace, or a part of it is missing."""

    exit_code = 3


class EditionError(GeomapError):
    """An edition is damaged, or is not one."""

    exit_code = 4


class DiskError(GeomapError):
    """The computer does not let a file be read or written: no permission, or no space left."""

    exit_code = 6


class DisclosureError(GeomapError):
    """Publishing this would tell what must stay withheld."""

    exit_code = 5


class ComparisonError(GeomapError):
    """Two editions, or two numbers of them, cannot be compared."""

    exit_code = 7
