"""The only room that knows which folder holds what."""

from geomap.workspace.workspace import Workspace, open_workspace

__all__ = ["Workspace", "open_workspace"]
