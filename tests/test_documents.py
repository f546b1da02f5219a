"""Domain values go into JSON and come back equal."""

from dataclasses import fields
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from builders import make_episode, make_ledger_show, make_line, make_show
from pydantic import ValidationError

from catalogue.documents import read_document, render_document
from catalogue.domain.episode import Episode, Season, Soundbite
from catalogue.domain.facts import AudioFacts, TranscriptFacts
from catalogue.domain.identity import LedgerEpisode
from catalogue.domain.media import Chapter, Cue
from catalogue.domain.plan import Problem, Severity

VALUES = [
    make_show(),
    make_episode(number=Decimal("1.5"), season=Season(number=2, name="After")),
    make_episode(soundbites=(Soundbite(start=timedelta(seconds=1.5), duration=timedelta(minutes=1)),)),
    make_line(missing_since=datetime(2026, 1, 1, tzinfo=UTC)),
    make_ledger_show(was=("older",)),
    AudioFacts(format="mp3", sha256="a", essence="b", size_bytes=1, chapters=(Chapter(start=timedelta(0), title="é"),)),
    TranscriptFacts(format="vtt", sha256="a", size_bytes=1, cues=(Cue(text="Hola", start=timedelta(microseconds=1)),)),
    Problem(severity=Severity.WARNING, code="x", path="ü/ñ.mp3", message="…"),
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_a_value_comes_back_equal(value):
    assert read_document(type(value), render_document(type(value), value)) == value


def test_text_that_no_encoding_takes_comes_back_as_it_was():
    line = make_line(guid="a\ud800\0b \U0001f600", missing_since=datetime(2026, 1, 1, tzinfo=UTC))
    document = render_document(LedgerEpisode, line)
    document.decode("utf-8")
    assert read_document(LedgerEpisode, document) == line


@pytest.mark.parametrize("document", ['{"guid":"\\ud800', '{"guid":"\\ud800"}', "\\ud800", b'"\\ud8'])
def test_broken_documents_with_such_text_are_refused_like_any(document):
    with pytest.raises(ValidationError):
        read_document(LedgerEpisode, document)


def test_the_same_value_gives_the_same_bytes():
    assert render_document(Episode, make_episode()) == render_document(Episode, make_episode())


def test_a_document_of_an_earlier_version_lacks_only_what_has_a_default():
    required = {"guid", "slug", "path", "title", "published_at", "language"}
    assert {field.name for field in fields(Episode) if field.default is field.default_factory} == required


def test_what_is_no_document_is_refused():
    with pytest.raises(ValidationError):
        read_document(Episode, b'{"guid": 1}')
