"""Five invented articles, and how each news database lays them out, line by line.

The layouts follow what the databases' help pages and public parsers of their exports describe.
"""

from __future__ import annotations

import datetime as dt
import textwrap
from dataclasses import dataclass


@dataclass(frozen=True)
class Invented:
    title: str
    publisher: str
    day: dt.date
    section: str
    byline: str
    words: int
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n\n".join(self.paragraphs)


ARTICLES = (
    Invented(
        "Arnor recalls its envoy from Gondor",
        "The Annuminas Times",
        dt.date(2022, 3, 7),
        "World; Pg. 4",
        "Ioreth Fairbairn",
        1204,
        (
            "Arnor recalled its ambassador from Gondor on Monday after soldiers crossed the river that runs "
            "between the two countries, the foreign ministry said in a statement read out on the radio.",
            "Subject to a vote in the council, the ministry will also close two of its consulates.",
            "Gondor said it regretted the decision and called for talks next week.",
        ),
    ),
    Invented(
        "Gondor: We will not be drawn into a war",
        "Minas Tirith Courier",
        dt.date(2022, 3, 8),
        "News",
        "Beregond Hill and Bergil Hill",
        87,
        (
            "Gondor rejected the accusations of Arnor on Tuesday and said that no soldier had crossed.",
            "“Ours is a policy of peace,” the steward said. March 9, 2022 is the day of the hearing.",
        ),
    ),
    Invented(
        "Rohan offers to host talks, sends observers to the border",
        "Edoras Morning Post",
        dt.date(2022, 3, 11),
        "Front page",
        "Elfhild Thatcher",
        512,
        (
            "Rohan offered on Friday to host talks of Arnor and Gondor and promised to send forty observers.",
            "It was the third offer of its kind: one, document 2 of 5 in the archive, was never answered.",
            "Company: that is what Arnor's envoy asked for in Edoras. He will wait for the observers first.",
        ),
    ),
    Invented(
        "Envoys of Arnor and Gondor meet in Edoras",
        "The Annuminas Times",
        dt.date(2022, 5, 2),
        "Foreign Desk",
        "Ioreth Fairbairn",
        1033,
        (
            "Envoys of Arnor and Gondor met in Edoras on Monday for the first time since the border closed.",
            "The two sides agreed to exchange prisoners and to open the bridge for merchants within a month.",
        ),
    ),
    Invented(
        "Dale threatens Esgaroth with a toll on the long lake",
        "Dale Evening Standard",
        dt.date(2021, 12, 30),
        "Business",
        "Bain Bowyer",
        2310,
        (
            "Dale threatened on Thursday to impose a toll on every boat from Esgaroth if the town does not "
            "lower its duties on timber and fish, which have doubled within a year.",
            "Esgaroth's master called the threat an outrage and asked the king to withdraw it.",
        ),
    ),
)

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def american(day: dt.date, *, short: bool = False) -> str:
    month = _MONTHS[day.month - 1]
    return f"{month[:3] if short else month} {day.day}, {day.year}"


def british(day: dt.date, *, short: bool = False) -> str:
    month = _MONTHS[day.month - 1]
    return f"{day.day:02d} {month[:3]} {day.year}" if short else f"{day.day} {month} {day.year}"


def nexis_uni() -> list[str]:
    """Nexis Uni and Lexis Advance, one paragraph a line; a page about the search comes first."""
    lines = [
        "User Name: = E. Took",
        "Date and Time: Friday, 12 March, 2022 10:14:00 o'clock CET",
        "Job Number: 166123456",
        f"Documents ({len(ARTICLES)})",
        *(f"{number}. {article.title}" for number, article in enumerate(ARTICLES, start=1)),
        "Client/Matter: -None-",
        "Search Terms: arnor AND gondor",
        "Search Type: Terms and Connectors",
        "Narrowed by:",
        "Content Type\tNarrowed by",
        "News\tTimeline: Dec 01, 2021 to May 31, 2022",
    ]
    for number, article in enumerate(ARTICLES):
        weekday = _WEEKDAYS[article.day.weekday()]
        days = (
            f"{american(article.day)} {weekday}",
            f"{british(article.day)} {weekday}",
            f"{weekday} {british(article.day)} 9:15 AM GMT",
            f"{weekday}, {american(article.day)}",
            f"{american(article.day)} {weekday} 4:05 PM EST",
        )
        lines += [
            article.title,
            article.publisher,
            days[number % len(days)],
            *(["Late Edition - Final"] if number == 0 else []),
            "",
            f"Copyright {article.day.year} The Publishing House of Arnor All Rights Reserved",
            "",
            f"Section:\u00a0{article.section.upper()}",
            f"Length:\u00a0{article.words} words",
            f"Byline:\u00a0By {article.byline}",
            *(["Highlight:\u00a0The ambassador leaves."] if number == 0 else []),
            "Body",
            "",
            *article.paragraphs,
            *(["Graphic", "PHOTO: The river (A. Painter)"] if number == 2 else []),
            "Classification",
            "",
            "Language: ENGLISH",
            "Publication-Type: Newspaper",
            "Subject: TALKS & MEETINGS (90%); BORDERS (78%)",
            "Geographic: ARNOR (95%)",
            "",
            f"Load-Date: {american(article.day + dt.timedelta(days=1))}",
            "",
            "End of Document",
        ]
    return lines


def lexisnexis(width: int | None = 78) -> list[str]:
    """The old LexisNexis: numbered documents, centred heads, labels in capitals, text broken to a width."""
    lines = [
        "",
        "Download Request: Selected Items: 1-5",
        "Time Of Request: Friday, March 11, 2022",
        "",
        "",
        "Terms: (arnor w/p gondor)",
        "",
    ]
    for number, article in enumerate(ARTICLES, start=1):
        weekday = _WEEKDAYS[article.day.weekday()]
        lines += [
            f"{number} of {len(ARTICLES)} DOCUMENTS".center(78),
            "",
            "",
            article.publisher.center(78),
            "",
            f"{american(article.day)} {weekday}".center(78),
            *(["Edition 1;".center(78)] if number == 3 else []),
            "",
            *(textwrap.wrap(article.title, 50) if width and number == 5 else [article.title]),
            "",
            f"BYLINE: {article.byline}",
            "",
            f"SECTION: {article.section}",
            "",
            f"LENGTH: {article.words} words",
            "",
        ]
        for paragraph in article.paragraphs:
            lines += [*(textwrap.wrap(paragraph, width) if width else [paragraph]), ""]
        lines += [
            f"LOAD-DATE: {american(article.day)}",
            "",
            "LANGUAGE: ENGLISH",
            "",
            "PUBLICATION-TYPE: Newspaper",
            "",
            "",
            f"Copyright {article.day.year} The Publishing House of Arnor".center(78),
            "All Rights Reserved".center(78),
            "",
        ]
    return lines


def _accession(number: int, day: dt.date) -> str:
    return f"ANTI0000{day:%Y%m%d}ei37000{number}a"


def factiva() -> list[str]:
    """Factiva's article format: everything by position."""
    lines: list[str] = []
    for number, article in enumerate(ARTICLES, start=1):
        lines += [
            article.section,
            article.title,
            f"By {article.byline}",
            *(["Special to the newspaper"] if number == 1 else []),
            f"{article.words:,} words",
            british(article.day),
            *(["09:15 GMT"] if number == 2 else []),
            article.publisher,
            "ANTI",
            *(["Late Edition - Final", "4"] if number == 1 else []),
            "English",
            f"Copyright {article.day.year} The Publishing House of Arnor. All Rights Reserved.",
            "",
            *(part for paragraph in article.paragraphs for part in (paragraph, "")),
            f"Document {_accession(number, article.day)}",
            "",
        ]
    return [
        *lines,
        "Search Summary",
        "Text\tarnor and gondor",
        "Date\tAll Dates",
        "© 2022 Factiva, Inc. All rights reserved.",
    ]


def factiva_codes() -> list[tuple[str, str]]:
    """Factiva's format with indexing: two-letter codes."""
    rows: list[tuple[str, str]] = []
    for number, article in enumerate(ARTICLES, start=1):
        rows += [
            ("SE", article.section),
            ("HD", article.title),
            ("BY", f"By {article.byline}"),
            ("WC", f"{article.words} words"),
            ("PD", british(article.day)),
            ("ET", "09:15"),
            ("SN", article.publisher),
            ("SC", "ANTI"),
            ("LA", "English"),
            ("CY", f"Copyright {article.day.year} The Publishing House of Arnor"),
            ("LP", article.paragraphs[0]),
            ("TD", "\n".join(article.paragraphs[1:])),
            ("NS", "gdip : International Relations"),
            ("RE", "arn : Arnor"),
            ("PUB", "The Publishing House"),
            ("AN", f"Document {_accession(number, article.day)}"),
            ("", ""),
        ]
    return rows


def proquest() -> list[str]:
    """ProQuest's text export: blank lines between fields, none inside the text."""
    lines: list[str] = []
    for number, article in enumerate(ARTICLES, start=1):
        link = f"https://www.proquest.example/docview/310739662{number}"
        lines += [
            "_" * 60,
            "",
            f"Document {number} of {len(ARTICLES)}",
            "",
            article.title,
            "",
            link,
            "",
            "Abstract: None available.",
            "",
            f"Links: https://library.example/openurl?date={article.day}",
            "",
            f"Full text: {article.paragraphs[0]}",
            *article.paragraphs[1:],
            "",
            "Subject: Diplomacy; Ambassadors",
            "",
            f"Title: {article.title}",
            "",
            f"Publication title: {article.publisher}; Annuminas",
            "",
            f"Publication year: {article.day.year}",
            "",
            f"Publication date: {american(article.day, short=True)}",
            "",
            f"Section: {article.section}",
            "",
            "Publisher: The Publishing House of Arnor",
            "",
            "Place of publication: Annuminas",
            "",
            "Source type: Newspaper",
            "",
            "Language of publication: English",
            "",
            "Document type: News",
            "",
            f"ProQuest document ID: 310739662{number}",
            "",
            f"Document URL: {link}",
            "",
            f"Copyright: Copyright {article.day.year} The Publishing House of Arnor",
            "",
            f"Last updated: {article.day}",
            "",
            "Database: Middle-earth Newsstream",
            "",
        ]
    return [*lines, "_" * 60, "", "Contact ProQuest", "", "Database copyright © 2022 ProQuest LLC."]


def proquest_details() -> list[str]:
    """ProQuest's word-processor export: capital headings, the fields as a table behind the text."""
    lines: list[str] = []
    for number, article in enumerate(ARTICLES, start=1):
        lines += [
            f"Document {number} of {len(ARTICLES)}",
            article.title,
            f"Author: {article.byline}",
            f"Publication info: {article.publisher} ; Annuminas [Annuminas]. "
            f"{british(article.day, short=True)}: 4.",
            "ProQuest document link",
            "ABSTRACT (ENGLISH)",
            "The envoy leaves.",
            "FULL TEXT",
            *article.paragraphs,
            "DETAILS",
            "Subject:\tDiplomacy",
            f"Title:\t{article.title}",
            f"Publication title:\t{article.publisher}; Annuminas",
            "First page:\t4",
            f"Publication date:\t{american(article.day, short=True)}",
            f"Section:\t{article.section}",
            "Document type:\tNews",
            f"ProQuest document ID:\t310739662{number}",
            "Database:\tMiddle-earth Newsstream",
            "LINKS",
        ]
    return [*lines, "Database copyright © 2022 ProQuest LLC. All rights reserved.", "Terms and Conditions"]


def gale() -> list[str]:
    """Gale's download as the article's page shows it."""
    lines: list[str] = []
    for number, article in enumerate(ARTICLES, start=1):
        lines += [
            article.title,
            f"Author: {article.byline}",
            f"Date: {british(article.day, short=True)}",
            f"From: {article.publisher}",
            "Publisher: The Publishing House of Arnor",
            "Document Type: Article",
            f"Section: {article.section}",
            f"Length: {article.words:,} words",
            "",
            "Full Text:",
            "",
            *(part for paragraph in article.paragraphs for part in (paragraph, "")),
            f"Copyright: COPYRIGHT {article.day.year} The Publishing House of Arnor",
            "http://annuminas.example",
            "",
            "Source Citation (MLA 9th Edition)",
            f'"{article.title}." {article.publisher}, {british(article.day, short=True)}. '
            "Gale OneFile: News, "
            f"link.gale.com/apps/doc/A69598765{number}/STND. Accessed 12 Mar. 2022.",
            "",
            f"Gale Document Number: GALE|A69598765{number}",
            "",
        ]
    return lines


def gale_source() -> list[str]:
    """Gale's older layout: one line of source with day and section, the byline above the text."""
    lines: list[str] = []
    for number, article in enumerate(ARTICLES, start=1):
        month = _MONTHS[article.day.month - 1]
        written = f"{month[:3] + '.' if len(month) > 4 else month} {article.day.day}, {article.day.year}"
        lines += [
            f"Title: {article.title}",
            f"Source: {article.publisher} (Annuminas, Arnor). ({written}): {article.section}: p4.",
            "Document Type: Article",
            "",
            f"Full Text: Byline: {article.byline}",
            "",
            *(part for paragraph in article.paragraphs for part in (paragraph, "")),
            f"COPYRIGHT {article.day.year} The Publishing House of Arnor",
            "",
            f"Gale Document Number: GALE|A69598765{number}",
            "",
        ]
    return lines


def _inverted(name: str) -> str:
    return f"{name.removeprefix('The ')}, The" if name.startswith("The ") else name


def newsbank() -> list[str]:
    """Access World News: day and newspaper with a bar between, labels, the record's number at the end."""
    lines: list[str] = []
    for number, article in enumerate(ARTICLES, start=1):
        lines += [
            article.title,
            f"{american(article.day)} | {_inverted(article.publisher)} (Annuminas, AN)",
            f"Author: {article.byline} | Section: {article.section}",
            f"{article.words:,} Words",
            "Page: A4",
            "OpenURL Link",
            "",
            *(part for paragraph in article.paragraphs for part in (paragraph, "")),
            f"Copyright, {article.day.year}, The Publishing House of Arnor. All Rights Reserved.",
            f"Record Number: 15e3a0{number}",
            "",
        ]
    return lines


def newsbank_labels() -> list[str]:
    """NewsLibrary: labels first, the record's number among them."""
    lines: list[str] = []
    for number, article in enumerate(ARTICLES, start=1):
        lines += [
            f"Paper: {article.publisher}",
            f"Title: {article.title}",
            f"Author: {article.byline}",
            f"Date: {american(article.day)}",
            f"Section: {article.section}",
            "Page: 4A",
            f"Record Number: 03050800{number}",
            f"Copyright (c) {article.day.year} The Publishing House of Arnor",
            "",
            *(part for paragraph in article.paragraphs for part in (paragraph, "")),
            "",
        ]
    return lines


def westlaw() -> list[str]:
    """Westlaw's NewsRoom: citation and number, newspaper, day, section, title, text, index terms."""
    lines: list[str] = []
    for number, article in enumerate(ARTICLES, start=1):
        day = article.day
        citation = f"{day.month}/{day.day}/{day:%y} {article.publisher} A4"
        lines += [
            "NewsRoom",
            citation,
            f"{day.year} WLNR 712345{number}",
            "",
            article.publisher,
            f"Copyright (c) {day.year} The Publishing House of Arnor. All rights reserved.",
            "",
            american(day),
            "",
            f"Section: {article.section}",
            "",
            article.title,
            "",
            f"By {article.byline}",
            "",
            *(part for paragraph in article.paragraphs for part in (paragraph, "")),
            "---- Index References ----",
            "",
            "News Subject: (International Relations (1IN65))",
            "",
            "Region: (Arnor (1AR12))",
            "",
            "Language: EN",
            "",
            f"Word Count: {article.words}",
            citation,
            "END OF DOCUMENT",
            "© 2022 Thomson Reuters. No claim to original U.S. Government Works.",
            "",
        ]
    return lines
