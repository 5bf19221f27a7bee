"""Ids of unnamed groups: "Turkish soldiers" are TUR:MIL, "soldiers" G:MIL:soldier."""

from __future__ import annotations


def group_id(country: str | None, sector: str | None, noun: str) -> str:
    """Return the id of a group.

    Args:
        country: Its country, if known.
        sector: Its sector, if the words imply one.
        noun: The noun for it, in any number and case; distinguishes groups without a country.
    """
    if country:
        return f"{country}:{sector}" if sector else country
    return f"G:{sector}:{singular_of(noun.lower())}" if sector else "UNK"


def singular_of(noun: str) -> str:
    """Return the singular of a noun for people: regular plurals and those of *man* and *person*."""
    if noun.endswith("men"):
        return noun[:-2] + "an"
    if noun == "people":
        return "person"
    if noun.endswith("ies") and len(noun) > len("dies"):
        return noun[:-3] + "y"
    if noun.endswith(("sses", "shes", "ches", "xes")):
        return noun[:-2]
    return noun[:-1] if noun.endswith("s") and not noun.endswith(("ss", "us", "is")) else noun
