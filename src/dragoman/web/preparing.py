"""Preparation of a new server, so that the first request for each page need not wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.web import routes_dossiers, routes_front, routes_ledger, routes_world
from dragoman.web.assets import load_assets

if TYPE_CHECKING:
    from dragoman.web.site import Site


def prepare(site: Site) -> None:
    """Load files, templates and knowledge, and compute the content of the usual first pages.

    Raises:
        DragomanError: The record cannot be read.
    """
    # In the order in which users usually need it.
    routes_front.facts(site)
    for name in site.templates.list_templates(["html"]):
        site.templates.get_template(name)
    load_assets()
    for make in (routes_ledger.choices, routes_dossiers.listed, routes_world.whole_network):
        make(site)
    with site.record() as record:
        site.suggester.suggest(record, "a")
