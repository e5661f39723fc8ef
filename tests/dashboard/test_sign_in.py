"""Sign-in: the gate in front of everything, who may look, who may add, who may publish."""

import shutil
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from geomap.cli.serve import serve
from geomap.dashboard import ENTRY, access, visitor
from geomap.editions.register import read_register
from geomap.errors import WorkspaceError
from tests.server import serving

SECRET = "a secret of more than thirty-two signs"  # noqa: S105  a test's own
SETTINGS = '[access]\nby = "proxy"\nviewers = ["*@city.example"]\neditors = ["mina@city.example"]\npublishers = ["lead@city.example"]\n'
GOOD = {"X-Geomap-Proxy-Secret": SECRET, "X-Forwarded-Email": "clerk@city.example"}
TIME = 60


@pytest.fixture
def office(demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The demonstration city where a proxy signs people in."""
    city = Path(shutil.copytree(demo, tmp_path / "city"))
    (city / "settings.toml").write_text(SETTINGS, encoding="utf-8")
    monkeypatch.setenv("GEOMAP_PROXY_SECRET", SECRET)
    monkeypatch.setenv("GEOMAP_WORKSPACE", str(city))
    return city


def status(url: str, headers: dict[str, str]) -> int:
    """The status of an answer."""
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=TIME) as answer:  # noqa: S310  our own server
            return answer.status
    except urllib.error.HTTPError as wrong:
        return wrong.code


def test_who_passes_the_proxy_by_gets_no_page_no_file_and_no_socket(office):
    """Without the proxy's secret, with a wrong one, with none named, and with a name twice over."""
    with serving(office) as address:
        wrong = [
            {},
            {"X-Forwarded-Email": "lead@city.example"},
            GOOD | {"X-Geomap-Proxy-Secret": SECRET[:-1]},
            GOOD | {"X-Forwarded-Email": " "},
        ]
        for path in ("/", "/understand?issue=harassment", "/geomap/vendor/leaflet.css", "/_stcore/host-config"):
            assert status(address + path, GOOD) == 200
            assert {status(address + path, headers) for headers in wrong} == {403}
        stream = address.replace("http", "ws") + "/_stcore/stream"
        with connect(stream, additional_headers=GOOD, subprotocols=["streamlit"]):
            pass
        for headers in wrong:
            with pytest.raises(InvalidStatus), connect(stream, additional_headers=headers, subprotocols=["streamlit"]):
                pass
        with pytest.raises(InvalidStatus), connect(stream, additional_headers=[*GOOD.items(), ("X-Forwarded-Email", "lead@city.example")]):
            pass


def page(monkeypatch: pytest.MonkeyPatch, person: str, screen: str = "") -> AppTest:
    """The dashboard as *person* sees it."""
    monkeypatch.setattr(type(access.st.context), "headers", {"X-Forwarded-Email": person} if person else {})
    test = AppTest.from_file(str(ENTRY.with_name("main.py")), default_timeout=TIME)
    return test.switch_page(f"screens/{screen}.py").run() if screen else test.run()


@pytest.mark.parametrize(
    ("person", "told"), [("", "did not say who you are"), ("eve@evil.example", "may not open"), ("<b>x</b>@evil.example", "may not open")]
)
def test_strangers_see_a_sentence_and_no_number(office, monkeypatch, person, told):
    """Nothing of the edition is on their page."""
    del office
    test = page(monkeypatch, person)
    assert not test.exception
    assert [one.value for one in test.title] == ["Sign in"]
    assert told in test.markdown[-1].value
    assert "<b>" not in test.markdown[-1].value
    assert not test.dataframe


@pytest.mark.parametrize(
    ("person", "adds", "publishes"),
    [("clerk@city.example", False, False), ("mina@city.example", True, False), ("lead@city.example", True, True)],
)
def test_each_role_finds_what_it_may_do(office, monkeypatch, person, adds, publishes):
    """A viewer looks, an editor adds, a publisher publishes as well."""
    del office
    data, editions = page(monkeypatch, person, "data"), page(monkeypatch, person, "editions")
    assert not data.exception
    assert not editions.exception
    assert any("role of an editor" in one.value for one in data.info) != adds
    assert any(one.label == "Publish the next edition" for one in editions.expander) == publishes


def test_a_publisher_publishes(office, monkeypatch):
    """The button does what the command does; published again, it says so."""
    test = page(monkeypatch, "lead@city.example", "editions")
    test.checkbox(key="publish sure").check().run()
    for told in ("number 1", "published before"):
        next(one for one in test.button if one.label == "Publish").click().run(timeout=240)
        assert not test.exception
        assert told in test.success[0].value
    assert [entry.number for entry in read_register(office / "editions")] == [1]


def test_without_what_sign_in_needs_nothing_is_served(office, monkeypatch):
    """A dashboard that others could reach is never opened by mistake."""
    monkeypatch.setenv("GEOMAP_PROXY_SECRET", "short")
    with pytest.raises(WorkspaceError, match="at least 32"):
        serve(office, port=8501, headless=True)
    (office / "settings.toml").write_text(SETTINGS.replace("proxy", "oidc"), encoding="utf-8")
    for absent, told in (("authlib", "Authlib"), ("httpx", "HTTPX"), ("", r"secrets\.toml is absent")):
        monkeypatch.setattr("geomap.cli.serve.find_spec", lambda name, absent=absent: None if name == absent else object())
        with pytest.raises(WorkspaceError, match=told):
            serve(office, port=8501, headless=True)


def test_an_identity_provider_is_asked_by_a_button(office, monkeypatch):
    """Whoever is not signed in yet sees nothing but the way in; who is, and is named, sees the map and the way out."""
    (office / "settings.toml").write_text(SETTINGS.replace("proxy", "oidc"), encoding="utf-8")
    assert [one.label for one in page(monkeypatch, "").button] == ["Sign in"]
    user = {"is_logged_in": True, "email": "clerk@city.example"}
    monkeypatch.setattr(visitor.st, "user", user)
    assert any(one.label == "Sign out" for one in page(monkeypatch, "").button)
    monkeypatch.setattr(visitor.st, "user", user | {"email_verified": False})
    assert [one.label for one in page(monkeypatch, "").button] == ["Sign in"]
