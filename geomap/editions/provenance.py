"""Where an edition comes from, in the terms of W3C PROV, as PROV-JSON (W3C Member Submission, 24 April 2013).

No moment in time stands in it: the same inputs give the same bytes on any day.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from geomap.editions.software import software

FILE = "provenance.json"
PREFIX = {
    "edition": "urn:geomap:edition:",
    "input": "urn:geomap:input:",
    "agent": "urn:geomap:agent:",
    "dcterms": "http://purl.org/dc/terms/",
}
Record = dict[str, dict[str, Any]]


def provenance(
    *, inputs: Mapping[str, str], cards: Sequence[Mapping[str, Any]], levels: Sequence[str], title: str, fingerprint: str
) -> Record:
    """The PROV-JSON of an edition.

    inputs: SHA-256, or "withheld", by path in the workspace. cards: what each layer and boundary set says of itself: name, title, provider, period, folder.
    """
    agents = {
        "agent:geomap": {
            "prov:type": "prov:SoftwareAgent",
            "prov:label": f"geomap {software()['version']}",
            "geomap:code": software()["code"],
        }
    }
    agents |= {
        _agent(card["provider"]): {"prov:type": "prov:Organization", "prov:label": card["provider"]} for card in cards if card["provider"]
    }
    results = {f"edition:{level}": {"prov:type": "geomap:Assessment", "prov:label": f"{title}: {level}"} for level in levels}
    return {
        "prefix": {**PREFIX, "geomap": "urn:geomap:terms:"},
        "entity": {**{_input(path): _file(path, digest, cards) for path, digest in sorted(inputs.items())}, **results},
        "activity": {"edition:assessing": {"prov:type": "geomap:Assessing", "geomap:fingerprint": fingerprint}},
        "agent": agents,
        "used": {f"_:u{place}": {"prov:activity": "edition:assessing", "prov:entity": _input(path)} for place, path in enumerate(sorted(inputs))},
        "wasGeneratedBy": {
            f"_:g{place}": {"prov:entity": name, "prov:activity": "edition:assessing"} for place, name in enumerate(results)
        },
        "wasDerivedFrom": {
            f"_:d{place}": {"prov:generatedEntity": made, "prov:usedEntity": _input(path), "prov:activity": "edition:assessing"}
            for place, (made, path) in enumerate((made, path) for made in results for path in sorted(inputs))
        },
        "wasAssociatedWith": {"_:s0": {"prov:activity": "edition:assessing", "prov:agent": "agent:geomap"}},
        "wasAttributedTo": {
            f"_:a{place}": {"prov:entity": _input(path), "prov:agent": _agent(card["provider"])}
            for place, (path, card) in enumerate((path, _of(path, cards)) for path in sorted(inputs))
            if card and card["provider"]
        },
    }  # fmt: skip


def _of(path: str, cards: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """What the card of the folder that *path* lies in says, or nothing."""
    return next((card for card in cards if path.startswith(f"{card['folder']}/")), None)


def _file(path: str, digest: str, cards: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    card = _of(path, cards)
    about = {"dcterms:title": card["title"], "dcterms:temporal": card["period"]} if card else {}
    known = {"geomap:sha256": digest} if digest != "withheld" else {"geomap:sha256": "withheld to protect people"}
    return {"prov:type": "geomap:Input", "prov:label": path, **about, **known}


def _input(path: str) -> str:
    return f"input:{_local(path)}"


def _agent(name: str) -> str:
    return f"agent:{_local(name)}"


def _local(text: str) -> str:
    """*text* as the local part of a qualified name: letters and digits stay, all else is its number between underscores."""
    return "".join(sign if (sign.isascii() and sign.isalnum()) or sign in "-./" else f"_{ord(sign):x}_" for sign in text)
