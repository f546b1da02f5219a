"""From a folder to the index: what becomes an episode, and what it keeps for ever."""

import shutil

import pytest

from catalogue.actions.claim import claim_episode
from catalogue.actions.index import Wishes, index_library
from catalogue.domain.plan import Change
from catalogue.errors import Conflict, MediaError, Withdrawn


def changes(report):
    return {one.episode.slug: one.change for show in report.shows for one in show.episodes}


def reasons(report):
    return {problem.code for problem in report.refused}


def test_a_bare_audio_file_is_an_episode(shelf):
    shelf.sound("03 After treatment.mp3")
    report = shelf.index()
    assert report.refused == ()
    episode = shelf.episodes()["03-after-treatment"]
    assert (episode.title, str(episode.number), episode.published_at) == ("After treatment", "3", shelf.now)


def test_a_note_says_what_tags_do_not(shelf):
    shelf.sound("110/audio.mp3", title="From the tag", author="Ana")
    shelf.write("110/episode.md", "---\ntitle: Meet the husbands\npublished: 2021-10-05\nnumber: 110\n---\nAbout it.\n")
    shelf.index()
    episode = shelf.episodes()["110"]
    assert (episode.title, episode.notes.strip()) == ("Meet the husbands", "About it.")
    assert episode.published_at.isoformat() == "2021-10-05T12:00:00+00:00"


def test_first_files_are_dated_a_minute_apart_in_file_order(shelf):
    for number in (1, 2, 10):
        shelf.sound(f"{number} talk.mp3", seed=number)
    shelf.index()
    order = sorted(shelf.episodes().values(), key=lambda episode: episode.published_at)
    assert [str(episode.number) for episode in order] == ["1", "2", "10"]
    assert order[-1].published_at == shelf.now


def test_a_second_run_changes_nothing(shelf):
    shelf.sound("one.mp3")
    shelf.index()
    ledger, revision = shelf.ledger(), shelf.place.index.revision()
    shelf.later(days=1)
    report = shelf.index()
    assert (shelf.ledger(), shelf.place.index.revision()) == (ledger, revision)
    assert changes(report) == {}


def test_plan_tells_and_changes_nothing(shelf):
    shelf.sound("one.mp3")
    report = shelf.plan()
    assert changes(report) == {"one": Change.NEW}
    assert shelf.place.index.revision() == 0
    assert not (shelf.root / "ledger.jsonl").exists()


def test_the_feed_is_the_same_after_the_database_was_deleted(shelf, reopened):
    shelf.sound("one.mp3", title="One")
    shelf.sound("two/audio.mp3", seed=2)
    shelf.write("two/episode.md", "---\nslug: second\n---\nNotes\n")
    shelf.index()
    reopened.now = shelf.now
    reopened.later(days=30)
    reopened.index()
    assert reopened.feed() == shelf.feed()


def test_a_renamed_folder_keeps_guid_slug_and_date(shelf):
    shelf.sound("110/audio.mp3")
    shelf.index()
    before = shelf.episodes()["110"]
    (shelf.root / "110").rename(shelf.root / "another name")
    report = shelf.index()
    after = shelf.episodes()["110"]
    assert (after.guid, after.published_at) == (before.guid, before.published_at)
    assert after.path == "another name"
    assert report.refused == ()


def test_a_retagged_file_keeps_its_guid_and_its_old_address_is_remembered(shelf):
    shelf.sound("one.mp3", title="One")
    shelf.index()
    before = shelf.episodes()["one"]
    shelf.sound("one.mp3", title="A better title")
    report = shelf.index()
    after = shelf.episodes()["one"]
    assert changes(report) == {"one": Change.AUDIO}
    assert (after.guid, after.title) == (before.guid, "A better title")
    assert after.audio.essence == before.audio.essence
    assert before.audio.sha256 in shelf.ledger()


def test_an_explicit_slug_moves_the_page_and_keeps_the_old_one(shelf):
    shelf.sound("one/audio.mp3")
    note = shelf.write("one/episode.md", "Notes\n")
    shelf.index()
    note.write_text("---\nslug: better\n---\nNotes\n")
    shelf.index()
    row = next(iter(shelf.place.index.episodes(shelf.place.index.shows()[0].show.guid)))
    assert (row.line.slug, row.line.was) == ("better", ("one",))


def test_a_taken_or_reserved_slug_is_refused_and_nothing_is_lost(shelf):
    shelf.sound("one.mp3")
    shelf.sound("two/audio.mp3", seed=2)
    shelf.write("two/episode.md", "---\nslug: one\n---\n")
    shelf.sound("three/audio.mp3", seed=3)
    shelf.write("three/episode.md", "---\nslug: search\n---\n")
    report = shelf.index()
    assert reasons(report) == {"slug-taken", "slug-reserved"}
    assert {problem.line for problem in report.refused} == {2}
    assert set(shelf.episodes()) == {"one"}
    assert reasons(shelf.index()) == {"slug-taken", "slug-reserved"}


def test_a_known_episode_keeps_its_address_where_the_wanted_one_is_taken(shelf):
    shelf.sound("one.mp3")
    shelf.sound("two/audio.mp3", seed=2)
    shelf.index()
    shelf.write("two/episode.md", "---\nslug: one\n---\nNew notes.\n")
    assert reasons(shelf.index()) == {"slug-taken"}
    assert shelf.episodes()["two"].notes.strip() == "New notes."


def test_names_that_collide_or_are_reserved_get_a_number(shelf):
    shelf.sound("a/Search.mp3")
    shelf.sound("b/Talk.mp3", seed=2)
    shelf.sound("c/talk.mp3", seed=3)
    shelf.sound("希望.mp3", seed=4)
    shelf.index()
    assert set(shelf.episodes()) >= {"search-2", "talk", "talk-2"}
    assert len(shelf.episodes()) == 4


def test_vanished_files_leave_the_episode_in_the_feed(shelf):
    shelf.sound("one/audio.mp3")
    shelf.index()
    shutil.rmtree(shelf.root / "one")
    shelf.later(days=100)
    report = shelf.index()
    assert changes(report) == {"one": Change.MISSING}
    assert shelf.episodes()["one"].missing_since == shelf.now
    assert b"<item>" in shelf.feed()


def test_what_returns_is_itself_again(shelf, tmp_path):
    shelf.sound("one/audio.mp3")
    shelf.index()
    feed = shelf.feed()
    (shelf.root / "one").rename(tmp_path / "elsewhere")
    shelf.index()
    (tmp_path / "elsewhere").rename(shelf.root / "one")
    assert changes(shelf.index()) == {"one": Change.RETURNED}
    assert shelf.feed() == feed


def test_a_copy_is_held_until_somebody_says_what_it_is(shelf):
    shelf.sound("one/audio.mp3")
    shelf.index()
    shutil.copytree(shelf.root / "one", shelf.root / "two")
    assert reasons(shelf.index()) == {"held-copy"}
    assert set(shelf.episodes()) == {"one"}
    shelf.index(claims={"two": None})
    assert set(shelf.episodes()) == {"one", "two"}
    assert reasons(shelf.index()) == set()


def test_renamed_and_replaced_in_one_go_waits_for_a_claim(shelf):
    shelf.sound("one/audio.mp3")
    shelf.index()
    guid = shelf.episodes()["one"].guid
    shutil.rmtree(shelf.root / "one")
    shelf.sound("uno/audio.mp3", seed=9)
    assert reasons(shelf.index()) == {"held-unclear"}
    shelf.later(days=1)
    assert reasons(shelf.index()) == {"held-unclear"}
    shelf.index(claims={"uno": guid})
    assert shelf.episodes()["one"].path == "uno"
    assert shelf.episodes()["one"].missing_since is None


def test_a_passed_publication_date_stays_unless_told(shelf):
    shelf.sound("one/audio.mp3")
    note = shelf.write("one/episode.md", "---\npublished: 2021-10-05\n---\n")
    shelf.index()
    note.write_text("---\npublished: 2020-01-01\n---\n")
    assert reasons(shelf.index()) == {"date-change"}
    assert shelf.episodes()["one"].published_at.year == 2021
    shelf.index(allow_date_change=True)
    assert shelf.episodes()["one"].published_at.year == 2020


def test_a_draft_has_no_date_until_it_is_one_no_more(shelf):
    shelf.sound("one/audio.mp3")
    note = shelf.write("one/episode.md", "---\ndraft: yes\n---\n")
    shelf.index()
    assert shelf.episodes()["one"].published_at is None
    note.write_text("Ready.\n")
    shelf.later(days=2)
    shelf.index()
    assert shelf.episodes()["one"].published_at == shelf.now


def test_a_scheduled_episode_appears_at_its_second(shelf):
    shelf.sound("one/audio.mp3")
    shelf.write("one/episode.md", "---\npublished: 2026-03-01 08:00\n---\n")
    shelf.index()
    assert b"<item>" not in shelf.feed()
    shelf.later(hours=1)
    assert b"<item>" in shelf.feed()


def test_a_broken_note_costs_its_episode_alone_and_keeps_what_was_published(shelf):
    shelf.sound("one/audio.mp3")
    note = shelf.write("one/episode.md", "---\ntitle: One\n---\n")
    shelf.sound("two.mp3", seed=2)
    shelf.index()
    note.write_text("---\ntitle: [\nnumber: x\n---\n")
    shelf.sound("three.mp3", seed=3)
    report = shelf.index()
    assert report.refused
    assert all(problem.path == "one/episode.md" and problem.line for problem in report.refused)
    assert set(shelf.episodes()) == {"one", "two", "three"}
    assert shelf.episodes()["one"].title == "One"


def test_a_broken_show_file_changes_nothing(shelf):
    shelf.sound("one.mp3")
    shelf.index()
    feed = shelf.feed()
    shelf.write("show.toml", 'title = "Unclosed\n')
    assert shelf.index().refused
    assert shelf.feed() == feed


def test_what_is_not_audio_is_named_and_the_rest_goes_on(shelf):
    shelf.write("page.mp3", "<html><body>Not found</body></html>")
    shelf.write("empty.mp3", "")
    shelf.sound("good.mp3")
    report = shelf.index()
    assert {problem.path for problem in report.refused} == {"page.mp3", "empty.mp3"}
    assert set(shelf.episodes()) == {"good"}


def test_a_refused_file_is_not_opened_again(shelf, monkeypatch):
    shelf.write("page.mp3", "<html>")
    first = shelf.index()
    monkeypatch.setattr(shelf.place.box, "run", lambda function, calls: iter((list(calls) and 1 / 0) or ()))
    assert shelf.index().refused == first.refused


def test_two_notes_with_one_guid_are_one_episode_and_one_refused(shelf):
    for name in ("one", "two"):
        shelf.sound(f"{name}/audio.mp3", seed=len(name) + ord(name[0]))
        shelf.write(f"{name}/episode.md", "---\nguid: the-same\n---\n")
    assert reasons(shelf.index()) == {"held-guid-taken"}
    assert len(shelf.episodes()) == 1


def test_a_file_still_being_copied_waits(shelf):
    path = shelf.sound("one.mp3")
    settings = shelf.place.settings.model_copy(update={"settle_seconds": 2.0})
    object.__setattr__(shelf.place, "settings", settings)
    shelf.now = shelf.now.fromtimestamp(path.stat().st_mtime, tz=shelf.now.tzinfo)

    def copy_on(_seconds):
        with path.open("ab") as file:
            file.write(bytes(1000))

    report = index_library(shelf.place, Wishes(clock=lambda: shelf.now, wait=copy_on))
    assert (report.waiting, shelf.episodes()) == (("one.mp3",), {})


def test_a_library_that_cannot_be_written_serves_what_its_ledger_knows(shelf, monkeypatch):
    shelf.sound("one.mp3")
    shelf.index()
    shelf.sound("two.mp3", seed=2)
    from catalogue.errors import ContentError

    def refuse(_self, path, *_args, **_kwargs):
        raise ContentError("read-only", "It cannot be written.", path=path)

    monkeypatch.setattr(type(shelf.place.storage), "replace", refuse)
    assert reasons(shelf.index()) == {"read-only", "held-read-only"}
    assert set(shelf.episodes()) == {"one"}


def test_a_lost_ledger_is_written_again_from_the_index(shelf):
    shelf.sound("one.mp3")
    shelf.index()
    ledger = shelf.ledger()
    (shelf.root / "ledger.jsonl").unlink()
    shelf.index()
    assert shelf.ledger() == ledger


def test_several_shows_have_their_own_ledgers(shelf):
    (shelf.root / "show.toml").rename(shelf.root / "catalogue.toml.off")
    for name in ("first", "second"):
        shelf.write(f"{name}/show.toml", f'title = "{name.title()}"\nauthor = "A"\nlanguage = "en"\n')
        shelf.sound(f"{name}/one.mp3", seed=len(name))
    report = shelf.index()
    assert [show.show.slug for show in report.shows] == ["first", "second"]
    assert (shelf.root / "first/ledger.jsonl").exists()
    rows = [shelf.place.index.episodes(show.show.guid) for show in report.shows]
    assert [len(of_show) for of_show in rows] == [1, 1]


def test_a_public_base_url_decides_the_guid_of_a_new_show_and_only_of_a_new_one(shelf):
    shelf.sound("one.mp3")
    shelf.index()
    guid = shelf.place.index.shows()[0].show.guid
    settings = shelf.place.settings.model_copy(update={"base_url": "https://example.org"})
    object.__setattr__(shelf.place, "settings", settings)
    shelf.index()
    assert shelf.place.index.shows()[0].show.guid == guid


def test_a_swap_is_held_and_one_claim_puts_both_right(shelf):
    for name, seed in (("one", 1), ("two", 2)):
        shelf.sound(f"{name}/audio.mp3", seed=seed)
    shelf.index()
    before = {slug: episode.guid for slug, episode in shelf.episodes().items()}
    (shelf.root / "one").rename(shelf.root / "x")
    (shelf.root / "two").rename(shelf.root / "one")
    (shelf.root / "x").rename(shelf.root / "two")
    assert reasons(shelf.index()) == {"held-swap"}
    claim_episode(shelf.place, "one", old="two")
    assert reasons(shelf.index()) == set()
    assert {slug: episode.guid for slug, episode in shelf.episodes().items()} == before
    assert shelf.episodes()["two"].path == "one"


def test_only_what_is_in_doubt_can_be_claimed(shelf):
    shelf.sound("one/audio.mp3")
    shelf.index()
    with pytest.raises(Conflict, match="nothing is in doubt"):
        claim_episode(shelf.place, "one", old=None)


def test_bytes_that_are_held_are_not_served_under_the_old_hash(shelf):
    for name, seed in (("one", 1), ("two", 2)):
        shelf.sound(f"{name}/audio.mp3", seed=seed)
    shelf.index()
    audio = shelf.episodes()["one"].audio
    first, second = (shelf.root / name / "audio.mp3" for name in ("one", "two"))
    content = first.read_bytes()
    first.write_bytes(second.read_bytes())
    second.write_bytes(content)
    shelf.index()
    with pytest.raises(MediaError):
        shelf.publication().media(audio.sha256, "one.mp3", shelf.now)


def test_a_published_file_that_is_being_overwritten_is_not_gone(shelf):
    path = shelf.sound("one.mp3")
    shelf.index()
    before = shelf.episodes()
    settings = shelf.place.settings.model_copy(update={"settle_seconds": 2.0})
    object.__setattr__(shelf.place, "settings", settings)
    path.write_bytes(b"half of a new fi")
    shelf.sound("new.mp3", seed=5)
    clock = shelf.now.fromtimestamp(path.stat().st_mtime, tz=shelf.now.tzinfo)
    report = index_library(
        shelf.place, Wishes(clock=lambda: clock, wait=lambda _: path.write_bytes(b"half of a new file"))
    )
    assert (report.waiting, reasons(report)) == (("one.mp3",), set())
    assert shelf.episodes()["one"] == before["one"]
    assert "new" in shelf.episodes()


def test_a_kept_date_outlives_the_database(shelf, reopened):
    shelf.sound("one.mp3")
    shelf.index()
    published = shelf.episodes()["one"].published_at
    shelf.write("one.md", "---\npublished: 2020-05-05\n---\n")
    assert reasons(shelf.index()) == {"date-change"}
    reopened.now = shelf.now
    assert reasons(reopened.index()) == {"date-change"}
    assert reopened.episodes()["one"].published_at == published


def test_a_word_in_the_ledger_withdraws_an_episode(shelf):
    shelf.sound("one.mp3")
    shelf.index()
    ledger = shelf.root / "ledger.jsonl"
    head, line = shelf.ledger().splitlines()
    ledger.write_text(f'{head}\n{line[:-1]},"withdrawn_at":"2026-02-01T00:00:00Z"}}\n')
    shelf.index()
    publication = shelf.publication()
    with pytest.raises(Withdrawn):
        publication.episode(publication.first_feed(), "one", shelf.now)
    assert b"<item>" not in shelf.feed()


def test_a_new_index_of_an_old_ledger_says_that_nothing_changes(shelf, reopened):
    shelf.sound("one.mp3")
    shelf.index()
    report = reopened.plan()
    assert not report.shows[0].is_new
    assert set(changes(report).values()) == {Change.SAME}


def test_what_vanished_with_its_index_is_told(shelf, reopened):
    shelf.sound("one.mp3").unlink()
    shelf.sound("two.mp3", seed=2)
    shelf.sound("one.mp3")
    shelf.index()
    (shelf.root / "one.mp3").unlink()
    assert "missing-unknown" in {problem.code for problem in reopened.index().problems}


def test_an_empty_disk_forgets_nothing_that_was_read(shelf, tmp_path):
    shelf.sound("one.mp3")
    shelf.index()
    files = shelf.place.index.file_kinds()
    for path in list(shelf.root.iterdir()):
        path.rename(tmp_path / path.name)
    assert "show-gone" not in reasons(shelf.index())
    assert shelf.place.index.file_kinds() == files


def test_a_word_of_withdrawal_reaches_an_episode_whose_files_are_gone(shelf):
    path = shelf.sound("one.mp3")
    shelf.index()
    path.unlink()
    shelf.index()
    head, line = shelf.ledger().splitlines()
    (shelf.root / "ledger.jsonl").write_text(f'{head}\n{line[:-1]},"withdrawn_at":"2026-02-01T00:00:00Z"}}\n')
    shelf.index()
    assert b"<item>" not in shelf.feed()


def test_a_tag_that_claims_a_stated_guid_is_passed_over(shelf):
    shelf.sound("a/audio.mp3", seed=1)
    from mutagen.id3 import ID3, TGID

    tags = ID3()
    tags.add(TGID(text=["the-same"]))
    tags.save(shelf.root / "a/audio.mp3")
    shelf.sound("b/audio.mp3", seed=2)
    shelf.write("b/episode.md", "---\nguid: the-same\n---\n")
    shelf.index()
    assert len(shelf.episodes()) == 2
