"""Which language tags name a language."""

from __future__ import annotations

import pytest

from catalogue.check.language import is_language


@pytest.mark.parametrize("tag", ["en", "EN-US", "es-419", "zh-Hant-TW", "deu", "iw", "ast", "de-1996"])
def test_known_language_is_one(tag):
    assert is_language(tag)


@pytest.mark.parametrize("tag", ["", "xx", "en_US", "English", "en-XX", "e", "en-", "qqq", "en-us-"])
def test_unknown_language_is_none(tag):
    assert not is_language(tag)
