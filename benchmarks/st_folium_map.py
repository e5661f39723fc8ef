"""The same choropleth by folium through st_folium, as a page of Streamlit: what the dashboard is measured beside. Needs streamlit-folium."""  # noqa: INP001

import json
import os
from pathlib import Path

import folium
import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

LEVEL = next(Path(os.environ["GEOMAP_EDITION"]).glob("*/screen.geojson")).parent


@st.cache_data
def read() -> tuple[dict, pd.DataFrame]:
    """Shapes and scores, read once."""
    return json.loads((LEVEL / "screen.geojson").read_text(encoding="utf-8")), pd.read_csv(LEVEL / "scores.csv", dtype={"code": str})


shapes, scores = read()
name = st.radio("Show", ["resilience", "risk"], horizontal=True)
table = scores[scores["node"] == name]
corners = pd.DataFrame(folium.GeoJson(shapes).get_bounds())
drawn = folium.Map(tiles=None, prefer_canvas=True)
folium.Choropleth(
    shapes, data=table, columns=["code", "value"], key_on="feature.properties.code", fill_color="YlOrRd", legend_name=f"map of {name}"
).add_to(drawn)
drawn.fit_bounds(corners.to_numpy().tolist())
st_folium(drawn, width=1100, height=620, returned_objects=["last_active_drawing"], key=f"map-{name}")
