"""streamlit run app.py opens the dashboard of the workspace in GEOMAP_WORKSPACE, or of this folder."""

from geomap.dashboard.serve import app

__all__ = ["app"]
