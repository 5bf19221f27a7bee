"""Notices of a page go, sentences of a report stay, whatever they begin or end with."""

from __future__ import annotations

import pytest

from dragoman.readers.cleaning import clean_paragraphs, is_notice, tidy_paragraph

NOTICES = [
    "Advertisement",
    "Read more: Rohan counts its horses",
    "READ MORE >> Rohan counts its horses",
    "Also read | Rohan counts its horses",
    "Related: Five things to know about the ford",
    "Share this article on Facebook",
    "By Jane Doe",
    "By JANE DOE and John Roe, Arnor Times",
    "By Jane van Doe in Minas Tirith",
    "Updated: 2022-02-15 23:30",
    "Tuesday, 15 February 2022, 11:30 p.m. GMT",
    "First published on 15 February 2022",
    "Reuters",
    "Xinhua | Updated: 2022-02-15 23:30",
    "© 2022 Arnor Times. All rights reserved.",
    "Copyright 2022 The Arnor Press. All rights reserved. This material may not be published.",
    "Soldiers at the ford on Monday. (Photo: Jane Doe)",
    "Soldiers at the ford on Monday. Photograph: Jane Doe/AFP",
    "Soldiers at the ford on Monday REUTERS/Jane Doe",
    "Soldiers at the ford on Monday [AFP/Jane Doe]",
    "Image caption Soldiers at the ford",
    "Reporting by Jane Doe; Editing by John Roe",
    "(Additional reporting by Jane Doe in Annuminas)",
    "Sign up for our newsletter",
    "Follow us on Twitter",
    "The post Envoy recalled appeared first on Arnor Times.",
    "3 min read",
    "Photo",
    "Video",
    "Getty Images",
    "Advertisement Continue reading the main story",
    "Newsletter Sign Up Continue reading the main story",
    "Image source, Reuters",
    "Image copyright Reuters Image caption The ford",
    "Video caption, The king speaks",
    "Media playback is unsupported on your device",
    "Scroll down for video",
    "Reuters/Jane Doe",
    "(Reporting by Jane Doe)",
    "FILE - In this May 18, 2022, file photo, the king of Arnor speaks at the ford.",
    "Photo Soldiers at the ford on Monday. Credit Jane Doe for The Arnor Times",
    "* * *",
    "___",
]
SENTENCES = [
    "By Monday, Arnor had recalled its envoy.",
    "By Tuesday evening the troops had left.",
    "Reuters could not verify the report.",
    "Published figures show that Arnor sold arms to Rohan.",
    "Related charges against the minister were dropped on Monday.",
    "Arnor denied the attack, a spokesman told AFP.",
    "Gondor will not share the documents, according to papers seen by AFP.",
    "The two sides will meet again on 15 February.",
    "Photographs of the ford showed burned tanks, Gondor said.",
    "Image rights were not part of the deal that Arnor and Gondor signed.",
    "Video footage from the ford showed the shelling, and Arnor condemned it.",
    "Copyrighted works were banned from the border, Arnor said.",
    "No.",
    "Arnor attacked.",
    "Advertisements for war were banned, Arnor said.",
    "Scroll makers in Arnor asked for videos.",
    "Credit Arnor for the peace, the king said.",
    "File that in this country, he said, and the photo will be lost.",
    "Video captions were forged, Gondor said on Monday.",
    "Reuters and other agencies left the ford.",
    "Tags were removed from the bodies, the ministry said, and handed to Gondor by the Red Cross on Monday, "
    "after long talks.",
]


@pytest.mark.parametrize("paragraph", NOTICES)
def test_a_notice_is_dropped(paragraph: str) -> None:
    assert is_notice(paragraph)


@pytest.mark.parametrize("paragraph", SENTENCES)
def test_a_sentence_stays(paragraph: str) -> None:
    assert clean_paragraphs([paragraph]) == [paragraph]


def test_an_agency_behind_the_last_sentence_is_no_caption() -> None:
    caption, first, last = "Soldiers at the ford. (Xinhua)", "Arnor left the ford.", "Gondor agreed. (Xinhua)"
    assert clean_paragraphs([caption, first, last, "Share"]) == [first, last]


def test_title_and_repeated_paragraphs_stand_once() -> None:
    long = "Arnor has recalled its envoy from Gondor, the ministry said."
    given = ["Envoy Recalled", long, "He left.", long, "He left."]
    assert clean_paragraphs(given, title="Envoy recalled!") == [long, "He left.", "He left."]


def test_what_cannot_be_seen_goes() -> None:
    assert tidy_paragraph(
        "Ar\u00adnor\u200b \u202eat\u202ctacked\u00a0\n Gondor\x07 in Annu\u0301minas "
    ) == ("Arnor attacked Gondor in Annúminas")
