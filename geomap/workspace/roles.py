"""Who may do what in a dashboard that is open to more than this machine: viewers, editors, publishers, as settings.toml names them."""

from fnmatch import fnmatchcase
from typing import Literal, Self

from pydantic import Field, model_validator

from geomap._recipe import Recipe
from geomap.worded import worded

Role = Literal["viewer", "editor", "publisher"]
ROLES: tuple[Role, ...] = ("viewer", "editor", "publisher")


class Access(Recipe):
    """How people sign in, and the role of each.

    by: "proxy", a proxy in front that has signed people in and names them in *header*; "oidc", an identity provider that Streamlit asks itself.
    address: where the dashboard listens. viewers, editors, publishers: addresses as sign-in tells them, or all of a house ("*@city.example");
    an editor may also look, a publisher may do all.
    """

    by: Literal["proxy", "oidc"]
    header: str = Field("X-Forwarded-Email", pattern=r"^[A-Za-z][A-Za-z0-9-]{0,60}$")
    address: str = Field("127.0.0.1", pattern=r"^[0-9a-fA-F.:]+$", max_length=45)
    viewers: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _names_somebody(self) -> Self:
        if not (self.viewers or self.editors or self.publishers):
            raise ValueError(worded("nobody may look; name people in viewers, editors or publishers, or all of a house as *@city.example"))
        return self

    def role(self, person: str) -> Role | None:
        """The highest role of *person*, in whatever letters; nothing for a stranger and for nobody."""
        named = {"viewer": self.viewers, "editor": self.editors, "publisher": self.publishers}
        known = person.strip().casefold()
        held = [role for role in ROLES if known and any(fnmatchcase(known, one.casefold()) for one in named[role])]
        return held[-1] if held else None


def may(role: Role | None, needed: Role) -> bool:
    """Whether one who holds *role* may do what needs the role *needed*."""
    return role is not None and ROLES.index(role) >= ROLES.index(needed)
