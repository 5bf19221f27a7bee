"""Patterns of the notices that a page or a feed puts between the paragraphs of a report.

Patterns only; `cleaning` applies them. The first two lists are case-insensitive.
"""

from __future__ import annotations

import re

_DAYS = "(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    "oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)

# The whole paragraph is one of these.
_WHOLE = (
    r"(?:skip )?advertisement(?: continue reading.{0,60})?|advertising|"
    r"sponsored(?: content)?|(?:story|article) continues(?: below.{0,60})?",
    r"photos?|image|video|gallery|play video|watch (?:now|video|live)|listen|loading",
    r"share(?: (?:this|on|via).{0,60})?|tweet|facebook|twitter|whatsapp|e-?mail|print|comments?",
    r"copy (?:this )?link|save|subscribe|sign in|log in|skip to .{0,40}|back to top",
    r"related(?: (?:articles?|stories|topics|news|content|coverage|links?))?|more on this(?: story)?",
    r"more (?:stories|news)|most (?:read|popular)|trending(?: now)?|recommended(?: for you)?",
    r"top stories|latest news|editor['\u2019]?s?['\u2019]? picks?|newsletters?|tags?:.{0,80}|tags?",
    r"(?:read|see|learn|show|view) (?:more|also|next|less|all)|continue reading.{0,60}",
    r"scroll (?:down )?(?:below )?for video|(?:newsletter )?sign up(?: continue reading.{0,60})?|getty",
    r"media playback is (?:not |un)supported.{0,60}|video player is loading.{0,40}|slideshow.{0,20}",
    r"please enable javascript.{0,200}|your browser does not support.{0,200}",
    r"this video can ?not be played.{0,100}|\d+ (?:comments?|shares?|views?)|\d+ min(?:ute)?s? (?:read|ago)",
    r"end of .{0,30}newsletter.{0,60}|follow .{0,30}newsletter.{0,60}",
)
WHOLE = re.compile(f"(?i)(?:{'|'.join(_WHOLE)})?[\\W_]*")

# A short paragraph begins with one of these.
_BEGINS = (
    r"(?:read|see|watch|listen) (?:more|also|next|now|all|the full \w+)\s*[:\u2013\u2014|>\u00bb-]",
    r"also read\b|recommended\s*:|related\s*:|related (?:articles?|stories|coverage)\s*:",
    r"read (?:our|the) (?:latest|full)\b|click here\b",
    r"follow (?:us|\S+) on (?:twitter|facebook|x|instagram)\b",
    r"sign up (?:for|to|here)\b|subscribe (?:to|now|today)\b|get (?:our|the) .{0,40}newsletter",
    r"download (?:our|the) .{0,20}app\b",
    r"(?:photo|image|picture|video|photograph|graphic|illustration)s?(?: credit)?\s*[:/]",
    r"(?:image|media|video) (?:source|caption|copyright)\b|file (?:photo|picture|image)\b",
    r"(?:photo|image|picture|photograph) by\b|credit\s*:",
    r"file\s*[-\u2013\u2014]+\s*in this\b.{0,40}(?:photo|picture|image|frame|handout)",
    r"copyright\b|\u00a9|\(c\)\s*\d{4}|all rights reserved",
    r"this (?:material|article) may not be (?:published|reproduced)",
    r"the post .{1,200} (?:first )?appeared (?:first )?on",
    r"this (?:article|story|post) (?:was )?(?:originally|first) (?:appeared|published)",
    r"our standards\s*:|reporting by\b.{3,200}(?:editing|writing|compiled)\b",
    r"\((?:additional )?(?:reporting|writing|editing|compiled) by\b",
    r"(?:additional reporting|editing|writing|edited|compiled) by [A-Z]",
    rf"(?:first published|last (?:updated|modified)|published|updated|posted)\s*(?:on|at)?\s*:?\s*"
    rf"(?:{_DAYS},?\s+)?(?:\d|(?:{_MONTHS})\b)",
    r"have (?:a )?(?:news )?tip\b|contact (?:the (?:author|editor)|us)\b|e-?mail (?:us|the author)\b",
)
BEGINS = re.compile(f"(?i)(?:{'|'.join(_BEGINS)})")

# A caption ends with its credit.
_AGENCY = r"(?:AP|AFP|EPA|Reuters|REUTERS|Getty Images|Xinhua|VCG|TASS|Anadolu)"
_CREDITS = (
    r"(?:Photo(?:graph)?|Image|Picture|Credit|PHOTO)s?\s*(?:by)?\s*[:/]\s*[^.:]{2,80}[.)\s]*",
    rf"[(\[][^()\[\]]{{0,60}}[/:]\s?{_AGENCY}(?:\s+Photo|\s?/[^()\[\]]{{0,60}})?[)\]][.\s]*",
    rf"[(\[]{_AGENCY}(?:\s+Photo|\s?/[^()\[\]]{{0,60}}|\s+via\s[^()\[\]]{{0,60}})[)\]][.\s]*",
    r"[(\[][^()\[\]]{0,60}Getty Images[)\]][.\s]*",
    r"\bCredit [A-Z][\w.'\u2019 -]{2,50}"
    r"(?: for The [\w ]{3,40}|\s?/[\w ,.\u2014-]{2,50}|, via [\w ,.-]{2,40})",
    r"(?<!told )(?<!to )(?<!by )(?<!with )(?<!from )(?<!the )"
    r"\b(?:Getty Images|AFP|REUTERS|EPA-EFE|AP Photo|Shutterstock)(?:\s?/\s?[\w .-]{2,40})?\s*",
)
CREDIT = re.compile(f"(?:{'|'.join(_CREDITS)})\\Z")
BARE_CREDIT = re.compile(rf"[(\[]{_AGENCY}[)\]][.\s]*\Z")
# Captions describe pictures; they do not report what was said.
REPORTED = re.compile(r"\b(?:said|told|says|added|reported|announced|warned)\b")

# "By Jane Doe", "By JANE DOE and John Roe, Arnor Times".
_CAPITAL = r"[A-Z\u00c0-\u00de][\w.'\u2019-]*"
_NAME = rf"{_CAPITAL}(?:\s+(?:(?:de|van|von|der|al|bin|el|la)\s+)?{_CAPITAL}){{1,3}}"
BYLINE = re.compile(
    rf"(?:[Bb]y|BY|[Ww]ritten by|[Rr]eported by)\s+{_NAME}(?:(?:,|\s+and|\s?&|,\s+and)\s+{_NAME})*"
    r"(?:,?\s+(?:in\s|for\s|at\s|of\s)?[\w .&'\u2019-]{2,40})?[\s,.|]*"
)
AGENCY = re.compile(
    r"(?:The )?(?:Associated Press|Reuters|Xinhua|AFP|AP|TASS|Agence France-Presse|BBC News|CNN)"
    r"(?:\s*[|,/\u2013-]\s*(?:Updated?:?\s*)?[\d:/., \w-]{0,60})?\s*"
)
# A time stamp without a sentence: "10:30 AM, February 4, 2022", "Updated: 2017-09-15 17:52".
STAMP = re.compile(
    r"(?i)(?:(?:first |last )?(?:updated|published|posted|modified)\b\W*(?:on |at )?)?"
    rf"(?:\b(?:{_DAYS}|\d{{1,4}}(?:st|nd|rd|th)?|{_MONTHS}|"
    r"[ap]\.?m\.?|gmt|utc|e[sd]t|c?est|at|on|updated|ist|bst)(?:[\s,:./|()\u2013-]+|$|(?=[ap]\.?m)))+"
)
