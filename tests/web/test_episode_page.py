from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from builders import NOON, make_episode, make_show
from fake_publication import FakePublication
from lxml import html
from rich_show import husbands, rich_publication, rich_show
from visitor import Visitor

from catalogue.domain.episode import Correction, Review, Source, Tag
from catalogue.domain.media import Chapter, Cue, RemoteAudio
from catalogue.domain.show import Help, License, ShowText

EPISODE = "/conversations/110-meet-the-husbands/"


def page_of(path=EPISODE, episode=None, **stated):
    """The tree of a page of the rich show, its episode changed as stated."""
    publication = rich_publication()
    publication.held["conversations"] = (episode or husbands(**stated),)
    return html.fromstring(Visitor(publication, now=datetime(2021, 10, 20, tzinfo=UTC)).text(path))


def words_of(page):
    return " ".join(page.text_content().split())


def test_the_page_has_the_order_of_the_design():
    page = page_of()
    headings = page.xpath("//h1/text() | //h2/text() | //section[@id='player']/@aria-label")
    assert (
        headings
        == [
            "Losing someone you love to MBC: meet the husbands (demonstration)",
            "Before you listen",
            "Corrections",
            "Player",
            *("Chapters", "Show notes", "Transcript", "People"),
            *("Sources and further reading", "Where to get help"),
            *("Take it with you", "More episodes"),
        ][: len(headings)]
    )


def test_nothing_is_loaded_or_played_before_a_press():
    audio = page_of().xpath("//audio")[0]
    assert (audio.get("preload"), audio.get("autoplay")) == ("none", None)
    assert audio.get("controls") is not None


def test_the_enclosure_comes_first_then_the_other_renditions():
    sources = page_of().xpath("//audio//source")
    assert [source.get("type") for source in sources] == ["audio/mpeg", "audio/opus"]
    assert sources[0].get("src") == f"/media/{'a' * 64}/110-meet-the-husbands.mp3"


def test_a_moment_sets_the_position_without_any_script():
    page = page_of(f"{EPISODE}?t=252")
    assert page.xpath("//audio/source/@src")[0].endswith(".mp3#t=252")
    assert "Starts at 4:12." in words_of(page)


@pytest.mark.parametrize("moment", ["", "x", "-5", "1.5", "99999", "9" * 400, "2880"])
def test_a_moment_that_is_none_is_the_beginning(moment):
    page = page_of(f"{EPISODE}?t={moment}")
    assert "#t" not in page.xpath("//audio/source/@src")[0]


def test_chapters_lead_to_their_moments_and_silent_ones_are_silent():
    page = page_of()
    moments = page.xpath("//nav[@class='chapters']//a[contains(@href, '?t=')]/@href")
    assert moments == [f"{EPISODE}?t={at}#player" for at in (0, 252, 690, 2165)]


def test_times_in_the_notes_lead_there_and_not_beyond_the_end():
    page = page_of(notes="At 4:12, and at 5:00:00.")
    assert page.xpath("//a[@class='moment']/@href") == [f"{EPISODE}?t=252#player"]


def test_a_warning_stands_before_the_player_with_a_way_to_help():
    page = page_of()
    order = page.xpath("//aside[@class='warning'] | //section[@id='player']")
    assert [element.tag for element in order] == ["aside", "section"]
    assert order[0].xpath(".//a/@href") == ["tel:+15550100", "#help"]
    assert "Breast Cancer Helpline +1 555 0100 Where to get help" in words_of(order[0])


def test_corrections_stand_between_the_warning_and_the_player_newest_first():
    old = Correction(on=date(2021, 10, 8), text="An old one.")
    page = page_of(corrections=(old, *husbands().corrections))
    order = page.xpath("//aside[@class='warning'] | //section[@class='corrections'] | //section[@id='player']")
    assert [element.get("class") or element.get("id") for element in order] == ["warning", "corrections", "player"]
    assert [words_of(one) for one in order[1].xpath(".//li")] == [
        "12 October 2021: The year of the first diagnosis is now right.",
        "8 October 2021: An old one.",
    ]
    assert order[1].xpath(".//a/@href") == ["/conversations/corrections/"]


def test_without_corrections_nothing_is_said_of_any():
    assert "orrection" not in words_of(page_of(corrections=()))


def test_without_a_warning_there_is_no_box():
    assert page_of(content_warning=None).xpath("//aside") == []


def test_missing_audio_is_said_and_everything_else_stays():
    page = page_of(missing_since=datetime(2021, 10, 8, tzinfo=UTC))
    assert "The audio is not available right now." in words_of(page)
    assert page.xpath("//audio | //a[contains(@href, '?t=')] | //a[@download]") == []
    assert "Three men" not in page.xpath("string(//h1)")
    assert page.xpath("//*[@id='notes'] and //*[@id='transcript'] and //nav[@class='chapters']")


def test_remote_audio_says_whose_server_it_is():
    remote = RemoteAudio(url="https://user@audio.example.net/x.mp3?a=1", size_bytes=5, media_type="audio/mpeg")
    page = page_of(renditions=(), remote=remote)
    assert "The audio comes from audio.example.net, not from this site" in words_of(page)


def test_an_episode_without_audio_yet_is_a_page_of_notes():
    page = page_of(renditions=())
    assert "This episode has no audio yet." in words_of(page)


def test_date_length_and_size_are_words():
    text = words_of(page_of(published_at=datetime(2021, 10, 5, 2, tzinfo=UTC)))
    assert "4 October 2021" in text, "the show's day, in New York"
    assert "48 min · 44 MB" in text
    assert "MP3, 44 MB" in text


def test_number_season_and_kind_stand_above_the_title():
    assert "Season 2: Those who stay Episode 110 5 October 2021 48 min" in words_of(page_of())
    assert "Episode 12.5" in words_of(page_of(number=Decimal("12.50")))


@pytest.mark.parametrize(
    ("review", "said"),
    [
        (Review(last_on="2018-05", next_on="under way"), ("Last reviewed May 2018", "next review under way")),
        (
            Review(last_on="2018-05-03", by="a nurse", next_on="2020-05"),
            ("Last reviewed 3 May 2018 by a nurse overdue: the next review was due May 2020",),
        ),
        (Review(next_on="2030-01"), ("Next review January 2030",)),
    ],
)
def test_when_the_words_were_reviewed_is_said(review, said):
    text = words_of(page_of(review=review))
    assert all(line in text for line in said)


def test_corrections_sources_people_and_help_are_listed():
    text = words_of(page_of())
    for words in (
        "12 October 2021: The year",
        "A book without an address",
        "Narrator",
        "+1 555 0100",
        "United States",
    ):
        assert words in text


def test_a_translation_is_a_page_of_its_own_in_its_own_words():
    page = page_of(f"/es{EPISODE}")
    assert page.get("lang") == "es"
    assert page.xpath("string(//h1)").startswith("Perder a quien amas")
    assert page.xpath("//h2[@id='notes']/text()") == ["Notas del episodio"]
    assert page.xpath("//aside//p[@lang='en']/text()") == ["Grief, and the death of a partner."]


def test_a_translation_warns_in_its_own_words_where_it_has_them():
    (translation,) = husbands().translations
    warned = husbands(translations=(replace(translation, content_warning="El duelo."),))
    assert page_of(f"/es{EPISODE}", warned).xpath("//aside//p/text()")[0] == "El duelo."


def test_times_on_a_translation_keep_its_language():
    page = page_of(f"/es{EPISODE}")
    moments = page.xpath("//a[contains(@href, '?t=')]/@href")
    assert len(moments) > 5
    assert all(href.startswith(f"/es{EPISODE}?t=") for href in moments)
    assert "Empieza en el momento 4:12." in words_of(page_of(f"/es{EPISODE}?t=252"))


def test_a_translated_transcript_belongs_to_the_translated_page():
    page = page_of(f"/es{EPISODE}transcript/es/")
    assert page.xpath("string(//h1)").startswith("Perder a quien amas")
    assert page.xpath("//p[@class='back']/a/@href") == [f"/es{EPISODE}"]
    assert page.xpath("//a[@class='time']/@href")[1] == f"/es{EPISODE}transcript/es/?t=36#player"


def test_a_warning_begins_like_a_sentence():
    page = page_of(content_warning="grief, the death of a partner")
    assert page.xpath("//aside/p[1]/text()") == ["Grief, the death of a partner"]


def test_help_is_one_press_away_with_a_warning_and_without():
    assert page_of().xpath("//header//a[@href='#help'] | //aside//a[@href='#help']/..")[0].tag == "p"
    assert len(page_of(content_warning=None).xpath("//header//a[@href='#help']")) == 1
    assert len(page_of("/").xpath("//p[@class='actions']/a[@href='#help']")) == 1


def test_what_can_be_seen_of_a_link_is_in_its_name():
    page = page_of()
    named = page.xpath("//a[@aria-label]")
    assert len(named) > 3
    assert all("".join(link.itertext()).strip() in link.get("aria-label") for link in named)


def test_languages_of_a_page_name_one_another():
    page = page_of()
    assert page.xpath("//link[@hreflang]/@hreflang") == ["en", "es", "x-default"]
    assert page.xpath("//header//a[@hreflang]/@href") == [f"/es{EPISODE}"]


@pytest.mark.parametrize(("language", "page", "transcript"), [("en", 301, 301), ("ES", 301, 200), ("fr", 404, 404)])
def test_languages_there_are_not(language, page, transcript):
    visitor = Visitor(rich_publication(), now=datetime(2021, 10, 20, tzinfo=UTC))
    assert visitor.get(f"{EPISODE}{language}/").status_code == page
    assert visitor.get(f"{EPISODE}transcript/{language}/").status_code == transcript


def test_the_transcript_begins_on_the_page_and_goes_on_on_its_own():
    page = page_of()
    assert len(page.xpath("//div[@class='passage']")) == 2
    assert page.xpath("//p[@class='more']/a/@href") == [f"{EPISODE}transcript/", f"{EPISODE}transcript/es/"]
    whole = page_of(f"{EPISODE}transcript/")
    assert len(whole.xpath("//div[@class='passage']")) > 2
    assert whole.xpath("//a[@class='time']/@href")[1] == f"{EPISODE}transcript/?t=36#player"
    assert whole.xpath("//a[@download]/@href") == [f"/media/{'1' * 64}/110-meet-the-husbands.en.vtt"]


def test_neighbours_lead_to_what_came_before_and_after(visit):
    days = [make_episode(slug=f"e{n}", guid=f"g{n}", published_at=NOON - timedelta(days=9 - n)) for n in (1, 2, 3)]
    page = html.fromstring(visit(*days).text("/conversations/e2/"))
    assert page.xpath("//a[@rel='prev']/@href | //a[@rel='next']/@href") == ["/conversations/e1/", "/conversations/e3/"]


def test_an_episode_in_another_language_is_marked_in_the_words_of_the_show():
    despues = make_episode(slug="despues", language="es", title="Después")
    page = page_of("/conversations/despues/", episode=despues)
    assert (page.get("lang"), page.xpath("//h1/@lang")) == ("en", ["es"])
    spanish = page_of("/es/conversations/despues/", episode=despues)
    assert (spanish.get("lang"), spanish.xpath("//h1/@lang")) == ("es", [])
    assert spanish.xpath("//a[@lang='en' and @class='name']"), "the show's name stays in its own language"


def test_a_language_we_have_no_words_in_is_marked():
    page = page_of("/conversations/x/", episode=make_episode(slug="x", language="ja", title="題", notes="本文"))
    assert page.get("lang") == "en"
    assert page.xpath("//h1/@lang | //div[@class='notes']/@lang") == ["ja", "ja"]


def test_sharing_a_page_shows_own_addresses_only():
    page = page_of()
    cards = {meta.get("property"): meta.get("content") for meta in page.xpath("//meta[@property]")}
    assert cards["og:url"] == f"https://pods.example{EPISODE}"
    assert cards["og:image"].startswith("https://pods.example/media/")


def test_every_rendition_is_offered_for_download():
    names = [href.rpartition("/")[2] for href in page_of().xpath("//a[@download]/@href")]
    assert names == ["110-meet-the-husbands.mp3", "110-meet-the-husbands.opus"]


def test_a_show_of_one_episode_has_no_neighbours():
    show = make_show()
    page = Visitor(FakePublication((show,), {show.slug: (make_episode(),)})).text("/conversations/meet-the-husbands/")
    assert "More episodes" not in page


def test_what_the_show_says_stands_where_the_episode_is_silent():
    text = words_of(page_of(people=(), help=()))
    assert "sound engineer" in text
    assert rich_show().disclaimer in text


def test_places_that_answer_in_the_page_s_language_come_first():
    assert page_of().xpath("//section/ul[@class='help']/li//text()[normalize-space()]")[0] == "Breast Cancer Helpline"
    spanish = page_of(f"/es{EPISODE}")
    assert spanish.xpath("//section/ul[@class='help']/li//text()[normalize-space()]")[0] == "Después de un Diagnóstico"
    assert "Después de un Diagnóstico Dónde encontrar ayuda" in words_of(spanish.xpath("//aside")[0])


def test_what_is_about_the_same_is_named_after_the_neighbours(visit):
    tags = (Tag(name="Grief", slug="grief"),)
    days = [make_episode(slug=f"e{n}", guid=f"g{n}", published_at=NOON - timedelta(days=9 - n)) for n in range(1, 6)]
    days[0], days[3] = replace(days[0], tags=tags, title="First"), replace(days[3], tags=tags)
    page = html.fromstring(visit(*days).text("/conversations/e4/"))
    assert page.xpath("//nav[@class='neighbours']//a/@href") == [
        f"/conversations/{slug}/" for slug in ("e3", "e5", "e1")
    ]
    assert "Related episodes First" in words_of(page)


@pytest.mark.parametrize(
    ("licence", "said", "address"),
    [
        ("cc-by-nc-sa-4.0", "Attribution-NonCommercial-ShareAlike 4.0", "/licenses/by-nc-sa/4.0/"),
        ("CC0-1.0", "Public domain (CC0 1.0)", "/publicdomain/zero/1.0/"),
        ("Free Art 1.3", "Licence: Free Art 1.3", None),
        ("CC-4.0", "Licence: CC-4.0", None),
    ],
)
def test_a_licence_is_called_by_its_name(licence, said, address):
    page = page_of(license=License(identifier=licence))
    assert said in words_of(page)
    explained = page.xpath("//a[@rel='license']/@href")
    assert explained == ([f"https://creativecommons.org{address}"] if address else [])


def test_the_headings_of_a_transcript_are_the_chapters_and_not_who_speaks():
    page = page_of(f"{EPISODE}transcript/es/")
    assert page.xpath("//div[@class='transcript whole']/@lang") == ["es"]
    assert page.xpath("//div[@class='transcript whole']/h2/text()") == ["Welcome", "The first diagnosis"]
    assert set(page.xpath("//div[@class='transcript whole']/h2/@lang")) == {"en"}
    assert page.xpath("//div[@class='passage']/p/b/text()")[:2] == ["Narrator", "Reader"]


def test_transcripts_in_other_languages_are_told_to_machines_each_for_its_reader():
    named = {
        one.get("hreflang"): one.get("href") for one in page_of(f"{EPISODE}transcript/").xpath("//link[@hreflang]")
    }
    assert named == {
        "en": f"https://pods.example{EPISODE}transcript/",
        "es": f"https://pods.example/es{EPISODE}transcript/es/",
    }


def test_a_transcript_has_the_player_above_it_and_a_way_past_it():
    page = page_of(f"{EPISODE}transcript/?t=36")
    assert page.xpath("//audio/source/@src")[0].endswith(".mp3#t=36")
    order = page.xpath(
        "//section[@id='player'] | //p[@class='past'] | //div[@class='transcript whole'] | //*[@id='files']"
    )
    assert [one.tag for one in order] == ["section", "p", "div", "h2"]
    assert page.xpath("//p[@class='past']/a/@href") == ["#files"]
    assert page.xpath("//button[@data-follow]/@aria-pressed") == ["false", "false"]
    assert page.xpath("//*[@aria-live]") == []


def test_a_transcript_without_audio_has_words_alone():
    page = page_of(f"{EPISODE}transcript/", missing_since=datetime(2021, 10, 8, tzinfo=UTC))
    assert (
        page.xpath(
            "//main//audio | //main//a[contains(@href, '?t=')] | //main//button | //script[contains(@src, 'follow')]"
        )
        == []
    )
    assert "The audio is not available right now." in words_of(page)
    assert len(page.xpath("//div[@class='passage']/span[@class='time']")) > 2


def test_a_browser_remembers_an_episode_by_its_guid_and_by_nothing_that_can_be_read():
    here, moved = (page_of(f"/conversations/{slug}/", husbands(slug=slug)) for slug in ("a", "b"))
    keys = [page.xpath("//div[@class='controls']/@data-key") for page in (here, moved)]
    assert keys[0] == keys[1]
    assert "g-110" not in keys[0][0]


def test_what_is_written_from_right_to_left_is_set_so():
    page = page_of("/conversations/x/", episode=make_episode(slug="x", language="ar", title="عنوان", notes="نص"))
    assert page.xpath("//h1/@dir | //div[@class='notes']/@dir") == ["rtl", "rtl"]
    assert page.get("dir") is None


def test_a_title_that_is_code_stays_a_title():
    title = "\"><script>alert(1)</script></textarea>'"
    page = page_of(title=title)
    assert page.xpath("string(//h1)") == title
    assert page.xpath("//div[@class='controls']/@data-title") == [title]
    assert page.xpath("//script[not(@src or @type)]") == []


def test_eight_hours_of_talk_are_a_page_that_a_phone_can_hold():
    publication = rich_publication()
    said = (Cue(text="A sentence.", speaker="AB"[n % 2], start=timedelta(seconds=n * 2.88)) for n in range(10_000))
    publication.spoken["1" * 64] = tuple(said)
    text = Visitor(publication, now=datetime(2021, 10, 20, tzinfo=UTC)).text(f"{EPISODE}transcript/")
    assert len(html.fromstring(text).xpath("//*")) < 5_000
    assert len(text) < 700_000


def test_who_reads_in_another_language_is_told_the_show_s_place_that_answers_in_it():
    own = (Help(name="Caregiver huddle", language="en"),)
    spanish = page_of(f"/es{EPISODE}", help=own).xpath("//section/ul[@class='help']/li/strong/text()")
    assert spanish == ["Después de un Diagnóstico", "Caregiver huddle"]
    assert page_of(help=own).xpath("//section/ul[@class='help']/li/strong/text()") == ["Caregiver huddle"]


def test_the_code_for_other_pages_is_whole_whatever_the_title_is():
    (code,) = page_of(title='"Two" <titles>').xpath("//textarea[@id='embed']/text()")
    (frame,) = html.fragment_fromstring(code, create_parent=True)
    assert frame.get("src") == f"https://pods.example/embed{EPISODE}"
    assert frame.get("title") == '"Two" <titles>'
    assert page_of(renditions=()).xpath("//textarea") == []


def test_the_warning_stands_above_the_player_of_the_transcript_too():
    page = page_of(f"/es{EPISODE}transcript/es/", content_warning="grief, the death of a partner")
    (warning,) = page.xpath("//aside[@class='warning'][following::audio]")
    assert "Grief, the death of a partner" in words_of(warning)
    assert warning.xpath(".//a/@href")[-1] == f"/es{EPISODE}#help"
    assert not page_of(f"{EPISODE}transcript/", content_warning=None, translations=()).xpath("//aside")


def test_a_translation_brings_its_chapters_sources_and_places_of_help():
    text = replace(
        husbands().translations[0],
        chapters=(Chapter(start=timedelta(0), title="Bienvenida"),),
        sources=(Source(title="Un libro"),),
        help=(Help(name="Una línea de ayuda", phone="+34 555 0100"),),
    )
    page = page_of(f"/es{EPISODE}", translations=(text,))
    assert words_of(page.xpath("//nav[@class='chapters']/ol[not(@lang)]")[0]) == "0:00 Bienvenida"
    assert words_of(page.xpath("//ul[@class='sources'][not(@lang)]")[0]) == "Un libro"
    assert [words_of(one) for one in page.xpath("//ul[@class='help'][not(@lang)]")] == [
        "Una línea de ayuda +34 555 0100"
    ]
    whole = page_of(f"/es{EPISODE}transcript/es/", translations=(text,))
    assert whole.xpath("//div[contains(@class, 'transcript')]/h2[not(@lang)]/text()") == ["Bienvenida"]


def test_a_show_speaks_its_reader_s_language_where_it_can():
    text = ShowText(language="es", disclaimer="No es un consejo.", help=(Help(name="Una línea de ayuda"),))
    publication = FakePublication(listed=(rich_show(texts=(text,)),), held={"conversations": (husbands(),)})
    page = html.fromstring(Visitor(publication).text(f"/es{EPISODE}"))
    assert words_of(page.xpath("//p[@class='disclaimer']")[0]) == "Ten en cuenta: No es un consejo."
    assert words_of(page.xpath("//ul[@class='help'][not(@lang)]")[0]) == "Una línea de ayuda"
    home = html.fromstring(Visitor(publication).text("/es/"))
    assert home.xpath("//ul[@class='help'][not(@lang)]/li") and home.xpath("//p[@class='lead'][@lang='en']")


def test_the_first_place_of_help_can_be_pressed_beside_the_warning():
    place = Help(name="A helpline", url="https://example.org/help")
    for one, said in ((place, "https://example.org/help"), (replace(place, phone="+1 555 0100"), "tel:+15550100")):
        (warning,) = page_of(content_warning="grief", help=(one,)).xpath("//aside[@class='warning']")
        assert warning.xpath(".//a/@href") == [said, "#help"]


def test_notes_that_came_as_html_are_shown_as_far_as_they_are_safe():
    notes = "<h1>Links</h1><table><tr><td>One</td></tr></table><script>alert(1)</script><a href='javascript:x'>here</a>"
    page = page_of(notes="One here", notes_html=notes)
    (heading,) = page.xpath("//h3[.='Links']")
    section = heading.getparent()
    assert section.xpath(".//td/text()") == ["One"]
    assert not section.xpath(".//script | .//a[contains(@href, 'javascript')]")
    assert "alert(1)" not in section.text_content()
