"""What pages say of themselves to machines: parsed as JSON from real pages, held against schema.org's words."""

import json
import re

import pytest
from builders import make_episode, make_show
from lxml import html
from rich_show import rich_publication, rich_show
from visitor import BASE_URL, Visitor

from catalogue.domain.episode import Review
from catalogue.domain.links import Links
from catalogue.domain.written_page import Gathered, PageKind, WrittenPage, WrittenPages

THING = {"@id", "name", "url", "description", "image", "sameAs"}
WORK = THING | set(
    "author publisher inLanguage license copyrightNotice isAccessibleForFree genre keywords hasPart isPartOf "
    "datePublished dateModified citation correction contributor editor producer translator mentions "
    "contentRating".split()
)
# What each type of schema.org knows, as far as we say it; what must be there for it to be of use.
KNOWN = {
    "WebSite": WORK | {"potentialAction"},
    "SearchAction": {"target", "query-input"},
    "EntryPoint": {"urlTemplate"},
    "PodcastSeries": WORK | {"webFeed", "containsSeason"},
    "PodcastSeason": THING | {"seasonNumber"},
    "PodcastEpisode": WORK | {"duration", "episodeNumber", "partOfSeries", "partOfSeason", "actor", "associatedMedia"},
    "AudioObject": WORK | {"contentUrl", "contentSize", "encodingFormat", "duration", "transcript"},
    "ImageObject": THING | {"width", "height"},
    "WebPage": WORK | {"lastReviewed", "reviewedBy", "mainEntity", "breadcrumb"},
    "MedicalWebPage": WORK | {"lastReviewed", "reviewedBy", "mainEntity", "breadcrumb"},
    "BreadcrumbList": {"itemListElement"},
    "ListItem": {"position", "name", "item"},
    "Person": THING,
    "Organization": THING,
    "CorrectionComment": WORK | {"text"},
}
NEEDED = {
    "PodcastSeries": {"name", "url", "webFeed", "image", "inLanguage", "publisher"},
    "PodcastEpisode": {"name", "url", "datePublished", "inLanguage", "partOfSeries", "image"},
    "AudioObject": {"contentUrl", "encodingFormat"},
    "ListItem": {"position", "name", "item"},
    "WebPage": {"url", "name", "mainEntity"},
    "SearchAction": {"target", "query-input"},
}
EPISODE = "/conversations/110-meet-the-husbands/"
PAGES = ("/", "/conversations/", EPISODE, f"/es{EPISODE}", "/conversations/trailer/",
         "/conversations/122-power-of-twitter/", "/conversations/116-our-mbc-life/")  # fmt: skip


def blocks(text):
    return [json.loads(one) for one in html.fromstring(text).xpath("//script[@type='application/ld+json']/text()")]


def nodes(value):
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from nodes(inner)


@pytest.fixture(scope="module")
def rich():
    return Visitor(rich_publication(), now=rich_show().first_seen_at.replace(year=2022))


def graph(visitor, path):
    (block,) = blocks(visitor.text(path))
    assert block["@context"] == "https://schema.org"
    return {node["@type"]: node for node in block["@graph"]}


@pytest.mark.parametrize("path", PAGES)
def test_every_word_is_one_of_schema_org_and_what_is_needed_is_there(rich, path):
    for node in nodes(blocks(rich.text(path))[0]["@graph"]):
        kind = node.get("@type")
        if kind is None:
            assert node.keys() == {"@id"}
            continue
        assert node.keys() - {"@type"} <= KNOWN[kind], kind
        if node.keys() != {"@type", "@id", "url"}:
            assert NEEDED.get(kind, set()) <= node.keys(), kind
        assert None not in node.values() and "" not in node.values()


def test_an_episode_says_what_it_is_part_of_who_speaks_and_where_it_is_heard_and_read(rich):
    episode = graph(rich, EPISODE)["PodcastEpisode"]
    assert episode["episodeNumber"] == "110"
    assert episode["duration"] == "PT48M"
    assert episode["partOfSeason"] == {"@type": "PodcastSeason", "seasonNumber": 2, "name": "Those who stay"}
    assert episode["actor"] == [
        {"@type": "Person", "name": "The Castalogue narrator", "url": "https://example.org/narrator"}
    ]
    audio = episode["associatedMedia"][0]
    assert (audio["encodingFormat"], audio["contentSize"]) == ("audio/mpeg", "44100000")
    assert rich.get(audio["contentUrl"].removeprefix(BASE_URL)).status_code == 200
    assert rich.get(audio["transcript"].removeprefix(BASE_URL)).status_code == 200
    assert episode["correction"][0]["datePublished"] == "2021-10-12"


def test_an_episode_without_a_summary_is_described_by_the_words_of_its_notes_alone(visit):
    visitor = visit(make_episode(notes="## Grief\n\nA *long* talk."))
    found = graph(visitor, "/conversations/meet-the-husbands/")
    assert found["PodcastEpisode"]["description"] == "Grief"


def test_the_page_says_when_it_was_reviewed_and_by_whom(rich):
    page = graph(rich, EPISODE)["WebPage"]
    assert page["lastReviewed"] == "2018-05"
    assert page["reviewedBy"] == {"@type": "Person", "name": "a specialist nurse"}


def test_an_episode_is_the_same_thing_in_every_language(rich):
    english, spanish = graph(rich, EPISODE), graph(rich, f"/es{EPISODE}")
    assert english["PodcastEpisode"]["@id"] == spanish["PodcastEpisode"]["@id"]
    assert spanish["PodcastEpisode"]["name"].startswith("Perder a quien amas")
    assert spanish["WebPage"]["url"] == f"{BASE_URL}/es{EPISODE}"
    assert spanish["BreadcrumbList"]["itemListElement"][0]["item"] == f"{BASE_URL}/es/conversations/"


def test_audio_elsewhere_and_audio_that_is_missing_are_said_as_they_are(rich):
    remote = graph(rich, "/conversations/122-power-of-twitter/")["PodcastEpisode"]
    assert [one["contentUrl"] for one in remote["associatedMedia"]] == ["https://audio.example.net/122.mp3"]
    assert "associatedMedia" not in graph(rich, "/conversations/116-our-mbc-life/")["PodcastEpisode"]


def test_the_site_says_how_it_is_searched(rich):
    site = graph(rich, "/")["WebSite"]
    assert site["potentialAction"]["target"]["urlTemplate"] == f"{BASE_URL}/search/?q={{q}}"


@pytest.mark.parametrize("title", ["</script><script>alert(1)</script>", "<!--<script>", "a\u2028b", '"\\'])
def test_no_title_ends_the_block_or_breaks_it(visit, title):
    response = visit(make_episode(title=title), show=make_show(description=title)).get(
        "/conversations/meet-the-husbands/"
    )
    (written,) = re.findall(rb'<script type="application/ld\+json">(.*?)</script>', response.data, re.DOTALL)
    assert b"<" not in written and "\u2028".encode() not in written
    named = {node.get("@type"): node for node in json.loads(written)["@graph"]}
    assert named["PodcastEpisode"]["name"] == title


def test_a_topic_page_is_medical_where_a_disclaimer_stands_beside_it(visit):
    topic = WrittenPage(
        kind=PageKind.TOPIC,
        slug="recurrence",
        path="topics/recurrence.md",
        title="Recurrence",
        review=Review(last_on="2018-05", by="A nurse"),
        gathered=(Gathered(episode="meet-the-husbands"),),
    )
    found = graph(
        visit(show=make_show(disclaimer="No medical advice."), written=WrittenPages(pages=(topic,))),
        "/topics/recurrence/",
    )
    page = found["MedicalWebPage"]
    assert (page["lastReviewed"], page["reviewedBy"]["name"]) == ("2018-05", "A nurse")
    assert page["mentions"][0]["@id"] == f"{BASE_URL}/conversations/meet-the-husbands/#episode"
    assert page.keys() - {"@type"} <= KNOWN["MedicalWebPage"]
    assert found["BreadcrumbList"]["itemListElement"][0]["name"] == "Recurrence"
    assert "WebPage" in graph(visit(written=WrittenPages(pages=(topic,))), "/topics/recurrence/")


def metas(text):
    page = html.fromstring(text)
    return {one.get("property") or one.get("name"): one.get("content") for one in page.xpath("//meta[@content]")}


def test_a_shared_episode_brings_its_card_its_audio_and_its_language(rich):
    said = metas(rich.text(f"/es{EPISODE}"))
    show, episode = rich.publication.listed[0], rich.publication.held["conversations"][0]
    assert said["og:image"] == Links(BASE_URL).card(show, episode)
    assert (said["og:image:width"], said["og:image:height"], said["twitter:card"]) == (
        "1200", "630", "summary_large_image")  # fmt: skip
    assert said["og:image:alt"] == episode.title
    assert (said["og:locale"], said["og:locale:alternate"]) == ("es_ES", "en_US")
    assert said["article:published_time"] == "2021-10-05T12:00:00+00:00"
    assert said["og:audio"].endswith("/110-meet-the-husbands.mp3") and said["og:audio:type"] == "audio/mpeg"


def test_a_shared_show_brings_a_card_too(rich):
    said = metas(rich.text("/conversations/"))
    assert said["og:image"].endswith("/conversations.card1.jpg") and said["og:type"] == "website"
