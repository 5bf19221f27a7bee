"""Resolution of noun phrases to actors by their head: "the Turkish foreign ministry" is TUR GOV.

No parse is used: a phrase is a sequence of words and known names. The words before the first preposition are
its core; the last word of the core is its head.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from dragoman.knowledge.actors_units import Scene, Unit, split, units_of
from dragoman.knowledge.group_ids import group_id
from dragoman.knowledge.names import fold
from dragoman.knowledge.offices import person_id
from dragoman.knowledge.roles import LEFT_WITH_OFFICE, Role
from dragoman.knowledge.wordlists import is_party_word
from dragoman.model.terms import ActorKind

if TYPE_CHECKING:
    from dragoman.knowledge.known_actors import KnownActors
    from dragoman.knowledge.name_match import NameMatch
    from dragoman.knowledge.offices import Person

_TITLE_NUMBER = re.compile(r"^\d+(?:st|nd|rd|th)?$")

# Prepositions whose complement identifies the affiliation of the head, and those whose complement does not.
_PLACING = frozenset({"of", "in", "from", "at", "across", "inside", "throughout", "within", "around", "for"})
_TURNING = frozenset(
    {"to", "against", "on", "with", "about", "between", "toward", "towards", "over", "near", "by", "under"}
    | {"among", "after", "before", "into", "via", "including", "who", "which", "that", "whose", "than", "as"}
    | {"during", "without"}
)
# Sectors of roles that belong to an armed group: its fighters, envoys, dissidents.
_OF_FIGHTERS = frozenset({"UAF", "MIL", "REB", "GOV", "PRM", "OPP"})
_SERVING = frozenset({"of", "for", "to"})
_BODIES = frozenset({"organisation", "armed_group"})
_JOINERS = frozenset({"bin", "al", "el", "van", "von", "de", "der", "den", "di", "da", "ibn", "of", "ho"})


class Resolution(msgspec.Struct, frozen=True, kw_only=True):
    """The actor a phrase refers to. `basis` is the deciding evidence, `spans` its positions in the phrase."""

    id: str
    name: str
    kind: ActorKind
    country: str | None
    sector: str | None
    basis: str
    spans: tuple[tuple[int, int], ...] = ()


class _Found(msgspec.Struct):
    """The sector implied by the words of a core."""

    sector: str | None = None
    is_strong: bool = False
    owner: NameMatch | None = None
    spans: list[tuple[int, int]] = []
    first: int = -1


def resolve(book: KnownActors, phrase: str, *, on: dt.date | None = None) -> Resolution | None:
    """Resolve a noun phrase to an actor.

    Pronouns and indefinite expressions give None: they are left to coreference.

    Args:
        book: The known actors.
        phrase: A noun phrase, with its modifiers and appositions.
        on: The day of the text.

    Returns:
        The actor and the deciding evidence; None if nothing in the phrase is known.
    """
    low = fold(phrase).strip()
    if low in book.roles.junk or (low in book.roles.unknown and not phrase.strip().isupper()):
        return None
    listed = book.of_table(phrase)
    if listed is not None:
        return Resolution(
            id=listed.id, name=listed.name, kind=listed.kind, country=listed.country, sector=None,
            basis="table", spans=((0, len(phrase)),),
        )  # fmt: skip
    scene = Scene(book, book.recased(phrase), on)
    units = units_of(scene)
    parts = split(units)
    if not parts:
        return None
    main = _resolve_part(scene, parts[0])
    if len(parts) == 1:
        return main
    rest = next((r for part in parts[1:] if (r := _resolve_part(scene, part))), None)
    return _join(parts[0], main, rest)


def _join(head: Sequence[Unit], main: Resolution | None, rest: Resolution | None) -> Resolution | None:
    """Merge the information of an apposition with that of its head."""
    if rest is None or (main is not None and main.kind != "group" and main.country):
        return main
    if main is None:
        name = " ".join(u.text for u in head)
        if all(u.is_capitalised or u.low in _JOINERS for u in head) and len(head) <= 5:
            return Resolution(
                id=person_id(name), name=name, kind="person", country=rest.country, sector=rest.sector,
                basis=f"apposition, {rest.basis}", spans=((head[0].start, head[-1].end), *rest.spans),
            )  # fmt: skip
        return rest
    if main.country is None and rest.country:
        key = group_id(rest.country, main.sector, head[-1].low)
        return msgspec.structs.replace(main, country=rest.country, id=key)
    return main


def _resolve_part(scene: Scene, units: Sequence[Unit]) -> Resolution | None:
    """Resolve a phrase without commas."""
    cut = next(
        (i for i, u in enumerate(units) if u.match is None and u.low in _PLACING | _TURNING and i > 0),
        len(units),
    )
    core, tail = list(units[:cut]), list(units[cut + 1 :])
    preposition = units[cut].low if cut < len(units) else ""
    if not core:
        return None
    if preposition == "of" and core[-1].match is None and core[-1].low in scene.book.roles.partitive and tail:
        inner = _resolve_part(scene, tail)
        if inner is not None:
            return inner
    serves = preposition == "to" and _serves(scene, core[-1])
    placing = tail if preposition in _PLACING or serves else []
    if preposition == "of" and _opposes(core[-1]):
        placing = []
    if core[-1].match is not None:
        elsewhere = _people_abroad(scene, core, placing) or _namesake(scene, core, placing)
        return elsewhere or _named(scene, core, core[-1].match)
    if placing and (member := _member(scene, core, tail)):
        return member
    return (
        _unknown_person(scene, core, placing)
        or _unknown_body(scene, core, placing)
        or _role_phrase(scene, core, placing, preposition)
    )


def _opposes(head: Unit) -> bool:
    """Return True if a noun does not belong to the complement of *of*: *critics of Russia*."""
    singular = f"{head.low[:-3]}y" if head.low.endswith("ies") else head.low.removesuffix("s")
    return head.match is None and is_party_word(singular, "opponents")


def _serves(scene: Scene, head: Unit) -> bool:
    """Return True if a role noun is resolved to the person served: *aides to Trump*."""
    return head.match is None and head.low.removesuffix("s") in scene.book.roles.serving


def _unknown_body(scene: Scene, core: Sequence[Unit], placing: Sequence[Unit]) -> Resolution | None:
    """Resolve an unknown body to its name: "the Green Movement" is neither a place nor civilians."""
    sector = scene.book.roles.bodies.get(core[-1].low)
    own = [u for u in core if u.match is None]
    if sector is None or len(own) < 2 or not all(u.is_capitalised for u in own) or core[-1].match:
        return None
    if _roles_of(scene, core[:-1]).sector or _phrase_ending_at(scene, core, len(core))[0] > 1:
        return None
    country = _country_match(core) or _country_match(placing)
    name = scene.phrase[core[0].start : core[-1].end]
    return Resolution(
        id="O:" + person_id(name).removeprefix("P:"), name=name, kind="organisation",
        country=country.country if country else None, sector=sector or None, basis="name of a body",
        spans=((core[0].start, core[-1].end),),
    )  # fmt: skip


def _named(scene: Scene, core: Sequence[Unit], match: NameMatch) -> Resolution:
    """Resolve a phrase that ends in a known name."""
    before = core[:-1]
    found = _roles_of(scene, before)
    sector, basis = match.sector, str(match.form)
    spans = [(match.start, match.end)]
    is_former = _is_former(scene, before)
    if match.kind == "person":
        if is_former:
            sector, basis = "ELI", "person, former"
        elif found.sector and found.sector != "IGO" and _titled(scene, before):
            sector, basis = found.sector, "person, title"
            spans.extend(found.spans)
    elif match.form == "demonym" and found.sector and found.is_strong:
        sector, basis = found.sector, "demonym, role"
        spans.extend(found.spans)
    kind: ActorKind = (
        "group" if match.form == "demonym" and match.kind in ("state", "territory") else match.kind
    )
    return Resolution(
        id=match.id, name=match.name, kind=kind, country=match.country, sector=sector,
        basis=basis, spans=tuple(spans),
    )  # fmt: skip


def _people_abroad(scene: Scene, core: Sequence[Unit], placing: Sequence[Unit]) -> Resolution | None:
    """Assign a people its country of residence: "ethnic Serbs in Kosovo" are not citizens of Serbia."""
    named = _named(scene, core, match) if (match := core[-1].match) else None
    if named is None or named.basis != "demonym" or not any(u.low == "ethnic" for u in core[:-1]):
        return None
    home = _resolve_part(scene, placing) if placing else None
    if home is None or home.country is None:
        return None
    return msgspec.structs.replace(
        named, id=home.country, name=scene.phrase[core[0].start : core[-1].end], country=home.country,
        basis="place", spans=(*named.spans, *home.spans),
    )  # fmt: skip


def _namesake(scene: Scene, core: Sequence[Unit], placing: Sequence[Unit]) -> Resolution | None:
    """Distinguish a party from one abroad: "the Democratic Party of Japan", "Israel's Labour Party"."""
    named = _named(scene, core, match) if (match := core[-1].match) else None
    if named is None or named.kind != "organisation" or named.sector != "PTY":
        return None
    beside = placing[0] if len(placing) == 1 else core[-2] if len(core) > 1 else None
    home = beside.match if beside is not None else None
    if home is None or home.kind != "state" or home.compound or home.country in (None, named.country):
        return None
    return msgspec.structs.replace(
        named, id=group_id(home.country, "PTY", "party"), kind="group", country=home.country, basis="place",
        name=scene.phrase[min(core[0].start, home.start) : max(core[-1].end, home.end)],
        spans=(*named.spans, (home.start, home.end)),
    )  # fmt: skip


def _titled(scene: Scene, before: Sequence[Unit]) -> bool:
    """Return True if a title directly precedes the name: it takes precedence over the tables of offices."""
    return before[-1].match is None and _is_role_or_title(scene, before[-1])


def _is_role_or_title(scene: Scene, unit: Unit) -> bool:
    return unit.low in scene.book.roles.titles or unit.low in scene.book.roles.roles


def _member(scene: Scene, core: Sequence[Unit], tail: Sequence[Unit]) -> Resolution | None:
    """Resolve an unknown person by affiliation ("Jane Doe of the Asia Society")."""
    roles = scene.book.roles
    if not 2 <= len(core) <= 4 or not core[0].is_capitalised:
        return None
    if any(not (u.is_capitalised or u.low in _JOINERS) or u.low in roles.roles for u in core):
        return None
    body = _resolve_part(scene, tail)
    if body is None or not (body.kind in _BODIES or scene.book.is_given_name(core[0].text)):
        return None
    name = scene.phrase[core[0].start : core[-1].end]
    return Resolution(
        id=person_id(name), name=name, kind="person", country=body.country, sector=body.sector,
        basis=f"belongs to, {body.basis}", spans=((core[0].start, core[-1].end), *body.spans),
    )  # fmt: skip


def _unknown_person(scene: Scene, core: Sequence[Unit], placing: Sequence[Unit]) -> Resolution | None:
    """Resolve an unknown person by the title or nationality before the name ("US Senator Jane Doe")."""
    at = len(core)
    while at > 0 and (core[at - 1].is_capitalised or (at < len(core) and core[at - 1].low in _JOINERS)):
        if _is_role_or_title(scene, core[at - 1]):
            break
        at -= 1
    name, before = core[at:], core[:at]
    if not name or not before or len(name) > 5 or not name[0].is_capitalised:
        return None
    last = before[-1]
    if last.match is not None and len(name) < 2:
        return None
    if last.match is None and not _is_role_or_title(scene, last):
        return None
    context = _role_phrase(scene, before, placing, "of", whole=False)
    if context is None:
        return None
    written = scene.phrase[name[0].start : name[-1].end]
    return Resolution(
        id=person_id(written), name=written, kind="person", country=context.country, sector=context.sector,
        basis=f"title, {context.basis}", spans=((name[0].start, name[-1].end), *context.spans),
    )  # fmt: skip


def _role_phrase(
    scene: Scene,
    core: Sequence[Unit],
    tail: Sequence[Unit],
    preposition: str,
    *,
    whole: bool = True,
) -> Resolution | None:
    """Resolve a phrase that ends in a common noun ("four Saudi men", "people in the UK")."""
    found = _roles_of(scene, core)
    inner = _resolve_part(scene, tail) if tail else None
    country_match = _country_match(core)
    country = country_match.country if country_match else (inner.country if inner else None)
    spans = list(found.spans)
    owner = found.owner
    if owner is not None:
        country = owner.country
    sector = found.sector
    basis = "role"
    if inner is not None and inner.sector and owner is None and _is_of_body(scene, core, found, preposition):
        sector, basis = inner.sector, "role of another"
    if inner is not None and inner.kind in _BODIES and (basis != "role" or _is_envoy_of(inner, sector)):
        return msgspec.structs.replace(inner, basis="role of another", spans=(*spans, *inner.spans))
    if _is_former(scene, core) and sector in LEFT_WITH_OFFICE:
        sector, basis = "ELI", "role, former"
    elif whole and country:
        holder = _holder(scene, core, country_match, inner if len(tail) == 1 else None)
        if holder is not None:
            return holder
    if country is None:
        place = _place_of(scene, core, found.spans)
        if place is not None:
            country, basis = place, "place"
            sector = sector or "CVL"
    if sector is None and country is None:
        return None
    if country_match and not owner:
        spans.append((country_match.start, country_match.end))
    elif inner and not owner:
        spans.extend(inner.spans)
    return _of_role(scene, core, owner, country, sector, basis, spans)


def _is_envoy_of(body: Resolution, sector: str | None) -> bool:
    """Return True if a government role belongs to an intergovernmental body: *the Union's envoy*."""
    return sector == "GOV" and body.kind == "organisation" and body.sector == "IGO"


def _is_of_body(scene: Scene, core: Sequence[Unit], found: _Found, preposition: str) -> bool:
    """Return True if a role has the sector of its body: *chief of police*, *spokesman for the union*."""
    if preposition in _SERVING and _serves(scene, core[-1]):
        return True
    return preposition == "of" and not found.is_strong


def _place_of(scene: Scene, core: Sequence[Unit], roles_at: Sequence[tuple[int, int]]) -> str | None:
    """Return the country of a town in a phrase, ignoring words inside names: *Kerry Washington*."""
    free = [u for u in core if not any(start <= u.start < end for start, end in roles_at)]
    words = [u.text for u in free if u.match is None]
    roles = scene.book.roles
    if len(words) > 1 and not scene.book.is_place(" ".join(words)):
        telling = [u for u in core if not u.is_capitalised or u.low in roles.roles or u.low in roles.titles]
        if not telling:
            return None
    return scene.book.place_in(words)


def _of_role(
    scene: Scene,
    core: Sequence[Unit],
    owner: NameMatch | None,
    country: str | None,
    sector: str | None,
    basis: str,
    spans: Sequence[tuple[int, int]],
) -> Resolution:
    name = scene.phrase[core[0].start : core[-1].end]
    if owner is not None and owner.kind in ("organisation", "armed_group"):
        return Resolution(
            id=owner.id, name=owner.name, kind=owner.kind, country=country, sector=sector,
            basis="name in the phrase", spans=((owner.start, owner.end), *spans),
        )  # fmt: skip
    return Resolution(
        id=group_id(country, sector, core[-1].low.partition(" of ")[0]), name=name, kind="group",
        country=country, sector=sector, basis=basis, spans=tuple(spans),
    )  # fmt: skip


def _roles_of(scene: Scene, core: Sequence[Unit]) -> _Found:
    """Read the role nouns of a core from the right; the first strong one decides."""
    found = _Found(spans=[])
    end = len(core)
    while end > 0:
        unit = core[end - 1]
        if unit.match is not None:
            if _owns(unit.match) and not found.is_strong and not unit.match.compound:
                found.owner, found.sector = unit.match, unit.match.sector or found.sector
                return found
            if found.is_strong and unit.match.kind in _BODIES and not unit.match.compound:
                found.owner = unit.match
                found.sector = _sector_within(unit.match, found.sector)
                return found
            end -= 1
            continue
        size, role = _phrase_ending_at(scene, core, end)
        if role is None:
            end -= 1
            continue
        if not found.is_strong and (role.is_strong or found.sector is None):
            found.sector, found.is_strong = _sector_of_rank(scene, core, end - size, role), role.is_strong
            found.spans = [(core[end - size].start, core[end - 1].end)]
            found.first = end - size
        end -= size
    return found


def _sector_of_rank(scene: Scene, core: Sequence[Unit], start: int, role: Role) -> str:
    """Return the sector of a role; for a rank, that of the preceding office: *Police **General***."""
    rank = core[start] if role.sector == "MIL" else None
    if rank is None or start == 0 or rank.low.split()[-1] not in scene.book.roles.titles:
        return role.sector
    _, office = _phrase_ending_at(scene, core, start)
    if office is None or office.sector not in ("GOV", "COP"):
        return role.sector
    held = core[start - 1].low.partition(" of ")[0]
    return office.sector if office.sector == "COP" or held in scene.book.roles.titles else role.sector


def sector_of_words(book: KnownActors, words: Sequence[str]) -> str | None:
    """Return the sector implied by the words of a phrase without names ("army", "accountant": MIL)."""
    units = [Unit(word, at, at + 1) for at, word in enumerate(words) if fold(word).strip()]
    return _roles_of(Scene(book, "", None), units).sector


def _sector_within(owner: NameMatch, sector: str | None) -> str | None:
    """Choose between the sector of a body and that of a role: its fighters and envoys have the body's."""
    if owner.sector == "IGO" and sector == "GOV":
        return "IGO"
    if owner.kind == "armed_group" and sector in _OF_FIGHTERS:
        return owner.sector
    return sector


def _owns(match: NameMatch) -> bool:
    return match.kind in _BODIES or match.kind == "person" or match.form == "seat"


def _phrase_ending_at(scene: Scene, core: Sequence[Unit], end: int) -> tuple[int, Role | None]:
    """Find the longest role phrase whose last word is before `end`."""
    for size in range(min(scene.book.roles.longest_phrase, end), 0, -1):
        words = core[end - size : end]
        if any(w.match is not None for w in words):
            continue
        role = scene.book.roles.roles.get(" ".join(w.low for w in words))
        if role is not None:
            return size, role
    last = core[end - 1].low
    if " " in last:
        roles = scene.book.roles.roles
        return 1, roles.get(last.split()[-1]) or roles.get(last.partition(" of ")[0])
    return 1, None


def _country_match(core: Sequence[Unit]) -> NameMatch | None:
    """Return the name with a country that is nearest to the head."""
    for unit in reversed(core):
        match = unit.match
        if match is not None and match.country and not match.compound:
            return match
    return next((u.match for u, after in itertools.pairwise(core) if _is_based(u, after)), None)


def _is_based(unit: Unit, after: Unit) -> bool:
    """Return True for the country of *a US-based group*."""
    match = unit.match
    return match is not None and match.country is not None and match.compound and after.low == "based"


def _is_former(scene: Scene, units: Sequence[Unit]) -> bool:
    return any(
        u.match is None and (u.low in scene.book.roles.former or u.low.startswith("ex ")) for u in units
    )


def _holder(
    scene: Scene,
    core: Sequence[Unit],
    country_match: NameMatch | None,
    inner: Resolution | None,
) -> Resolution | None:
    """Find the person an office phrase refers to on a day ("the Russian president")."""
    source = country_match or inner
    if source is None or len(core) - (country_match is not None) > 4 or source.kind == "person":
        return None
    found = holder_of(scene.book, source.id, [u.low for u in core if u.match is None], scene.on)
    if found is None:
        return None
    person, country, sector = found
    further = source.spans if isinstance(source, Resolution) else ()
    return Resolution(
        id=person.id, name=person.name, kind="person", country=country, sector=sector,
        basis="office", spans=((core[0].start, core[-1].end), *further),
    )  # fmt: skip


def holder_of(
    book: KnownActors, id: str, words: Sequence[str], on: dt.date | None
) -> tuple[Person, str | None, str] | None:
    """Return the holder of the office of a title on a day, with country and sector of the office.

    Args:
        book: The known actors.
        id: The state or organisation.
        words: The folded words of the title, without names and articles.
        on: The day; None for the last day of the tables.
    """
    title = " ".join(word for word in words if not _TITLE_NUMBER.match(word))
    office = book.roles.offices.get(title.removeprefix("current ").removeprefix("incumbent "))
    if office is None:
        return None
    tried = {"HOS": ("HOS", "COUNCILPRES"), "LEADER": ("LEADER", "HOS", "HOG")}.get(office, (office,))
    for code in tried:
        person = book.holder(id, code, on)
        if person is not None:
            return person, *book.country_and_sector_of_office(id, code)
    return None
