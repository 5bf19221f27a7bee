"""What a new server makes before it is asked: else the first request for each page would wait for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.web import routes_dossiers, routes_front, routes_ledger, routes_world
from dragoman.web.assets import load_assets

if TYPE_CHECKING:
    from dragoman.web.site import Site


def prepare(site: Site) -> None:
    """Load files, templates and knowledge, and compute what the pages that readers begin with show.

    Raises:
        DragomanError: The record cannot be read.
    """
    # In the order in which readers come to need it.
    routes_front.facts(site)
    for name in site.templates.list_templates(["html"]):
        site.templates.get_template(name)
    load_assets()
    for make in (routes_ledger.choices, routes_dossiers.listed, routes_world.whole_network):
        make(site)
    with site.record() as record:
        site.suggester.suggest(record, "a")
