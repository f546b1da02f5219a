"""What a search finds in the rich show: a sentence that was said, one that was written, and a title."""

from __future__ import annotations

from datetime import timedelta

from rich_show import rich_episodes, rich_show

from catalogue.domain.search import Answer, Choice, Choices, Found, Hit, Kind, Place

SHOW = rich_show()
EPISODES = {episode.slug: episode for episode in rich_episodes()}
BONE = "It began with bone pain that would not go, and a doctor who listened."
CHOICES = Choices(
    shows=(Choice(value="conversations", label="Breast Cancer Conversations (demonstration)", count=5),),
    people=(Choice(value="ana", label="Ana", count=2), Choice(value="narrator", label="Narrator", count=5)),
    topics=(Choice(value="grief", label="grief", count=2), Choice(value="recurrence", label="recurrence", count=3)),
    years=(Choice(value="2021", label="2021", count=4), Choice(value="2020", label="2020", count=1)),
    languages=(Choice(value="en", label="en", count=4), Choice(value="es", label="es", count=2)),
)


def found(text=BONE, *words, **stated):
    """A sentence found by words in it."""
    marks = tuple((text.index(word), text.index(word) + len(word)) for word in words)
    said = {"place": Place.TRANSCRIPT, "start": timedelta(seconds=72), "speaker": "Narrator", "language": "en"}
    return Found(text=text, marks=marks, **said | stated)


def written(text, *words, place=Place.NOTES, **stated):
    """A sentence that nobody says."""
    return found(text, *words, place=place, start=None, speaker=None, **stated)


def hit(slug="110-meet-the-husbands", *sentences, **stated):
    """An episode found."""
    episode = EPISODES[slug]
    values = {"language": "en", "title": episode.title, "show": SHOW, "episode": episode} | stated
    sentences = sentences or (found(BONE, "bone pain"),)
    return Hit(kind=Kind.EPISODE, show_guid=SHOW.guid, guid=episode.guid, found=sentences, **values)


def other(kind, slug, title, *sentences, language="en"):
    """A topic page or an event found."""
    return Hit(kind=kind, show_guid="", guid=slug, language=language, title=title, found=sentences)


def answer(*hits, **stated):
    """A page of what was found."""
    return Answer(hits=hits, **{"count": len(hits)} | stated)


def bone_pain():
    """What is found for "bone pain"."""
    spoken = "Dolor de huesos, y una médica que escuchó."
    return answer(
        hit(
            "110-meet-the-husbands",
            found(BONE, "bone", "pain"),
            found("The pain in his bones came back.", "pain", "bones", start=timedelta(seconds=252), speaker="Reader"),
            written("Bone pain is a word that comes up.", "Bone pain"),
        ),
        hit("116-our-mbc-life", found("Pain in a bone is where it began for one of them.", "Pain", "bone")),
        hit("despues", found(spoken, "Dolor", "huesos", language="es", speaker=None), language="es"),
        hit("122-power-of-twitter", written(EPISODES["122-power-of-twitter"].title, "power", place=Place.TITLE)),
        count=12,
        last_page=3,
    )
