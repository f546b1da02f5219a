"""Topic pages, plain pages and the pages of tags, as visitors see them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from builders import NOON, make_audio, make_episode, make_show
from fake_publication import FakePublication
from lxml import html
from visitor import Visitor

from catalogue.actions.offered_feeds import OtherFeed
from catalogue.domain.episode import Review, Source, Tag, Translation
from catalogue.domain.selection import read_selection
from catalogue.domain.show import Help
from catalogue.domain.written_page import Gathered, PageKind, PageTranslation, WrittenPage, WrittenPages
from web.topic_page import MOST_OF_A_TAG

BONE = Tag(name="bone pain", slug="bone-pain")
TEXT = "Before.\n\n## What is it?\n\nIt comes back.\n\n## Can it be cured?\n\nIt can be treated.\n"


def make_page(**stated):
    values = {"kind": PageKind.TOPIC, "slug": "recurrence", "path": "topics/recurrence.md", "title": "Recurrence"}
    return WrittenPage(**values | {"notes": TEXT} | stated)


def episodes(*slugs):
    return [make_episode(slug=slug, guid=slug, path=f"folder-{slug}", title=slug.title()) for slug in slugs]


@pytest.fixture
def read(visit):
    """The page of a topic in a site of some episodes, as a tree."""

    def build(page, *held, path="/topics/recurrence/", **stated):
        return html.fromstring(visit(*held, written=WrittenPages(pages=(page,)), **stated).text(path))

    return build


def gathered(page):
    return page.xpath("//ol[@class='episodes']/li/*/a/text()")


def test_questions_have_contents_and_a_way_back_to_the_top(read):
    page = read(make_page())
    contents = {link.get("href"): link.text for link in page.xpath("//nav[@class='questions']//a")}
    assert contents == {"#notes-what-is-it": "What is it?", "#notes-can-it-be-cured": "Can it be cured?"}
    assert [f"#{heading.get('id')}" for heading in page.xpath("//section/h2[@id]")][:2] == list(contents)
    assert len(page.xpath("//section[contains(@class, 'question')]//a[@href='#content']")) == 2
    assert page.xpath("//main/@id") == ["content"]


def test_questions_that_bring_their_numbers_get_no_others(read):
    assert read(make_page()).xpath("//article[contains(@class, 'numbered')]")
    assert not read(make_page(notes="## 1 What?\n\n## 2 Why?\n")).xpath("//article[contains(@class, 'numbered')]")


def test_episodes_are_gathered_as_named_and_then_by_tag_each_with_the_reason(read):
    by_name, by_folder, tagged, other = episodes("a", "b", "c", "d")
    tagged = replace(tagged, tags=(BONE,))
    page = make_page(tags=(BONE,), gathered=(Gathered(episode="folder-b"), Gathered(episode="a", why="A first hand.")))
    tree = read(page, other, tagged, by_name, by_folder)
    assert gathered(tree) == ["B", "A", "C"]
    assert tree.xpath("//p[@class='why']/text()") == ["A first hand.", "About: bone pain"]


def test_an_episode_that_is_not_public_is_not_gathered(read):
    hidden = make_episode(slug="a", published_at=NOON + timedelta(days=1))
    assert gathered(read(make_page(gathered=(Gathered(episode="a"),)), hidden)) == []


def test_reviews_are_told_in_words_and_so_is_that_one_is_overdue(read):
    stated = (Review(last_on="2018-05", next_on=text) for text in ("under way", "2020-05"))
    lines = [read(make_page(review=one)).xpath("//article/p[@class='meta']/span/text()") for one in stated]
    assert lines[0] == ["Last reviewed May 2018", "next review under way"]
    assert lines[1][1] == "overdue: the next review was due May 2020"


def test_help_disclaimer_and_feedback_are_the_show_s_unless_the_page_has_its_own(visit):
    show = make_show(help=(Help(name="A nurse"),), disclaimer="No advice.", support="us@example.org")
    pages = WrittenPages(pages=(make_page(), make_page(slug="b", disclaimer="Mine.", feedback="https://e.org/f")))
    visitor = visit(show=show, written=pages)
    first, second = (visitor.text(f"/topics/{slug}/") for slug in ("recurrence", "b"))
    assert all(words in first for words in ("A nurse", "No advice.", "mailto:us@example.org"))
    assert [words in second for words in ("Mine.", "No advice.", "https://e.org/f")] == [True, False, True]


def test_further_reading_and_a_warning_stand_on_the_page(read):
    page = read(make_page(sources=(Source(title="A study"),), content_warning="talk of death"))
    assert page.xpath("//ul[@class='sources']/li/text()") == ["A study"]
    assert page.xpath("//aside[@class='warning']/p/text()")[0] == "Talk of death"


def test_in_spanish_the_translation_is_shown_and_else_the_words_are_marked(visit):
    spanish = PageTranslation(language="es", title="Recaída", notes="## ¿Qué es?\n\nVuelve.\n\n## ¿Se cura?\n\nNo.\n")
    pages = WrittenPages(pages=(make_page(translations=(spanish,)), make_page(slug="b", title="Plain")))
    visitor = visit(written=pages)
    assert "<h1>Recaída</h1>" in visitor.text("/es/topics/recurrence/")
    page = visitor.text("/es/topics/b/")
    assert '<h1 lang="en">Plain</h1>' in page
    assert '<a href="#content" lang="es">Volver arriba</a>' in page


def test_an_earlier_address_redirects_and_a_draft_is_not_there(visit):
    visitor = visit(written=WrittenPages(pages=(make_page(was=("old",)), make_page(slug="draft", draft=True))))
    moved = visitor.get("/topics/old/")
    assert (moved.status_code, moved.headers["Location"]) == (301, "/topics/recurrence/")
    assert visitor.get("/es/topics/old/").headers["Location"] == "/es/topics/recurrence/"
    assert visitor.get("/topics/draft/").status_code == 404


def test_a_tag_without_a_page_lists_its_episodes_of_all_shows():
    shows = make_show(), make_show(slug="other", guid="2", title="Other")
    first, second = (make_episode(slug=slug, guid=slug, tags=(BONE,)) for slug in ("a", "b"))
    feed = OtherFeed(selection=read_selection("tag/bone-pain"), label="bone pain", count=1)
    held = {"conversations": (first,), "other": (second, make_episode(slug="c", guid="c"))}
    page = html.fromstring(Visitor(FakePublication(listed=shows, held=held, others=(feed,))).text("/topics/bone-pain/"))
    assert page.xpath("//h1/text()") == ["Bone pain"]
    assert page.xpath("//ol[@class='episodes']//a/@href") == ["/conversations/a/", "/other/b/"]
    assert page.xpath("//p[@class='more']/a/@href")[0] == "/conversations/feeds/tag/bone-pain/"


def test_a_tag_of_many_episodes_shows_the_newest_and_says_so(visit):
    many = [make_episode(slug=f"e{n}", guid=str(n), tags=(BONE,)) for n in range(MOST_OF_A_TAG + 1)]
    page = visit(*many).text("/topics/bone-pain/")
    assert page.count("<li>\n<h2>") == MOST_OF_A_TAG
    assert "These are the newest 100 of 101." in page


def test_a_topic_of_many_episodes_shows_those_it_names_and_the_newest(visit):
    many = [make_episode(slug=f"e{n}", guid=str(n), tags=(BONE,)) for n in range(MOST_OF_A_TAG + 2)]
    page = make_page(tags=(BONE,), gathered=(Gathered(episode="e7"),))
    text = visit(*many, written=WrittenPages(pages=(page,))).text("/topics/recurrence/")
    assert text.count("<li>\n<h3>") == MOST_OF_A_TAG + 1
    assert "These are the newest 101 of 102." in text


def test_topics_are_listed_before_the_tags_that_have_no_page_of_their_own(visit):
    tags = (Tag(name="Recurrence", slug="recurrence"), BONE)
    visitor = visit(make_episode(tags=tags), written=WrittenPages(pages=(make_page(summary="It came back."),)))
    page = html.fromstring(visitor.text("/topics/"))
    links = page.xpath("//main//a/@href")
    assert links == ["/topics/recurrence/", "/topics/bone-pain/"]
    assert "1 episode" in page.xpath("string(//ul[@class='tags'])")
    assert gathered(html.fromstring(visitor.text("/topics/recurrence/"))) == ["Meet the husbands"]


def test_without_any_topic_the_page_says_so(visit):
    assert "There are no topics yet." in visit().text("/topics/")
    missing = visit().get("/topics/none/")
    assert (missing.status_code, "All episodes of Conversations" in missing.text) == (404, True)


def test_a_plain_page_has_its_words_and_gathers_nothing(visit):
    plain = make_page(kind=PageKind.PLAIN, slug="about-us", title="About us", notes="We are a group.", was=("us",))
    show = make_show(help=(Help(name="A nurse"),), disclaimer="No advice.")
    episode = make_episode(tags=(Tag(name="a", slug="about-us"),))
    visitor = visit(episode, show=show, written=WrittenPages(pages=(plain,)))
    page = visitor.text("/pages/about-us/")
    assert "<p>We are a group.</p>" in page
    assert not [words for words in ('class="episodes"', "No advice.", "A nurse") if words in page]
    assert visitor.get("/pages/us/").headers["Location"] == "/pages/about-us/"
    assert visitor.get("/pages/nobody/").status_code == 404


def test_an_episode_leads_to_the_topics_it_is_about(visit):
    page = html.fromstring(visit(make_episode(tags=(BONE,))).text("/conversations/meet-the-husbands/"))
    assert page.xpath("//ul[@class='tags']//a/@href") == ["/topics/bone-pain/"]


def test_pages_of_a_show_that_hides_from_directories_are_not_to_be_indexed(visit):
    shows = make_show(block=True), make_show(slug="b", guid="b", block=True)
    several = Visitor(FakePublication(listed=shows, written=WrittenPages(pages=(make_page(),))))
    for visitor in (several, visit(show=shows[0], written=WrittenPages(pages=(make_page(),)))):
        assert '<meta name="robots" content="noindex">' in visitor.text("/topics/recurrence/")


MOMENT = "![What *helps*](episode:{}#t=4:12,5:30)"


def heard(visit, name, *held, at="/topics/recurrence/", **stated):
    pages = WrittenPages(pages=(make_page(notes=MOMENT.format(name)),))
    return html.fromstring(visit(*held, written=pages, **stated).text(at)).xpath("//figure")[0]


def test_an_embedded_moment_is_a_player_of_that_stretch_with_the_warning_before_it(visit):
    figure = heard(visit, "meet-the-husbands", make_episode(content_warning="grief"))
    audio = figure.xpath("audio")[0]
    assert (audio.get("preload"), audio.get("controls"), audio.get("autoplay")) == ("none", "", None)
    assert audio.xpath("source/@src") == [f"/media/{'a' * 64}/meet-the-husbands.mp3#t=252,330"]
    assert "1 min" in figure.xpath("string(figcaption)")
    assert "grief" in figure.xpath("string(audio/preceding-sibling::figcaption)")
    assert figure.xpath("p/a/@href") == ["/conversations/meet-the-husbands/?t=252#player"]


def test_a_moment_in_spanish_warns_in_spanish(visit):
    text = Translation(language="es", title="Los maridos", content_warning="el duelo")
    episode = make_episode(content_warning="grief", translations=(text,))
    figure = heard(visit, "conversations/meet-the-husbands", episode, at="/es/topics/recurrence/")
    assert "el duelo" in figure.text_content()
    assert figure.xpath("p/a/@href") == ["/es/conversations/meet-the-husbands/?t=252#player"]


@pytest.mark.parametrize(
    ("name", "stated"),
    [
        ("nobody", {}),
        ("other-show/meet-the-husbands", {}),
        ("meet-the-husbands", {"draft": True}),
        ("meet-the-husbands", {"published_at": NOON + timedelta(days=1)}),
        ("meet-the-husbands", {"withdrawn_at": NOON}),
    ],
)
def test_a_moment_of_what_is_not_public_leaves_its_caption_and_a_sentence(visit, name, stated):
    figure = heard(visit, name, make_episode(**stated))
    assert not figure.xpath(".//audio | .//a")
    assert "What helps" in figure.text_content()
    assert "cannot be heard here now" in figure.text_content()


def test_a_moment_whose_audio_is_away_says_so_and_keeps_the_link(visit):
    figure = heard(visit, "meet-the-husbands", make_episode(missing_since=NOON))
    assert not figure.xpath(".//audio")
    assert "not available" in figure.text_content()
    assert figure.xpath("p/a")


def test_a_moment_after_the_end_is_the_episode_from_its_beginning(visit):
    short = make_episode(renditions=(make_audio(duration=timedelta(minutes=2)),))
    assert heard(visit, "meet-the-husbands", short).xpath(".//source/@src")[0].endswith("#t=0")


def test_show_notes_embed_moments_of_their_own_show(visit):
    notes = MOMENT.format("meet-the-husbands")
    page = html.fromstring(visit(make_episode(notes=notes)).text("/conversations/meet-the-husbands/"))
    assert page.xpath("//div[@class='notes']/figure/audio/source/@src")[0].endswith("#t=252,330")


def test_what_a_page_says_never_becomes_script(visit):
    evil = '"><script>alert(1)</script>'
    page = make_page(
        title=evil,
        summary=evil,
        notes=f"## {evil}\n\n![{evil}](episode:meet-the-husbands)\n\n## [x](javascript:alert(1))\n",
        gathered=(Gathered(episode="meet-the-husbands", why=evil),),
        sources=(Source(title=evil),),
        disclaimer=evil,
        content_warning=evil,
    )
    episode = make_episode(title=evil, content_warning=evil)
    text = visit(episode, written=WrittenPages(pages=(page,))).text("/topics/recurrence/")
    assert "<script>alert" not in text
    assert "javascript:alert" not in "".join(html.fromstring(text).xpath("//@href"))


def test_every_page_leads_to_the_plain_pages_by_their_titles_in_its_language(visit):
    spanish = PageTranslation(language="es", title="Quiénes somos")
    plain = make_page(kind=PageKind.PLAIN, slug="about-us", title="Us", translations=(spanish,))
    visitor = visit(written=WrittenPages(pages=(plain, replace(plain, slug="b", translations=()))))
    assert '<a href="/pages/about-us/">Us</a>' in visitor.text("/")
    page = visitor.text("/es/")
    assert '<a href="/es/pages/about-us/">Quiénes somos</a>' in page
    assert '<a href="/es/pages/b/" lang="en">Us</a>' in page
