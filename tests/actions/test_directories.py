"""What each directory needs is asked for, with a mend, and nothing that is there is."""

import pytest
from builders import NOON, make_audio, make_episode, make_show
from shop_window import ShopWindow

from catalogue.actions.directories import list_directories
from catalogue.actions.open import Place
from catalogue.config import Settings
from catalogue.domain.media import Artwork, RemoteAudio
from catalogue.domain.show import Owner, ShowType
from catalogue.domain.show_extras import ShowExtras

WHOLE = make_show(owner=Owner(name="Ana", email="ana@example.org"), show_owner_email=True)
OWN = "https://example.org"


@pytest.fixture
def lacks(tmp_path):
    window = ShopWindow(tmp_path)

    def ask(*episodes, show=WHOLE, base_url=OWN):
        window.put(*episodes, show=show)
        settings = Settings(library=tmp_path / "library", data=tmp_path, base_url=base_url)
        place = Place(storage=None, index=window.index, box=None, derived=tmp_path, settings=settings)
        listing = list_directories(place, window.index.shows()[0], NOON)
        return {one.service: {need.what: need.mend for need in one.needs if need.mend} for one in listing.directories}

    yield ask
    window.index.close()


def with_stated(**stated):
    return make_show(owner=WHOLE.owner, show_owner_email=True, **stated)


def test_a_whole_show_lacks_nothing(lacks):
    assert set(map(len, lacks(make_episode()).values())) == {0}


@pytest.mark.parametrize("base_url", [None, "https://localhost", "http://example.org", "https://192.168.1.5"])
def test_a_feed_that_not_everybody_reaches_safely_is_listed_nowhere(lacks, base_url):
    found = lacks(make_episode(), base_url=base_url)
    assert all("CASTALOGUE_BASE_URL" in one["a feed that everybody can reach over https"] for one in found.values())


MOST = {"apple", "spotify", "youtube", "amazon"}
ALL = MOST | {"podcastindex"}
SMALL = Artwork(path="a.png", sha256="c" * 64, width=600, height=600)
LACKING = [
    ("a category", with_stated(categories=()), MOST),
    ("a description", with_stated(description=" Conversations "), MOST),
    (
        "an e-mail address in the feed, to which it sends a code",
        make_show(owner=WHOLE.owner),
        {"spotify", "youtube", "amazon"},
    ),
    ("a square cover of 1400 to 3000 pixels", with_stated(artwork=SMALL), MOST),
    ("a number for each episode of a serial show", with_stated(type=ShowType.SERIAL), MOST),
    ("it may list the show", with_stated(block=True), ALL),
    ("it may list the show", with_stated(extras=ShowExtras(block_services=("youtube",))), {"youtube"}),
    (
        "it may list the show",
        with_stated(block=True, extras=ShowExtras(allow_services=("apple",))),
        ALL - {"apple"},
    ),
]


@pytest.mark.parametrize(("what", "show", "services"), LACKING)
def test_what_lacks_is_named_for_those_who_ask_for_it(lacks, what, show, services):
    found = lacks(make_episode(), show=show)
    assert {service for service, needs in found.items() if what in needs} == services
    assert {name for needs in found.values() for name in needs} == {what}


def test_an_episode_must_be_public(lacks):
    found = lacks(make_episode(draft=True))
    assert all(one["an episode"] for one in found.values())


def elsewhere(media_type):
    remote = RemoteAudio(url="https://e.org/a", size_bytes=1, media_type=media_type)
    return make_episode(renditions=(), remote=remote)


@pytest.mark.parametrize(
    ("episode", "is_right"),
    [
        (make_episode(renditions=(make_audio(format="opus"),)), False),
        (make_episode(renditions=(make_audio(format="m4a"), make_audio(format="opus"))), True),
        (elsewhere("audio/ogg"), False),
        (elsewhere("audio/mpeg"), True),
    ],
)
def test_audio_that_apple_cannot_play_is_named(lacks, episode, is_right):
    found = lacks(episode)["apple"]
    assert found == {} if is_right else "meet-the-husbands" in found["MP3 or AAC audio"]
