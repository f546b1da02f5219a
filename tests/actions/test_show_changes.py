"""What changes of what is said of a show, in words."""

from builders import make_show

from catalogue.actions.show_changes import show_changes
from catalogue.domain.show import Person, ShowType


def test_short_values_are_told_as_they_were_and_will_be():
    after = make_show(title="Talks", explicit=True, type=ShowType.SERIAL, link="https://a.example/")
    assert show_changes(make_show(), after) == (
        "title: Conversations → Talks",
        "explicit: no → yes",
        "type: episodic → serial",
        "link: none → https://a.example/",
    )


def test_of_long_values_only_that_they_change():
    after = make_show(description="Long. " * 50, people=(Person(name="Ana"),))
    assert show_changes(make_show(), after) == ("description", "people")


def test_another_address_is_told_first_and_where_the_old_one_leads():
    after = make_show(slug="talks", title="Talks", was=("conversations",))
    (first, *_) = show_changes(make_show(), after)
    assert first == "the feed moves to /talks/feed.xml; /conversations/feed.xml leads there"


def test_another_folder_is_told():
    assert show_changes(make_show(path="a"), make_show(path="b")) == ("now in b",)


def test_a_new_show_and_one_that_stays_change_nothing():
    assert show_changes(None, make_show()) == ()
    assert show_changes(make_show(), make_show()) == ()
