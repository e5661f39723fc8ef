"""The planner's dashboard. ENTRY is the script that Streamlit runs."""

from pathlib import Path

ENTRY = Path(__file__).with_name("serve.py")
