"""A show is brought in from another host: a look first, then the errand, then the proof."""

import io
import re

import pytest
from flask import render_template
from workshop import TITLE

from catalogue.actions.errands.asking import ask_for, find_errand
from catalogue.actions.shows import import_errands
from catalogue.actions.shows.import_addresses import KEPT_FOR, cut_addresses
from catalogue.domain.errands import ErrandState, ErrandWish
from catalogue.domain.rights import Role
from catalogue.errors import ErrandOver
from web.studio.shows.left_behind import left_behind

PAGE = "/studio/import/"
ITEM = (
    "<item><title>Talk {0}</title><guid>old-{0}</guid><pubDate>Tue, 0{0} Oct 2021 08:00:00 GMT</pubDate>"
    '<enclosure url="https://cdn.example.net/{0}.mp3" length="1000" type="audio/mpeg"/></item>'
)
FEED = (
    f'<?xml version="1.0"?><rss version="2.0"><channel><title>{TITLE}</title><description>Old</description>'
    f"{''.join(ITEM.format(number) for number in (1, 2, 3))}<item><title>Silent</title></item></channel></rss>"
)
LIST = '<opml version="2.0"><body><outline text="A" type="rss" xmlUrl="https://a.example/feed"/></body></opml>'


def look(workshop, browser, *, file=None, address=""):
    action = re.search(r'action="(/studio/import/[^"]+)"', browser.text(PAGE))[1]
    sent = {"csrf": browser.token(PAGE), "address": address}
    if file is not None:
        sent["feed_file"] = (io.BytesIO(file.encode()), "feed.xml")
    answer = browser.client.post(action, data=sent, content_type="multipart/form-data")
    if answer.status_code == 303:
        assert "This waits for its turn." in browser.text(answer.location)
        workshop.do_errands()
    return answer


def speak_spanish(browser):
    browser.post("/studio/language/", {"language": "es"}, on="/studio/account/")


def start(workshop, browser, state, **said):
    said = {"audio_choice": "leave", "timezone": "Europe/Madrid", **said}
    answer = browser.post(f"{state}start/", said, on=PAGE)
    if answer.status_code == 303:
        workshop.do_errands()
    return answer


def test_what_would_come_is_shown_before_anything_is_written_then_it_comes_with_its_proof(bare):
    browser = bare.someone(Role.OWNER)
    state = look(bare, browser, file=FEED).location
    plan = browser.text(state)
    assert "3 new episodes." in plan and "Silent: It has no audio" in plan and not list(bare.root.iterdir())
    done = start(bare, browser, state)
    proof = browser.text(done.location)
    assert "Everything arrived: 3 of 3." in proof
    assert [f"old-{number}" in proof for number in (1, 2, 3)] == [True] * 3
    assert 'timezone = "Europe/Madrid"' in (bare.root / "conversations/show.toml").read_text()
    assert "/studio/shows/conversations/" in browser.text("/studio/")
    assert "began to bring in feed.xml" in browser.text("/studio/log/")


ODD = FEED.replace(
    "<description>",
    "<itunes:new-feed-url>https://b.example/</itunes:new-feed-url><cloud2/><link>here</link><description>",
).replace("<rss ", '<rss xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" ')


def test_what_does_not_come_along_is_said_in_the_language_of_the_page(bare):
    browser = bare.someone(Role.OWNER)
    state = look(bare, browser, file=ODD).location
    assert 'lang="en">The feed says' not in browser.text(state)
    speak_spanish(browser)
    plan = browser.text(state)
    assert 'lang="en">' not in plan.partition("<footer")[0].partition("<main")[2]
    assert "El canal dice que se ha mudado a https://b.example/." in plan
    assert "Silent: No lleva audio ni vídeo" in plan and "link: No es una dirección web: «here»." in plan
    assert "Del programa, aquí no hay lugar para: <code>cloud2</code>." in plan


def test_what_has_no_place_here_is_said_in_words_with_its_name_beside_them(bare):
    with bare.app.test_request_context("/studio/"):
        kept = {"remarks": [], "passed_over": [], "left": [], "unknown": ["itunes:keywords", "x:y", "item link"]}
        of_show, of_episodes = left_behind(kept)
        page = render_template("studio/_not_carried.html", left_behind=(of_show, of_episodes))
    assert "search words (<code>itunes:keywords</code>), <code>x:y</code>.</li>" in page
    assert "Of the episodes, there is no place here for: its page on the old site (<code>link</code>).</li>" in page


def test_files_that_did_not_come_are_said_in_the_language_of_the_page(bare):
    browser = bare.someone(Role.OWNER)
    feed = FEED.replace("https://cdn.example.net/1.mp3", "http://127.0.0.1:9/1.mp3")
    done = start(bare, browser, look(bare, browser, file=feed).location, audio_choice="fetch")
    assert "http://127.0.0.1:9/1.mp3: This leads to 127.0.0.1" in browser.text(done.location)
    speak_spanish(browser)
    proof = browser.text(done.location)
    assert "http://127.0.0.1:9/1.mp3: Esto lleva a una máquina de una red privada (127.0.0.1)" in proof


def test_what_an_older_version_kept_of_an_import_is_still_told(bare):
    kept = {
        "remarks": ["It moved."],
        "passed_over": [["One", "No audio."]],
        "left": [["guid", "Odd.", 2]],
        "unknown": {},
    }
    with bare.app.test_request_context("/studio/"):
        told = [one.sentence for one in left_behind(kept)]
    assert told == ["It moved.", "One: No audio.", "guid: Odd. (2 ×)"]


@pytest.mark.parametrize(
    "address", ["https://us:secret@a.example/feed", "https://", "https://[", "ftp://a.example/", "ht\ntp://a.example/"]
)
def test_an_address_that_is_none_or_holds_a_password_is_refused_and_not_kept(bare, address):
    answer = look(bare, bare.someone(Role.OWNER), address=address)
    assert answer.status_code == 422
    assert ("password" in answer.text) == ("secret" in address)
    assert not bare.place.index.errands(states=tuple(ErrandState))


def test_an_address_may_begin_with_a_capital_as_keyboards_write_it(bare):
    assert look(bare, bare.someone(Role.OWNER), address="Https://127.0.0.1:1/Feed").status_code == 303
    (errand,) = bare.place.index.errands(states=tuple(ErrandState))
    assert errand.parameters["source"] == "https://127.0.0.1:1/Feed"
    assert errand.outcome["code"] == "outside-private"


def test_the_log_names_the_host_of_a_feed_alone(bare):
    browser = bare.someone(Role.OWNER)
    parameters = {"source": "https://a.example/feed?key=1", "name": "https://a.example/feed?key=1"}
    wish = ErrandWish(kind=import_errands.IMPORT, parameters=parameters)
    state = f"{PAGE}errands/{ask_for(bare.place, wish, now=bare.now).id}/"
    assert start(bare, browser, state).status_code == 303
    assert "began to bring in a.example" in browser.text("/studio/log/")


class _Stops:
    """Progress of an errand whose process ends once it has told so often."""

    is_over = False

    def __init__(self, after, clock):
        self.left, self.clock = after, clock

    def tell(self, *_said, **_far):
        self.left -= 1
        if not self.left:
            raise ErrandOver("errand-over", "over")


@pytest.mark.parametrize("after", [2, 3, 4])
def test_an_import_that_was_cut_off_goes_on_and_does_nothing_twice(bare, after):
    browser = bare.someone(Role.OWNER)
    state = look(bare, browser, file=FEED).location
    browser.post(f"{state}start/", {"audio_choice": "leave", "timezone": "UTC"}, on=PAGE)
    with pytest.raises(ErrandOver):
        import_errands.bring_show_in(
            bare.place, find_errand(bare.place, 2, show_guid=""), _Stops(after, lambda: bare.now)
        )
    bare.do_errands()
    assert "Everything arrived: 3 of 3." in browser.text("/studio/import/errands/2/")
    assert len(list(bare.root.glob("conversations/*/episode.md"))) == 3


REFUSED = [
    ({"address": ""}, "Write the address of the feed"),
    ({"address": "ftp://old.example/feed"}, "not the address of a feed"),
    ({"file": ""}, "This file is empty"),
]


@pytest.mark.parametrize(("sent", "sentence"), REFUSED, ids=["nothing", "ftp", "empty"])
def test_what_is_no_feed_is_told_at_its_field(bare, sent, sentence):
    answer = look(bare, bare.someone(Role.OWNER), **sent)
    assert (answer.status_code, answer.text.count(sentence)) == (422, 2)
    assert sent.get("address", "") in answer.text


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"address": "http://127.0.0.1/feed"}, "private network (127.0.0.1)"),
        ({"file": "no"}, "There is no feed in it."),
    ],
)
def test_what_a_look_finds_wrong_stands_at_the_field_with_what_was_typed(bare, sent, sentence):
    browser = bare.someone(Role.OWNER)
    page = browser.text(look(bare, browser, **sent).location)
    assert page.count(sentence) == 2
    assert f'value="{sent.get("address", "")}"' in page
    assert not list(bare.root.iterdir())


def test_of_a_list_of_feeds_each_can_be_looked_at(bare):
    browser = bare.someone(Role.OWNER)
    page = browser.text(look(bare, browser, file=LIST).location)
    assert 'name="address" value="https://a.example/feed"' in page


def test_a_library_that_is_a_show_has_no_room_for_another(workshop):
    browser = workshop.someone(Role.OWNER)
    state = look(workshop, browser, file=FEED.replace(TITLE, "Others")).location
    assert "There is no room for another show here" in browser.text(state)
    assert "ledger.jsonl too" in browser.text(start(workshop, browser, state).location)
    assert not (workshop.root / "others").exists()


def test_a_new_show_needs_a_time_zone(bare):
    browser = bare.someone(Role.OWNER)
    state = look(bare, browser, file=FEED).location
    answer = start(bare, browser, state, timezone="")
    assert (answer.status_code, "Nothing is chosen here yet." in answer.text) == (422, True)
    assert 'value="leave" checked' in answer.text


@pytest.mark.parametrize("role", [Role.EDITOR, Role.CONTRIBUTOR, Role.REVIEWER])
def test_only_who_owns_all_shows_brings_one_in(bare, role):
    browser = bare.someone(role)
    assert browser.get(PAGE).status_code == 403
    assert PAGE not in browser.text("/studio/")


def test_nothing_comes_that_was_not_looked_at_first(bare):
    browser = bare.someone(Role.OWNER)
    wish = ErrandWish(kind=import_errands.LOOK, parameters={"source": "https://a.example/f", "name": "f"})
    state = f"/studio/import/errands/{ask_for(bare.place, wish, now=bare.now).id}/"
    answer = browser.post(f"{state}start/", {"timezone": ""}, on=PAGE)
    assert (answer.status_code, answer.location) == (303, state)
    assert not bare.place.index.errands(states=tuple(ErrandState), kind=import_errands.IMPORT)


@pytest.mark.parametrize("kind", [import_errands.LOOK, import_errands.IMPORT])
def test_the_key_in_an_address_is_forgotten_after_a_day_and_asked_for_again(bare, kind):
    browser, source = bare.someone(Role.OWNER), "https://a.example/feed?key=SECRET"
    wish = ErrandWish(kind=kind, parameters={"source": source, "name": source})
    asked = ask_for(bare.place, wish, now=bare.now)
    taken = bare.place.index.take_errand(kind, owner="me", now=bare.now, until=bare.now + KEPT_FOR)
    outcome = {"is_new": True, "params": {"url": source}}
    bare.place.index.end_errand(taken, state=ErrandState.DONE, outcome=outcome, now=bare.now)
    cut_addresses(bare.place, bare.now + KEPT_FOR)
    assert bare.place.index.errand(asked.id).parameters == wish.parameters
    cut_addresses(bare.place, bare.now + KEPT_FOR * 2)
    assert "SECRET" not in str(bare.place.index.errand(asked.id))
    answer = browser.post(f"/studio/import/errands/{asked.id}/start/", {"timezone": "UTC"}, on=PAGE)
    assert (answer.status_code, "Write it whole again." in answer.text) == (422, True)


def test_the_key_of_what_came_whole_is_forgotten_at_once(bare):
    source = "https://a.example/feed?key=SECRET"
    for kind, outcome in ((import_errands.LOOK, {"is_new": True}), (import_errands.IMPORT, {"is_whole": True})):
        ask_for(bare.place, ErrandWish(kind=kind, parameters={"source": source, "name": source}), now=bare.now)
        taken = bare.place.index.take_errand(kind, owner="me", now=bare.now, until=bare.now + KEPT_FOR)
        bare.place.index.end_errand(taken, state=ErrandState.DONE, outcome=outcome, now=bare.now)
    cut_addresses(bare.place, bare.now)
    assert "SECRET" not in str(bare.place.index.errands(states=tuple(ErrandState)))
