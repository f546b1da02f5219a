"""A show that has everything a page can show, in words as long as people write them."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from builders import make_audio, make_episode, make_show
from fake_publication import FakeMedia, FakePublication

from catalogue.domain.agenda import Agenda
from catalogue.domain.episode import Correction, Episode, EpisodeType, Review, Season, Source, Translation
from catalogue.domain.events import Calendar, Event, EventText
from catalogue.domain.media import Chapter, Cue, RemoteAudio, Transcript
from catalogue.domain.people import PersonNote
from catalogue.domain.recurrence import read_rule
from catalogue.domain.show import Funding, Help, License, Person

NOTES = """
A narrator tells of three men who lost their wives to metastatic breast cancer: the memories, the first
diagnosis, and what they would say to couples who are just starting out. The hardest part begins at 4:12.

## What you will hear

- How the first weeks went, and who helped
- What *perspective* meant on a bad day (11:30)
- A word for couples at the beginning, at 36:05

## Words that come up

| Word | What it means |
|------|---------------|
| Metastatic | The cancer has spread to other parts of the body |
| De novo | Metastatic at the first diagnosis |

> Metastatic breast cancer can be treated, not cured.[^1]

## If you want to read on

There is more on [coping with the first days](https://example.org/coping), and 1. a list:

1. Talk to somebody you trust.
2. Ask for a specialist nurse.

[^1]: Treatment aims to control the spread, relieve symptoms and keep quality of life.
"""
NOTES_ES = """
Una narradora cuenta la historia de tres hombres que perdieron a sus mujeres por un cáncer de mama
metastásico. Lo más difícil empieza en 4:12.
"""
SENTENCES = (
    ("Narrator", "This is a demonstration, read by a synthetic voice."),
    ("Narrator", "Three men tell how the first weeks went, and who helped them through the days that followed."),
    ("Reader", "They speak of memories, of the first diagnosis, and of the long way in between."),
    ("Reader", "Each of them kept perspective in a way of his own, and each of them asked for help in the end."),
    ("Narrator", "They close with a word for couples who are at the beginning."),
)
HELP = (
    Help(
        name="Breast Cancer Helpline",
        what="Nurses who listen, day and night",
        url="https://example.org/help",
        phone="+1 555 0100",
        hours="every day, 24 hours",
        language="en",
        country="US",
    ),
    Help(name="Después de un Diagnóstico", what="A support group", language="es", hours="second and fourth Tuesday"),
)


def rich_show(**stated: object) -> object:
    """A show with a subtitle, people, help, a disclaimer, a way to write."""
    values: dict[str, object] = {
        "title": "Breast Cancer Conversations (demonstration)",
        "subtitle": "People living with and after breast cancer talk about what helped.",
        "description": "Long talks with people who have been there.\n\nEvery episode comes with a transcript.",
        "people": (Person(name="The Castalogue narrator", role="narrator"), Person(name="Ana", role="sound engineer")),
        "help": HELP,
        "disclaimer": "This show is no medical advice. Please talk to your care team about your own situation.",
        "support": "hello@example.org",
        "funding": (Funding(url="https://example.org/give", label="Give what you can"),),
        "timezone": "America/New_York",
        "accent": "#0b7a6e",
        "copyright": "© 2021 the makers of the show",
        "artwork_alt": "A ribbon in pink, teal and green",
        "license": License(identifier="cc-by-4.0", url="https://creativecommons.org/licenses/by/4.0/"),
    }
    return make_show(**values | stated)


def husbands(**stated: object) -> Episode:
    """The episode with everything."""
    values: dict[str, object] = {
        "slug": "110-meet-the-husbands",
        "guid": "g-110",
        "title": "Losing someone you love to MBC: meet the husbands (demonstration)",
        "number": Decimal(110),
        "season": Season(number=2, name="Those who stay"),
        "summary": "Three men who lost their wives tell what helped, what did not, and what they would say today.",
        "notes": NOTES,
        "content_warning": "Grief, and the death of a partner.",
        "renditions": (
            make_audio(size_bytes=44_100_000),
            make_audio(format="opus", sha256="0" * 64, size_bytes=19_300_000),
        ),
        "chapters": (
            Chapter(start=timedelta(0), title="Welcome"),
            Chapter(
                start=timedelta(minutes=4, seconds=12), title="The first diagnosis", url="https://example.org/first"
            ),
            Chapter(start=timedelta(minutes=5), title="Silent", is_listed=False),
            Chapter(
                start=timedelta(minutes=11, seconds=30), title="What perspective meant on a bad day, and who kept it"
            ),
            Chapter(start=timedelta(minutes=36, seconds=5), title="To couples who are at the beginning"),
        ),
        "transcripts": (
            Transcript(path="t.vtt", format="vtt", language="en", sha256="1" * 64, size_bytes=52_300),
            Transcript(path="t.es.vtt", format="vtt", language="es", sha256="2" * 64, size_bytes=54_800),
        ),
        "translations": (
            Translation(
                language="es",
                title="Perder a quien amas por un cáncer metastásico: los maridos (demostración)",
                summary="Tres hombres cuentan qué les ayudó.",
                notes=NOTES_ES,
            ),
        ),
        "people": (Person(name="The Castalogue narrator", role="narrator", url="https://example.org/narrator"),),
        "sources": (
            Source(title="Coping with the shock of diagnosis", url="https://example.org/coping"),
            Source(title="A book without an address"),
        ),
        "corrections": (Correction(on=date(2021, 10, 12), text="The year of the first diagnosis is now right."),),
        "review": Review(last_on="2018-05", next_on="under way", by="a specialist nurse"),
        "published_at": datetime(2021, 10, 5, 12, tzinfo=UTC),
    }
    return make_episode(**values | stated)


def rich_episodes() -> tuple[Episode, ...]:
    """Newest first as published: remote, missing, everything, Spanish, a trailer; and two nobody may see."""
    return (
        husbands(),
        make_episode(
            slug="116-our-mbc-life",
            guid="g-116",
            number=Decimal(116),
            title="Living with metastatic breast cancer, and Our MBC Life (demonstration)",
            summary="Advocates and supporters on what is different from one person to the next.",
            published_at=datetime(2021, 10, 7, 12, tzinfo=UTC),
            missing_since=datetime(2021, 10, 8, tzinfo=UTC),
        ),
        make_episode(
            slug="122-power-of-twitter",
            guid="g-122",
            number=Decimal(122),
            title="Cancer recurrence and the power of Twitter (demonstration)",
            published_at=datetime(2021, 10, 9, 12, tzinfo=UTC),
            renditions=(),
            remote=RemoteAudio(
                url="https://audio.example.net/122.mp3",
                size_bytes=51_000_000,
                media_type="audio/mpeg",
                duration=timedelta(minutes=72),
            ),
            notes="Stage II at first; six years later it had spread. " * 12,
        ),
        make_episode(
            slug="despues",
            guid="g-es",
            title="Después de un diagnóstico: cómo hablar con la familia (demostración)",
            language="es",
            summary="Qué decir, cuándo y a quién, contado despacio.",
            notes=NOTES_ES,
            published_at=datetime(2021, 9, 1, 12, tzinfo=UTC),
        ),
        make_episode(
            slug="trailer",
            guid="g-trailer",
            title="What this show is (demonstration)",
            type=EpisodeType.TRAILER,
            renditions=(make_audio(duration=timedelta(seconds=40), size_bytes=640_000),),
            notes="",
            published_at=datetime(2021, 8, 1, 12, tzinfo=UTC),
        ),
        make_episode(slug="later", guid="g-later", published_at=datetime(2099, 1, 1, tzinfo=UTC)),
        make_episode(slug="draft", guid="g-draft", draft=True),
    )


def rich_publication() -> FakePublication:
    """The show with its episodes, spoken words and a picture."""
    show, episodes = rich_show(), rich_episodes()
    return FakePublication(
        listed=(show,),  # type: ignore[arg-type]
        held={"conversations": episodes},
        files={"c" * 64: _picture(), **_sounds(episodes), **dict.fromkeys(("1" * 64, "2" * 64), _captions())},
        spoken={digit * 64: _cues() for digit in "12"},
        agenda=Agenda(calendars=(_calendar(),)),
        notes=(PersonNote(slug="ana", path="people/ana.md", note="## What she does\n\nShe *listens*."),),
    )


def _calendar() -> Calendar:
    weekly = Event(
        id="circle",
        title="Circle",
        what="An hour to talk, or only to listen. " * 6,
        audience="For those who care for somebody",
        where="Town library, first floor",
        url="https://example.org/circle",
        organiser="An organisation with a rather long name for what it does",
        first_on=date(2021, 10, 4),
        at=time(19),
        length=timedelta(minutes=90),
        repeats=(read_rule("FREQ=WEEKLY"),),
        texts=(EventText(language="es", title="Círculo"),),
    )
    spanish = Event(id="despues", title="Después de un diagnóstico", language="es", first_on=date(2031, 1, 1))
    return Calendar(path="events.toml", note="Ask there.", events=(weekly, spanish, Event(id="yoga", title="Yoga")))


def _cues() -> tuple[Cue, ...]:
    return tuple(
        Cue(text=text, speaker=speaker, start=timedelta(seconds=place * 9))
        for place, (speaker, text) in enumerate(SENTENCES * 6)
    )


def _captions() -> FakeMedia:
    body = b"WEBVTT\n"
    return FakeMedia(media_type="text/vtt", kind="transcript", size_bytes=len(body), body=body)


def _picture() -> FakeMedia:
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (640, 640), "#f4efe6")
    draw = ImageDraw.Draw(image)
    for place, colour in enumerate(("#d6477f", "#0b7a6e", "#5a9a4a")):
        draw.ellipse((120 + place * 110, 160, 330 + place * 110, 480), outline=colour, width=34)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85)
    return FakeMedia(media_type="image/jpeg", kind="image", size_bytes=len(out.getvalue()), body=out.getvalue())


def _sounds(episodes: tuple[Episode, ...]) -> dict[str, FakeMedia]:
    body = bytes(1000)
    return {
        audio.sha256: FakeMedia(media_type=audio.media_type, kind="audio", size_bytes=len(body), body=body)
        for episode in episodes
        for audio in episode.renditions
    }
