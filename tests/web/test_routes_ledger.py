"""Ledger and the page of one event: every part of the page, limits, orders and groups."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dragoman.model.documents import Document
from dragoman.model.readings import EventReading
from dragoman.model.records import CodedDocument
from dragoman.record.answers import StoredEvent
from dragoman.record.store import Record
from dragoman.web import routes_ledger
from dragoman.web.routes_ledger import LedgerQuery, value_words

from .quick_record import (
    client_of,
    count_of,
    event,
    html_of,
    links_of,
    stated,
    title_of,
    words_of,
    write_small,
)

# What most pages of the ledger share: fields and boxes of the form, counts of all events of the record.
SHARED = {
    "[[facets]]": """
        > Counts of these events ## Class [material conflict 2](/ledger?rows=events
        &quad=material_conflict = 2) [verbal conflict 2](/ledger?rows=events &quad=verbal_conflict =
        2) [material cooperation 1](/ledger?rows=events &quad=material_cooperation = 1) [verbal
        cooperation 1](/ledger?rows=events &quad=verbal_cooperation = 1) ## Type [ASSAULT
        2](/ledger?rows=events &type=ASSAULT = 2) [ACCUSE 1](/ledger?rows=events &type=ACCUSE = 1)
        [AID 1](/ledger?rows=events &type=AID = 1) [CONSULT 1](/ledger?rows=events &type=CONSULT =
        1) [THREATEN 1](/ledger?rows=events &type=THREATEN = 1) ## Party [Gondor
        6](/ledger?rows=events &party=GON = 6) [Arnor 4](/ledger?rows=events &party=ARN = 4) [Mordor
        1](/ledger?rows=events &party=MOR = 1) [Rohan 1](/ledger?rows=events &party=ROH = 1) ##
        Factuality [certain 4](/ledger?rows=events &factuality=certain = 4) [possible
        1](/ledger?rows=events &factuality=possible = 1) [probable 1](/ledger?rows=events
        &factuality=probable = 1) ## Publisher [The Gazette 3](/ledger?rows=events
        &publisher=The+Gazette = 3) [The Courier 2](/ledger?rows=events &publisher=The+Courier = 2)
        [The Herald 1](/ledger?rows=events &publisher=The+Herald = 1)
    """,
    "[[fields]]": """
        Words {text=} Party {party=} Actor {actor=} Recipient {recipient=} According to {speaker=}
        Type {type= of 17} Class {quad= of 5} Context {context= of 38} Factuality {factuality= of 5}
        Publisher {publisher= of 4} Since {since=} Until {until=} Confidence from {min_confidence=}
    """,
    "[[boxes]]": """
        {firm=true} asserted as fact only {background=true} with undated background {negations=true}
        with negations {one_a_day=true} one a day {reviewed=true} after review Found by {reader= of
        4}
    """,
}


def whole(content: str) -> str:
    """Return the content of a page with the shared parts in their places."""
    for name, part in SHARED.items():
        content = content.replace(name, part)
    return content


# Path, title, and the content of the page; see `words_of`.
PAGES = [
    (
        "/ledger",
        "Ledger",
        """
        # Ledger Filters <get /ledger: [[fields]] Order {order=newest of 3} [[boxes]] Filter [clear
        all](/ledger) GON ARN MOR ROH [[facets]] 5 deduplicated events, reported in
        [6](/ledger?rows=events = 6) events of single reports [as a table](/ledger?look=table) ·
        [oldest first](/ledger?order=oldest) · [most reports first](/ledger?order=most) · Save as
        [CSV](/api/events.csv), [JSONL](/api/events.jsonl) [one by one](/ledger) [by
        day](/ledger?group=day) [by dyad](/ledger?group=dyad) [by type](/ledger?group=type) verbal
        cooperation material cooperation verbal conflict material conflict
        [ASSAULT](/event?id=river-1) [Arnor](/dossiers/actor?id=ARN) →
        [Gondor](/dossiers/actor?id=GON) [Arnor attacked Gondor in
        Osgiliath.](/report?id=river#e-river-1) 2022-02-10 · certain, past · The Courier · reported
        in [2](/ledger?rows=events &entry=E-# &background=true &negations=true = 2) events of 2
        reports, 2 independent [THREATEN](/event?id=river-2) if possible
        [Gondor](/dossiers/actor?id=GON) → [Mordor](/dossiers/actor?id=MOR) [Gondor threatened
        Mordor: if the river is closed, war will follow.](/report?id=river#e-river-2) 2022-02-10 ·
        possible, future, inside an if · The Courier [CONSULT](/event?id=council-3)
        [Gondor](/dossiers/actor?id=GON) → [Arnor](/dossiers/actor?id=ARN) [Gondor met
        Arnor.](/report?id=council#e-council-3) 2022-02-09 · according to [court of
        Rohan](/dossiers/actor?id=ROH%3AJUD) Rohan, courts · probable, past, verbatim · The Gazette
        [ACCUSE allege](/event?id=council-1) [Arnor](/dossiers/actor?id=ARN) →
        [Gondor](/dossiers/actor?id=GON) [Arnor accused Gondor of
        spying.](/report?id=council#e-council-1) 2022-02-09 · certain, past · about spying · The
        Gazette [AID](/event?id=council-2) [Rohan](/dossiers/actor?id=ROH) →
        [Gondor](/dossiers/actor?id=GON) [Rohan helped Gondor with 500 troops in Edoras on 4
        February.](/report?id=council#e-council-2) 2022-02-04 · certain, past · The Gazette That is
        all.
        """,
    ),
    (
        "/ledger?rows=events&party=Gondor&look=table&order=oldest",
        "Ledger",
        """
        # Ledger Filters <get /ledger: Words {text=} Party {party=Gondor} Actor {actor=} Recipient
        {recipient=} According to {speaker=} Type {type= of 17} Class {quad= of 5} Context {context=
        of 38} Factuality {factuality= of 5} Publisher {publisher= of 4} Since {since=} Until
        {until=} Confidence from {min_confidence=} Order {order=oldest of 2} [[boxes]] {rows=events}
        {look=table} Filter [clear all](/ledger) GON ARN MOR ROH > Counts of these events ## Class
        [material conflict 2](/ledger?rows=events &party=GON &quad=material_conflict = 2) [verbal
        conflict 2](/ledger?rows=events &party=GON &quad=verbal_conflict = 2) [material cooperation
        1](/ledger?rows=events &party=GON &quad=material_cooperation = 1) [verbal cooperation
        1](/ledger?rows=events &party=GON &quad=verbal_cooperation = 1) ## Type [ASSAULT
        2](/ledger?rows=events &party=GON &type=ASSAULT = 2) [ACCUSE 1](/ledger?rows=events
        &party=GON &type=ACCUSE = 1) [AID 1](/ledger?rows=events &party=GON &type=AID = 1) [CONSULT
        1](/ledger?rows=events &party=GON &type=CONSULT = 1) [THREATEN 1](/ledger?rows=events
        &party=GON &type=THREATEN = 1) ## Factuality [certain 4](/ledger?rows=events &party=GON
        &factuality=certain = 4) [possible 1](/ledger?rows=events &party=GON &factuality=possible =
        1) [probable 1](/ledger?rows=events &party=GON &factuality=probable = 1) ## Publisher [The
        Gazette 3](/ledger?rows=events &party=GON &publisher=The+Gazette = 3) [The Courier
        2](/ledger?rows=events &party=GON &publisher=The+Courier = 2) [The Herald
        1](/ledger?rows=events &party=GON &publisher=The+Herald = 1) [party Gondor ×,
        remove](/ledger?rows=events &order=oldest &look=table) 6 events of single reports;
        [deduplicated](/ledger?rows=entries &party=GON &order=oldest &look=table) [as
        cards](/ledger?rows=events &party=GON &order=oldest) · [newest first](/ledger?rows=events
        &party=GON &look=table) · Save as [CSV](/api/events.csv?party=GON),
        [JSONL](/api/events.jsonl?party=GON) [one by one](/ledger?rows=events &party=GON
        &order=oldest &look=table) [by day](/ledger?rows=events &party=GON &order=oldest &look=table
        &group=day) [by dyad](/ledger?rows=events &party=GON &order=oldest &look=table &group=dyad)
        [by type](/ledger?rows=events &party=GON &order=oldest &look=table &group=type) verbal
        cooperation material cooperation verbal conflict material conflict Columns <get /ledger:
        {rows=events} {party=GON} {order=oldest} {look=table} {*columns=day} day {*columns=type}
        type {columns=mode} mode {columns=class} class {*columns=actor} actor {*columns=recipient}
        recipient {columns=speaker} according to {*columns=factuality} factuality
        {columns=confidence} probability {columns=issue} issue {columns=place} place
        {*columns=words} words {*columns=publisher} publisher Show > [day](/ledger?rows=events
        &party=GON &look=table) ↑ | type | actor | recipient | factuality | words | publisher |
        2022-02-04 | [AID](/event?id=council-2) | [Rohan](/dossiers/actor?id=ROH) |
        [Gondor](/dossiers/actor?id=GON) | certain | [Rohan helped Gondor with 500 troops in Edoras
        on 4 February.](/event?id=council-2) | The Gazette | 2022-02-09 |
        [ACCUSE](/event?id=council-1) | [Arnor](/dossiers/actor?id=ARN) |
        [Gondor](/dossiers/actor?id=GON) | certain | [Arnor accused Gondor of
        spying.](/event?id=council-1) | The Gazette | 2022-02-09 | [CONSULT](/event?id=council-3) |
        [Gondor](/dossiers/actor?id=GON) | [Arnor](/dossiers/actor?id=ARN) | probable | [Gondor met
        Arnor.](/event?id=council-3) | The Gazette | 2022-02-10 | [ASSAULT](/event?id=river-1) |
        [Arnor](/dossiers/actor?id=ARN) | [Gondor](/dossiers/actor?id=GON) | certain | [Arnor
        attacked Gondor in Osgiliath.](/event?id=river-1) | The Courier | 2022-02-10 |
        [THREATEN](/event?id=river-2) if possible | [Gondor](/dossiers/actor?id=GON) |
        [Mordor](/dossiers/actor?id=MOR) | possible | [Gondor threatened Mordor: if the river is
        closed, war will follow.](/event?id=river-2) | The Courier | 2022-02-10 |
        [ASSAULT](/event?id=again-1) | [Arnor](/dossiers/actor?id=ARN) |
        [Gondor](/dossiers/actor?id=GON) | certain | [Arnor attacked Gondor in
        Osgiliath.](/event?id=again-1) | The Herald | That is all.
        """,
    ),
    (
        "/ledger?look=table&columns=class,speaker,confidence,place,reports&order=most",
        "Ledger",
        """
        # Ledger Filters <get /ledger: [[fields]] Order {order=most of 3} [[boxes]] {look=table}
        {columns=class,speaker,confidence,place,reports} Filter [clear all](/ledger) GON ARN MOR ROH
        [[facets]] 5 deduplicated events, reported in [6](/ledger?rows=events = 6) events of single
        reports [as cards](/ledger?order=most) · [newest first](/ledger?look=table
        &columns=class%2Cspeaker%2Cconfidence%2Cplace%2Creports) · [oldest
        first](/ledger?order=oldest &look=table
        &columns=class%2Cspeaker%2Cconfidence%2Cplace%2Creports) · Save as [CSV](/api/events.csv),
        [JSONL](/api/events.jsonl) [one by one](/ledger?look=table
        &columns=class%2Cspeaker%2Cconfidence%2Cplace%2Creports) [by day](/ledger?look=table
        &columns=class%2Cspeaker%2Cconfidence%2Cplace%2Creports &group=day) [by
        dyad](/ledger?look=table &columns=class%2Cspeaker%2Cconfidence%2Cplace%2Creports
        &group=dyad) [by type](/ledger?look=table
        &columns=class%2Cspeaker%2Cconfidence%2Cplace%2Creports &group=type) verbal cooperation
        material cooperation verbal conflict material conflict Columns <get /ledger: {order=most}
        {look=table} {columns=day} day {columns=type} type {columns=mode} mode {*columns=class}
        class {columns=actor} actor {columns=recipient} recipient {*columns=speaker} according to
        {columns=factuality} factuality {*columns=confidence} probability {columns=issue} issue
        {*columns=place} place {columns=words} words {columns=publisher} publisher
        {*columns=reports} events in reports Show [usual columns](/ledger?order=most &look=table) >
        class | according to | probability | place | [events in reports](/ledger?order=most
        &look=table &columns=class%2Cspeaker%2Cconfidence%2Cplace%2Creports) ↓ | material conflict |
        | 0.90 | Osgiliath | [2](/ledger?rows=events &entry=E-# &background=true &negations=true =
        2) in 2 | verbal conflict | | 0.90 | | [1](/ledger?rows=events &entry=E-# &background=true
        &negations=true = 1) in 1 | verbal conflict | | 0.90 | | [1](/ledger?rows=events &entry=E-#
        &background=true &negations=true = 1) in 1 | verbal cooperation | [court of
        Rohan](/dossiers/actor?id=ROH%3AJUD) Rohan, courts | 0.90 | | [1](/ledger?rows=events
        &entry=E-# &background=true &negations=true = 1) in 1 | material cooperation | | 0.75 |
        Edoras | [1](/ledger?rows=events &entry=E-# &background=true &negations=true = 1) in 1 |
        That is all.
        """,
    ),
    (
        "/ledger?group=dyad&quad=verbal_conflict",
        "Ledger",
        """
        # Ledger Filters <get /ledger: Words {text=} Party {party=} Actor {actor=} Recipient
        {recipient=} According to {speaker=} Type {type= of 17} Class {quad=verbal_conflict of 5}
        Context {context= of 38} Factuality {factuality= of 5} Publisher {publisher= of 4} Since
        {since=} Until {until=} Confidence from {min_confidence=} Order {order=most of 2} [[boxes]]
        {group=dyad} Filter [clear all](/ledger) GON ARN MOR ROH > Counts of these events ## Type
        [ACCUSE 1](/ledger?rows=events &quad=verbal_conflict &type=ACCUSE = 1) [THREATEN
        1](/ledger?rows=events &quad=verbal_conflict &type=THREATEN = 1) ## Party [Gondor
        2](/ledger?rows=events &quad=verbal_conflict &party=GON = 2) [Arnor 1](/ledger?rows=events
        &quad=verbal_conflict &party=ARN = 1) [Mordor 1](/ledger?rows=events &quad=verbal_conflict
        &party=MOR = 1) ## Factuality [certain 1](/ledger?rows=events &quad=verbal_conflict
        &factuality=certain = 1) [possible 1](/ledger?rows=events &quad=verbal_conflict
        &factuality=possible = 1) ## Publisher [The Courier 1](/ledger?rows=events
        &quad=verbal_conflict &publisher=The+Courier = 1) [The Gazette 1](/ledger?rows=events
        &quad=verbal_conflict &publisher=The+Gazette = 1) [class verbal conflict ×,
        remove](/ledger?group=dyad) 2 deduplicated events, reported in [2](/ledger?rows=events
        &quad=verbal_conflict = 2) events of single reports Save as
        [CSV](/api/events.csv?quad=verbal_conflict), [JSONL](/api/events.jsonl?quad=verbal_conflict)
        [one by one](/ledger?quad=verbal_conflict) [by day](/ledger?quad=verbal_conflict &group=day)
        [by dyad](/ledger?quad=verbal_conflict &group=dyad) [by type](/ledger?quad=verbal_conflict
        &group=type) [dyad](/ledger?quad=verbal_conflict &group=dyad &order=name) |
        [events](/ledger?quad=verbal_conflict &group=dyad &order=most) ↓ | verbal cooperation |
        material cooperation | verbal conflict | material conflict | [Arnor →
        Gondor](/ledger?quad=verbal_conflict &dyad=ARN%3EGON) | [1](/ledger?rows=events
        &quad=verbal_conflict &dyad=ARN%3EGON = 1) | 0 | 0 | [1](/ledger?rows=events
        &quad=verbal_conflict &dyad=ARN%3EGON = 1) | 0 | [Gondor →
        Mordor](/ledger?quad=verbal_conflict &dyad=GON%3EMOR) | [1](/ledger?rows=events
        &quad=verbal_conflict &dyad=GON%3EMOR = 1) | 0 | 0 | [1](/ledger?rows=events
        &quad=verbal_conflict &dyad=GON%3EMOR = 1) | 0 | 2 dyads. A mutual event is in the groups of
        both directions; an event without a recipient is in none. That is all.
        """,
    ),
    (
        "/ledger?group=day&order=oldest",
        "Ledger",
        """
        # Ledger Filters <get /ledger: [[fields]] Order {order=oldest of 3} [[boxes]] {group=day}
        Filter [clear all](/ledger) GON ARN MOR ROH [[facets]] 5 deduplicated events, reported in
        [6](/ledger?rows=events = 6) events of single reports Save as [CSV](/api/events.csv),
        [JSONL](/api/events.jsonl) [one by one](/ledger?order=oldest) [by day](/ledger?order=oldest
        &group=day) [by dyad](/ledger?order=oldest &group=dyad) [by type](/ledger?order=oldest
        &group=type) [day](/ledger?group=day) ↑ | [events](/ledger?order=most &group=day) | verbal
        cooperation | material cooperation | verbal conflict | material conflict |
        [2022-02-04](/ledger?since=2022-02-04 &until=2022-02-04) | [1](/ledger?rows=events
        &since=2022-02-04 &until=2022-02-04 = 1) | 0 | [1](/ledger?rows=events &since=2022-02-04
        &until=2022-02-04 &quad=material_cooperation = 1) | 0 | 0 |
        [2022-02-09](/ledger?since=2022-02-09 &until=2022-02-09) | [2](/ledger?rows=events
        &since=2022-02-09 &until=2022-02-09 = 2) | [1](/ledger?rows=events &since=2022-02-09
        &until=2022-02-09 &quad=verbal_cooperation = 1) | 0 | [1](/ledger?rows=events
        &since=2022-02-09 &until=2022-02-09 &quad=verbal_conflict = 1) | 0 |
        [2022-02-10](/ledger?since=2022-02-10 &until=2022-02-10) | [3](/ledger?rows=events
        &since=2022-02-10 &until=2022-02-10 = 3) | 0 | 0 | [1](/ledger?rows=events &since=2022-02-10
        &until=2022-02-10 &quad=verbal_conflict = 1) | [2](/ledger?rows=events &since=2022-02-10
        &until=2022-02-10 &quad=material_conflict = 2) | 3 days. Events without a day are in no
        group. That is all.
        """,
    ),
    (
        "/ledger?group=type&order=name&limit=2",
        "Ledger",
        """
        # Ledger Filters <get /ledger: [[fields]] Order {order=name of 2} [[boxes]] {group=type}
        Filter [clear all](/ledger) GON ARN MOR ROH [[facets]] 5 deduplicated events, reported in
        [6](/ledger?rows=events = 6) events of single reports Save as [CSV](/api/events.csv),
        [JSONL](/api/events.jsonl) [one by one](/ledger) [by day](/ledger?group=day) [by
        dyad](/ledger?group=dyad) [by type](/ledger?group=type) [type](/ledger?order=name
        &group=type) ↑ | [events](/ledger?order=most &group=type) | [ACCUSE](/ledger?type=ACCUSE) |
        [1](/ledger?rows=events &type=ACCUSE = 1) | [AID](/ledger?type=AID) |
        [1](/ledger?rows=events &type=AID = 1) | 5 types. [Next 2](/ledger?cursor=2 &limit=2
        &order=name &group=type)
        """,
    ),
    (
        "/ledger?group=type&order=name&limit=2&cursor=4",
        "Ledger",
        """
        # Ledger Filters <get /ledger: [[fields]] Order {order=name of 2} [[boxes]] {group=type}
        Filter [clear all](/ledger) GON ARN MOR ROH [[facets]] 5 deduplicated events, reported in
        [6](/ledger?rows=events = 6) events of single reports Save as [CSV](/api/events.csv),
        [JSONL](/api/events.jsonl) [one by one](/ledger) [by day](/ledger?group=day) [by
        dyad](/ledger?group=dyad) [by type](/ledger?group=type) [type](/ledger?order=name
        &group=type) ↑ | [events](/ledger?order=most &group=type) |
        [THREATEN](/ledger?type=THREATEN) | [1](/ledger?rows=events &type=THREATEN = 1) | 5 types.
        [To the beginning](/ledger?order=name &group=type) · That is all.
        """,
    ),
    (
        "/ledger?one_a_day=true&between=ARN,GON&firm=true",
        "Ledger",
        """
        # Ledger Filters <get /ledger: [[fields]] Order {order=newest of 2} {*firm=true} asserted as
        fact only {background=true} with undated background {negations=true} with negations
        {*one_a_day=true} one a day {reviewed=true} after review Found by {reader= of 4}
        {between=ARN,GON} Filter [clear all](/ledger) GON ARN MOR ROH > Counts of these events ##
        Class [material conflict 1](/ledger?rows=events &firm=true &between=ARN%2CGON
        &one_a_day=true &quad=material_conflict = 1) [verbal conflict 1](/ledger?rows=events
        &firm=true &between=ARN%2CGON &one_a_day=true &quad=verbal_conflict = 1) [verbal cooperation
        1](/ledger?rows=events &firm=true &between=ARN%2CGON &one_a_day=true
        &quad=verbal_cooperation = 1) ## Type [ACCUSE 1](/ledger?rows=events &firm=true
        &between=ARN%2CGON &one_a_day=true &type=ACCUSE = 1) [ASSAULT 1](/ledger?rows=events
        &firm=true &between=ARN%2CGON &one_a_day=true &type=ASSAULT = 1) [CONSULT
        1](/ledger?rows=events &firm=true &between=ARN%2CGON &one_a_day=true &type=CONSULT = 1) ##
        Party [Arnor 3](/ledger?rows=events &firm=true &between=ARN%2CGON &one_a_day=true &party=ARN
        = 3) [Gondor 3](/ledger?rows=events &firm=true &between=ARN%2CGON &one_a_day=true &party=GON
        = 3) ## Factuality [certain 2](/ledger?rows=events &firm=true &between=ARN%2CGON
        &one_a_day=true &factuality=certain = 2) [probable 1](/ledger?rows=events &firm=true
        &between=ARN%2CGON &one_a_day=true &factuality=probable = 1) ## Publisher [The Gazette
        2](/ledger?rows=events &firm=true &between=ARN%2CGON &one_a_day=true &publisher=The+Gazette
        = 2) [The Courier 1](/ledger?rows=events &firm=true &between=ARN%2CGON &one_a_day=true
        &publisher=The+Courier = 1) [The Herald 1](/ledger?rows=events &firm=true &between=ARN%2CGON
        &one_a_day=true &publisher=The+Herald = 1) [asserted as fact yes ×,
        remove](/ledger?between=ARN%2CGON &one_a_day=true) [between Arnor and Gondor ×,
        remove](/ledger?firm=true &one_a_day=true) [one a day yes ×, remove](/ledger?firm=true
        &between=ARN%2CGON) 3 events of single reports; [deduplicated](/ledger?rows=entries
        &firm=true &between=ARN%2CGON &one_a_day=true) [as a table](/ledger?firm=true
        &between=ARN%2CGON &one_a_day=true &look=table) · [oldest first](/ledger?firm=true
        &between=ARN%2CGON &one_a_day=true &order=oldest) · Save as [CSV](/api/events.csv?firm=true
        &between=ARN%2CGON &one_a_day=true), [JSONL](/api/events.jsonl?firm=true &between=ARN%2CGON
        &one_a_day=true) [one by one](/ledger?firm=true &between=ARN%2CGON &one_a_day=true) [by
        day](/ledger?firm=true &between=ARN%2CGON &one_a_day=true &group=day) [by
        dyad](/ledger?firm=true &between=ARN%2CGON &one_a_day=true &group=dyad) [by
        type](/ledger?firm=true &between=ARN%2CGON &one_a_day=true &group=type) verbal cooperation
        material cooperation verbal conflict material conflict [ASSAULT](/event?id=again-1)
        [Arnor](/dossiers/actor?id=ARN) → [Gondor](/dossiers/actor?id=GON) [Arnor attacked Gondor in
        Osgiliath.](/report?id=again#e-again-1) 2022-02-10 · certain, past · The Herald
        [CONSULT](/event?id=council-3) [Gondor](/dossiers/actor?id=GON) →
        [Arnor](/dossiers/actor?id=ARN) [Gondor met Arnor.](/report?id=council#e-council-3)
        2022-02-09 · according to [court of Rohan](/dossiers/actor?id=ROH%3AJUD) Rohan, courts ·
        probable, past, verbatim · The Gazette [ACCUSE allege](/event?id=council-1)
        [Arnor](/dossiers/actor?id=ARN) → [Gondor](/dossiers/actor?id=GON) [Arnor accused Gondor of
        spying.](/report?id=council#e-council-1) 2022-02-09 · certain, past · about spying · The
        Gazette That is all.
        """,
    ),
    (
        "/ledger?background=true&negations=true&party=ROH&limit=1",
        "Ledger",
        """
        # Ledger Filters <get /ledger: Words {text=} Party {party=Rohan} Actor {actor=} Recipient
        {recipient=} According to {speaker=} Type {type= of 17} Class {quad= of 5} Context {context=
        of 38} Factuality {factuality= of 5} Publisher {publisher= of 4} Since {since=} Until
        {until=} Confidence from {min_confidence=} Order {order=newest of 3} {firm=true} asserted as
        fact only {*background=true} with undated background {*negations=true} with negations
        {one_a_day=true} one a day {reviewed=true} after review Found by {reader= of 4} Filter
        [clear all](/ledger) GON ARN MOR ROH > Counts of these events ## Class [material conflict
        2](/ledger?rows=events &party=ROH &background=true &negations=true &quad=material_conflict =
        2) [material cooperation 1](/ledger?rows=events &party=ROH &background=true &negations=true
        &quad=material_cooperation = 1) ## Type [AID 1](/ledger?rows=events &party=ROH
        &background=true &negations=true &type=AID = 1) [ASSAULT 1](/ledger?rows=events &party=ROH
        &background=true &negations=true &type=ASSAULT = 1) [SANCTION 1](/ledger?rows=events
        &party=ROH &background=true &negations=true &type=SANCTION = 1) [party Rohan ×,
        remove](/ledger?background=true &negations=true) [with undated background yes ×,
        remove](/ledger?party=ROH &negations=true) [with negations yes ×, remove](/ledger?party=ROH
        &background=true) 3 deduplicated events, reported in [3](/ledger?rows=events &party=ROH
        &background=true &negations=true = 3) events of single reports [as a
        table](/ledger?party=ROH &background=true &negations=true &look=table) · [oldest
        first](/ledger?party=ROH &background=true &negations=true &order=oldest) · [most reports
        first](/ledger?party=ROH &background=true &negations=true &order=most) · Save as
        [CSV](/api/events.csv?party=ROH &background=true &negations=true),
        [JSONL](/api/events.jsonl?party=ROH &background=true &negations=true) [one by
        one](/ledger?party=ROH &background=true &negations=true) [by day](/ledger?party=ROH
        &background=true &negations=true &group=day) [by dyad](/ledger?party=ROH &background=true
        &negations=true &group=dyad) [by type](/ledger?party=ROH &background=true &negations=true
        &group=type) verbal cooperation material cooperation verbal conflict material conflict
        [AID](/event?id=council-2) [Rohan](/dossiers/actor?id=ROH) →
        [Gondor](/dossiers/actor?id=GON) [Rohan helped Gondor with 500 troops in Edoras on 4
        February.](/report?id=council#e-council-2) 2022-02-04 · certain, past · The Gazette [Next
        1](/ledger?cursor=2022-02-04_E-# &limit=1 &party=ROH &background=true &negations=true)
        """,
    ),
    (
        "/ledger?place=GON&context=military&factuality=certain&since=2022-02-10&until=2022-02-10&speaker=ROH",
        "Ledger",
        """
        # Ledger Filters <get /ledger: Words {text=} Party {party=} Actor {actor=} Recipient
        {recipient=} According to {speaker=Rohan} Type {type= of 17} Class {quad= of 5} Context
        {context=military of 38} Factuality {factuality=certain of 5} Publisher {publisher= of 4}
        Since {since=2022-02-10} Until {until=2022-02-10} Confidence from {min_confidence=} Order
        {order=newest of 3} [[boxes]] {place=GON} Filter [clear all](/ledger) GON ARN MOR ROH >
        [according to Rohan ×, remove](/ledger?factuality=certain &context=military &place=GON
        &since=2022-02-10 &until=2022-02-10) [factuality certain ×, remove](/ledger?speaker=ROH
        &context=military &place=GON &since=2022-02-10 &until=2022-02-10) [context military ×,
        remove](/ledger?speaker=ROH &factuality=certain &place=GON &since=2022-02-10
        &until=2022-02-10) [place Gondor ×, remove](/ledger?speaker=ROH &factuality=certain
        &context=military &since=2022-02-10 &until=2022-02-10) [since 2022-02-10 ×,
        remove](/ledger?speaker=ROH &factuality=certain &context=military &place=GON
        &until=2022-02-10) [until 2022-02-10 ×, remove](/ledger?speaker=ROH &factuality=certain
        &context=military &place=GON &since=2022-02-10) 0 deduplicated events, reported in
        [0](/ledger?rows=events &speaker=ROH &factuality=certain &context=military &place=GON
        &since=2022-02-10 &until=2022-02-10 = 0) events of single reports [as a
        table](/ledger?speaker=ROH &factuality=certain &context=military &place=GON
        &since=2022-02-10 &until=2022-02-10 &look=table) · [oldest first](/ledger?speaker=ROH
        &factuality=certain &context=military &place=GON &since=2022-02-10 &until=2022-02-10
        &order=oldest) · [most reports first](/ledger?speaker=ROH &factuality=certain
        &context=military &place=GON &since=2022-02-10 &until=2022-02-10 &order=most) · Save as
        [CSV](/api/events.csv?speaker=ROH &factuality=certain &context=military &place=GON
        &since=2022-02-10 &until=2022-02-10), [JSONL](/api/events.jsonl?speaker=ROH
        &factuality=certain &context=military &place=GON &since=2022-02-10 &until=2022-02-10) [one
        by one](/ledger?speaker=ROH &factuality=certain &context=military &place=GON
        &since=2022-02-10 &until=2022-02-10) [by day](/ledger?speaker=ROH &factuality=certain
        &context=military &place=GON &since=2022-02-10 &until=2022-02-10 &group=day) [by
        dyad](/ledger?speaker=ROH &factuality=certain &context=military &place=GON &since=2022-02-10
        &until=2022-02-10 &group=dyad) [by type](/ledger?speaker=ROH &factuality=certain
        &context=military &place=GON &since=2022-02-10 &until=2022-02-10 &group=type) ## No event
        fits Remove a filter above, or [clear all](/ledger).
        """,
    ),
    (
        "/event?id=river-1",
        "ASSAULT: Arnor attacked Gondor in Osgiliath.",
        """
        Event # ASSAULT [Arnor](/dossiers/actor?id=ARN) → [Gondor](/dossiers/actor?id=GON) material
        conflict · 2022-02-10 · [what ASSAULT means](/codebook/ASSAULT) Arnor attacked Gondor in
        Osgiliath. Gondor threatened Mordor: if the river is closed, war will follow. [The
        river](/report?id=river#e-river-1), The Courier, 2022-02-10 ## Fields who Arnor what ASSAULT
        toward whom Gondor according to the publisher how firmly certain, past where Osgiliath,
        Gondor contexts military intensity −9.5 (PLOVER) ## Evidence word attacked found by a rule
        rule quick probability 0.90, that a careful coder would record it with these parties and
        this type reported as current id river-1 [as JSON](/api/event?id=river-1) ## Reported in
        [2](/ledger?rows=events &entry=E-# &background=true &negations=true = 2) events
        [ASSAULT](/event?id=again-1) [Arnor](/dossiers/actor?id=ARN) →
        [Gondor](/dossiers/actor?id=GON) [Arnor attacked Gondor in
        Osgiliath.](/report?id=again#e-again-1) 2022-02-10 · certain, past · The Herald
        """,
    ),
    (
        "/event?id=council-2",
        "AID: Rohan helped Gondor with 500 troops in Edoras on 4 February.",
        """
        Event # AID [Rohan](/dossiers/actor?id=ROH) → [Gondor](/dossiers/actor?id=GON) material
        cooperation · 2022-02-04 · [what AID means](/codebook/AID) Rohan helped Gondor with 500
        troops in Edoras on 4 February. [Council of the north](/report?id=council#e-council-2), The
        Gazette, 2022-02-09 ## Fields who Rohan what AID toward whom Gondor according to the
        publisher how firmly certain, past how much 500 troops when 2022-02-04 where Edoras, Rohan
        contexts military intensity +6 (PLOVER), CAMEO 072, Goldstein +8.3 ## Evidence word helped
        found by a rule rule quick probability 0.75, that a careful coder would record it with these
        parties and this type reported as current id council-2 [as JSON](/api/event?id=council-2)
        """,
    ),
    (
        "/event?id=council-3",
        "CONSULT: Gondor met Arnor.",
        """
        Event # CONSULT [Gondor](/dossiers/actor?id=GON) → [Arnor](/dossiers/actor?id=ARN) verbal
        cooperation · 2022-02-09 · [what CONSULT means](/codebook/CONSULT) The court of Rohan said:
        " Gondor met Arnor. " [Council of the north](/report?id=council#e-council-3), The Gazette,
        2022-02-09 ## Fields who Gondor what CONSULT toward whom Arnor according to court of Rohan
        (Rohan, courts) in the word said how firmly probable, past, verbatim contexts military
        intensity +2 (PLOVER) ## Evidence word met found by a rule and the learned reader rule quick
        probability 0.90, that a careful coder would record it with these parties and this type
        reported as current id council-3 [as JSON](/api/event?id=council-3)
        """,
    ),
    (
        "/event?id=denial-2",
        "SANCTION: Long ago Harad sanctioned Rohan.",
        """
        Event # SANCTION background [Harad](/dossiers/actor?id=HAR) →
        [Rohan](/dossiers/actor?id=ROH) material conflict · no day · [what SANCTION
        means](/codebook/SANCTION) Mordor did not attack Rohan. Long ago Harad sanctioned Rohan.
        [denial](/report?id=denial#e-denial-2) ## Fields who Harad what SANCTION toward whom Rohan
        according to the publisher how firmly certain, past when reported as background contexts
        military intensity −9.5 (PLOVER) ## Evidence word sanctioned found by a rule rule quick
        probability 0.90, that a careful coder would record it with these parties and this type
        reported as background day from background distance id denial-2 [as
        JSON](/api/event?id=denial-2)
        """,
    ),
]


@pytest.mark.parametrize(("path", "title", "words"), PAGES)
def test_pages(small: TestClient, path: str, title: str, words: str) -> None:
    answer = small.get(path)
    assert answer.status_code == 200
    assert title_of(answer.text) == f"{title} · Dragoman"
    assert words_of(answer.text) == stated(whole(words))


# Path, part of the page, how many there are.
LIMITS = [
    ("/ledger", "//main//li[contains(@class, 'event-line')]", 50),
    ("/ledger?rows=events&limit=7&order=oldest", "//main//li[contains(@class, 'event-line')]", 7),
    ("/ledger", "//h2[starts-with(., 'Party')]/following-sibling::*[1]/li", 8),
    ("/ledger", "//h2[starts-with(., 'Publisher')]/following-sibling::*[1]/li", 8),
    ("/ledger", "//select[@name='publisher']/option", 101),
    ("/ledger", "//datalist/option", 300),
    ("/ledger?group=dyad", "//main//table/tbody/tr", 50),
    ("/ledger?group=dyad&cursor=300", "//main//table/tbody/tr", 11),
    ("/ledger?order=most&limit=3&cursor=309", "//main//li[contains(@class, 'event-line')]", 2),
]


@pytest.mark.parametrize(("path", "part", "count"), LIMITS)
def test_limits(crowded: TestClient, path: str, part: str, count: int) -> None:
    assert count_of(crowded.get(path).text, part) == count


def test_pages_by_number_of_reports(crowded: TestClient) -> None:
    page = crowded.get("/ledger?order=most&limit=2").text
    assert links_of(page, "//p[@class='pager']") == ["/ledger?cursor=2&limit=2&order=most"]
    assert count_of(page, "//main//li[contains(@class, 'event-line')]") == 2


# Query and words of the error.
REFUSED = [
    ("order=name", "order 'name' is not for what is not grouped; use newest or oldest"),
    ("order=most&rows=events", "order 'most' is not for events of single reports; use newest or oldest"),
    ("group=day&cursor=x", "cursor 'x' is not one of this page; begin without one"),
    ("group=day&cursor=-1", "cursor '-1' is not one of this page; begin without one"),
    ("order=most&cursor=²", "cursor '²' is not one of this page; begin without one"),
    ("columns=dey", "no column 'dey'; "),
    ("type=ASSALT", "ASSAULT"),
]


@pytest.mark.parametrize(("query", "words"), REFUSED)
def test_refused(small: TestClient, query: str, words: str) -> None:
    answer = small.get(f"/ledger?{query}")
    assert answer.status_code == 400
    assert words in html_of(answer.text).text_content()


@pytest.mark.parametrize(("cursor", "offset"), [(None, 0), ("7", 7), ("9" * 20, 10_000_000)])
def test_offset(cursor: str | None, offset: int) -> None:
    assert LedgerQuery(cursor=cursor).offset() == offset


NEWEST, OLDEST = ("newest", "newest first"), ("oldest", "oldest first")
MOST, BY_NAME = ("most", "most events first"), ("name", "by name")
# Group, rows, possible orders.
ORDERS = [
    (None, "entries", [NEWEST, OLDEST, ("most", "most reports first")]),
    (None, "events", [NEWEST, OLDEST]),
    ("day", "events", [NEWEST, OLDEST, MOST]),
    ("day", "entries", [NEWEST, OLDEST, MOST]),
    ("dyad", "events", [MOST, BY_NAME]),
    ("type", "entries", [MOST, BY_NAME]),
]


@pytest.mark.parametrize(("group", "rows", "orders"), ORDERS)
def test_orders(group: str | None, rows: str, orders: list[tuple[str, str]]) -> None:
    assert routes_ledger._orders(group, rows) == orders


# Filter, value, words.
WORDS = [
    ("actor", "GON", "Gondor"), ("recipient", "ARN", "Arnor"), ("party", "MOR", "Mordor"),
    ("speaker", "ROH", "Rohan"), ("dyad", "ARN>GON", "Arnor toward Gondor"),
    ("between", "ARN,GON", "Arnor and Gondor"), ("about", "taiwan-arms", "Arms for Taiwan"),
    ("about", "nothing", "nothing"), ("quad", "verbal_conflict", "verbal conflict"), ("quad", "x_y", "x_y"),
    ("firm", "true", "yes"), ("background", "false", "no"), ("negations", "true", "yes"),
    ("one_a_day", "true", "yes"), ("reviewed", "true", "yes"), ("reader", "first", "the coder"),
    ("reader", "second", "a second reader"), ("reader", "both", "both readers"),
    ("mode", "a_b", "a b"), ("context", "human_rights", "human rights"), ("factuality", "a_b", "a b"),
    ("polarity", "a_b", "a b"), ("text", "a_b", "a_b"), ("publisher", "GON", "GON"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value", "words"), WORDS)
def test_values_in_words(small: TestClient, name: str, value: str, words: str) -> None:
    assert value_words(small.app.state.site, name, value) == words


def test_values_offered(small: TestClient) -> None:
    assert routes_ledger.choices(small.app.state.site) == {
        "event_type": {"ASSAULT": 2, "ACCUSE": 1, "AID": 1, "CONSULT": 1, "THREATEN": 1},
        "party": {"GON": 6, "ARN": 4, "MOR": 1, "ROH": 1},
        "publisher": {"The Gazette": 3, "The Courier": 2, "The Herald": 1},
        "context": {"military": 5, "human_rights": 1, "intelligence": 1},
    }


def test_counts_that_take_long_are_made_later(crowded: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []

    def soon(key: tuple[object, ...], make: object, *, wait: bool = False) -> None:
        asked.append(wait)

    monkeypatch.setattr(crowded.app.state.site, "soon", soon)
    for limit, query in ((355, ""), (354, ""), (354, "&wait=true"), (1, "&text=met")):
        monkeypatch.setattr(routes_ledger, "_COUNTED_AT_ONCE", limit)
        assert "being counted" in crowded.get(f"/ledger?rows=events{query}").text
    assert asked == [True, False, True, False]


LONG = "before " * 80 + "Arnor attacked Gondor." + " after" * 90


@pytest.mark.parametrize(
    ("text", "around"),
    [
        (
            "One line.\nAnother. Arnor attacked Gondor. The end.\nNext.",
            "Another. Arnor attacked Gondor. The end.",
        ),
        ("Arnor attacked Gondor.", "Arnor attacked Gondor."),
        (LONG, LONG[160 : 560 + 22 + 400]),
    ],
)
def test_text_around_an_event(tmp_path: Path, text: str, around: str) -> None:
    """The page shows the line of the event, up to 400 characters before and after it."""
    made = event("e", text, "Arnor attacked Gondor.", "attacked", "ASSAULT")
    path = tmp_path / "one.sqlite"
    with Record.open(path) as record:
        coded = CodedDocument(id="d", document=Document(id="d", text=text), events=(made,), attributions=())
        record.add(coded, run_id=record.begin_run("test"))
    client = client_of(path)
    (shown,) = html_of(client.get("/event?id=e").text).xpath("//main//blockquote/p")
    assert shown.text_content() == around
    # Without entries, events of single reports are listed and not grouped into entries.
    words = " ".join(words_of(client.get("/ledger").text))
    assert "1 event of single reports [as a table]" in words


def test_readings_of_an_event(tmp_path: Path) -> None:
    path = write_small(tmp_path / "read.sqlite")
    with Record.open(path) as record:
        trigger = record.event("river-1").event.trigger
        record.add_readings([
            EventReading(document_id="river", reader=reader, kind=kind, verdict=verdict, event_id="river-1",
                         event_type="ASSAULT", trigger_start=trigger.start, trigger_end=trigger.end)
            for reader, kind, verdict in (("m2", "model", "accept"), ("anna", "person", "reject"))
        ])  # fmt: skip
    words = " ".join(words_of(client_of(path).get("/event?id=river-1").text))
    assert "A reader has rejected this event. ## Fields" in words
    assert "## Readings accept by m2 (model), 20" in words
    assert "reject by anna (person), 20" in words


def test_second_readers_beside_the_calibrated_confidence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_small(tmp_path / "calibrated.sqlite")
    with Record.open(path) as record:
        trigger = record.event("river-1").event.trigger
        record.add_readings([
            EventReading(document_id="river", reader=reader, kind=kind, verdict="accept", event_id="river-1",
                         event_type="ASSAULT", trigger_start=trigger.start, trigger_end=trigger.end)
            for reader, kind in (("m2", "model"), ("m1", "model"), ("m2", "model"), ("anna", "person"))
        ])  # fmt: skip
    lines = tmp_path / "lines.json"
    asked: list[Path] = []

    def confidence(record: Record, path: Path) -> Callable[[StoredEvent], float]:
        asked.append(path)
        return lambda stored: 0.625

    monkeypatch.setattr(routes_ledger, "calibrated_confidence", confidence)
    client = client_of(path, calibration=lines)
    for _ in range(2):
        words = " ".join(words_of(client.get("/event?id=river-1").text))
        assert "; 0.62 by the verdicts of reviewers, found by m1, m2 too" in words
    assert asked == [lines]
