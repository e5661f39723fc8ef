"""Roles: who may do what, as settings.toml names people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.errors import WorkspaceError
from geomap.workspace.roles import ROLES, Access, may
from geomap.workspace.settings import read_settings

CITY = Access(by="proxy", viewers=("*@city.example",), editors=("mina@city.example",), publishers=("Lead@City.example",))


@pytest.mark.parametrize(
    ("person", "role"),
    [
        ("clerk@city.example", "viewer"),
        ("mina@city.example", "editor"),
        (" MINA@city.example ", "editor"),
        ("lead@city.example", "publisher"),
        ("clerk@city.example.evil.example", None),
        ("clerk@evil.example", None),
        ("", None),
        ("   ", None),
    ],
)
def test_the_highest_role_counts_and_strangers_have_none(person, role):
    """A house is all of its addresses and nothing that only looks like one."""
    assert CITY.role(person) == role


@given(role=st.sampled_from([None, *ROLES]), needed=st.sampled_from(ROLES))
def test_a_higher_role_may_do_all_of_a_lower(role, needed):
    """Law: roles are a ladder."""
    assert may(role, needed) == (role in ROLES[ROLES.index(needed) :])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[access]\nby = "proxy"\n', "nobody may look"),
        ('[access]\nby = "password"\nviewers = ["a@b.example"]\n', "by"),
        ('[access]\nby = "proxy"\nheader = "X: evil"\nviewers = ["a@b.example"]\n', "header"),
        ('[access]\nby = "proxy"\naddress = "example.org; rm"\nviewers = ["a@b.example"]\n', "address"),
    ],
)
def test_what_cannot_be_meant_is_refused(tmp_path, text, told):
    """Every fault is named."""
    (tmp_path / "settings.toml").write_text(text, encoding="utf-8")
    with pytest.raises(WorkspaceError, match=told):
        read_settings(tmp_path)
