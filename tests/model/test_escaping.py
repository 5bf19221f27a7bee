"""Content that is safe in HTML and in script elements."""

from __future__ import annotations

import json

import pytest

from dragoman.model.escaping import attribute, plain, policy_hash, script_json, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<b>&", "&lt;b&gt;&amp;"),
        ('a "b"', "a &quot;b&quot;"),
        ("a\x00b", "a\ufffdb"),
        ("\u202eevil", '<span class="control">U+202E</span>evil'),
    ],
)
def test_text_in_html(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_text_in_attributes() -> None:
    assert plain("\u202e<") == "[U+202E]<"
    assert attribute('\u202e"<') == "[U+202E]&quot;&lt;"


@pytest.mark.parametrize("text", ["</script><script>", "<!--", "a & b", "caf\u00e9 \u2028"])
def test_json_in_a_script_cannot_end_it_and_keeps_its_value(text: str) -> None:
    written = script_json({"text": text})
    assert written.isascii()
    assert not set("<>&") & set(written)
    assert json.loads(written) == {"text": text}


def test_the_hash_of_a_policy() -> None:
    # From the specification of content security policies.
    assert policy_hash("alert('Hello, world.');") == "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"
