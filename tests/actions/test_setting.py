"""Keys set in many notes: only where wished, each note whole or not at all, and the same again finds nothing to do."""

import errno

import pytest

from catalogue.actions.setting import Demand, plan_setting, set_where
from catalogue.domain.condition import EVERYTHING, read_condition
from catalogue.errors import Conflict, ContentErrors, NotPublishable, PlanRefused
from catalogue.library.durable import write_durably

NOTE = "---\ntitle: {name}  # a name\npublished: 2026-01-0{day}\n---\nAbout it.\n"


@pytest.fixture
def three(shelf):
    for day, name in enumerate(("a", "b", "c"), start=1):
        shelf.sound(f"{name}/audio.mp3", seed=day)
        shelf.write(f"{name}/episode.md", NOTE.format(name=name, day=day))
    shelf.sound("d.mp3", seed=4)
    shelf.index()
    return shelf


def demand(shelf, where=None, keys=None, allow_removals=False, **wishes):
    condition = read_condition(where) if where else EVERYTHING
    wished = shelf._wishes(**wishes)
    return Demand(keys=keys or {"season": "2"}, where=condition, wishes=wished, allow_removals=allow_removals)


def notes(shelf):
    return {path.relative_to(shelf.root).as_posix(): path.read_text() for path in shelf.root.rglob("*.md")}


def seasons(shelf):
    return {slug: one.season and one.season.number for slug, one in shelf.episodes().items()}


def test_only_what_is_meant_is_set_and_only_that_line(three):
    before = notes(three)
    done = set_where(three.place, demand(three, "title=a or slug=d"))
    assert seasons(three) == {"a": 2, "b": None, "c": None, "d": 2}
    line = "season: 2\n---\n"
    assert notes(three) == before | {
        "a/episode.md": before["a/episode.md"].replace("---\nAbout", f"{line}About"),
        "d.md": f"---\n{line}",
    }
    assert (len(done.changes), done.problems) == (2, ())


def test_a_plan_says_it_and_writes_nothing(three):
    before = notes(three)
    planned = plan_setting(three.place, demand(three))
    assert {change.path for change in planned.changes} == {"a/episode.md", "b/episode.md", "c/episode.md", "d.md"}
    assert notes(three) == before


def test_the_same_again_finds_nothing_to_do(three):
    set_where(three.place, demand(three, "season!=2"))
    again = set_where(three.place, demand(three))
    assert (again.changes, again.same, again.report.counts["changed"]) == ((), 4, 0)


def test_a_note_that_cannot_be_changed_stays_and_the_others_go_on(three):
    toml = '+++\ntitle = "b"\n+++\n'
    three.write("b/episode.md", toml)
    done = set_where(three.place, demand(three))
    assert [(one.path, one.code) for one in done.problems] == [("b/episode.md", "edit-toml")]
    assert seasons(three) == {"a": 2, "b": None, "c": 2, "d": 2}


def test_what_the_feed_cannot_follow_is_put_back_and_named(three):
    before = notes(three)
    done = set_where(three.place, demand(three, "slug!=d", {"published": "2026-01-02"}))
    assert {one.path for one in done.problems} == {"a/episode.md", "c/episode.md"}
    assert notes(three) == before | {"b/episode.md": before["b/episode.md"]}
    allowed = set_where(three.place, demand(three, "slug!=d", {"published": "2026-01-02"}, allow_date_change=True))
    assert (len(allowed.changes), allowed.problems) == (2, ())


def test_a_disk_that_fills_up_leaves_each_note_whole_and_the_next_run_ends_it(three, monkeypatch):
    def fill_up(real, content, *, check):
        if real.parent.name == "b":
            raise OSError(errno.ENOSPC, "No space left on device")
        write_durably(real, content, check=check)

    with monkeypatch.context() as patch:
        patch.setattr("catalogue.library.storage.write_durably", fill_up)
        done = set_where(three.place, demand(three))
    assert [(one.path, one.code) for one in done.problems] == [("b/episode.md", "disk-full")]
    assert seasons(three) == {"a": 2, "b": None, "c": 2, "d": 2}
    assert len(set_where(three.place, demand(three)).changes) == 1


@pytest.mark.parametrize(
    ("keys", "kind", "said"),
    [
        ({"season": "two"}, ContentErrors, "whole number"),
        ({"saeson": "2"}, ContentErrors, "Did you mean"),
        ({"slug": "x"}, Conflict, "one episode's alone"),
    ],
)
def test_what_no_note_could_say_is_refused_before_any_is_read(three, keys, kind, said):
    before = notes(three)
    with pytest.raises(kind, match=said):
        set_where(three.place, demand(three, keys=keys))
    assert notes(three) == before


def test_the_condition_is_about_what_notes_say_now(three):
    path = three.root / "a/episode.md"
    path.write_text(path.read_text().replace("title: a", "title: other"))
    assert set_where(three.place, demand(three, "title=a")).changes == ()
    assert "season" not in path.read_text()


LEAVING = [{"draft": "yes"}, {"audience": "members"}, {"published": "2026-12-24"}]


@pytest.mark.parametrize("keys", LEAVING, ids=["draft", "members", "to come"])
def test_a_few_words_do_not_empty_a_feed(three, keys):
    before, feed = notes(three), three.feed()
    planned = plan_setting(three.place, demand(three, keys=keys, allow_date_change=True))
    assert [one.code for one in planned.problems] == ["leaving"]
    with pytest.raises(PlanRefused, match="4 of 4 published episodes would leave"):
        set_where(three.place, demand(three, keys=keys, allow_date_change=True))
    assert (notes(three), three.feed()) == (before, feed)


@pytest.mark.parametrize("keys", LEAVING, ids=["draft", "members", "to come"])
def test_they_do_where_somebody_says_so(three, keys):
    done = set_where(three.place, demand(three, keys=keys, allow_date_change=True, allow_removals=True))
    assert (len(done.changes), done.problems) == (4, ())
    assert not [one for one in three.episodes().values() if one.is_public(three.now)]


def test_one_episode_may_leave_and_what_is_no_loss_is_not_asked_about(three):
    assert set_where(three.place, demand(three, "title=a", {"draft": "yes"})).problems == ()
    assert set_where(three.place, demand(three, "title=a or title=b", {"draft": "yes"})).problems == ()
    assert set_where(three.place, demand(three, keys={"audience": "public"})).problems == ()


def test_that_episodes_may_leave_does_not_say_that_files_are_gone(three):
    for name in ("a", "b", "c"):
        (three.root / name).rename(three.root.parent / name)
    with pytest.raises(NotPublishable, match="lose their files"):
        set_where(three.place, demand(three, keys={"draft": "yes"}, allow_removals=True))
    assert all(one.missing_since is None for one in three.episodes().values())


def test_a_plan_says_where_the_last_index_may_be_old(three):
    three.index()
    assert not plan_setting(three.place, demand(three)).is_behind
    three.write("a/episode.md", NOTE.format(name="another", day=1))
    assert plan_setting(three.place, demand(three)).is_behind
