"""The screens, as Streamlit runs them."""
