"""The library's own file, drafts by default, and what a show keeps."""

SHOW = 'author = "A"\nlanguage = "en"\n'


def reasons(report):
    return {problem.code for problem in report.refused}


def two_shows(shelf):
    (shelf.root / "show.toml").unlink()
    for seed, name in enumerate(("first", "second")):
        shelf.write(f"{name}/show.toml", f'title = "{name.title()}"\n{SHOW}')
        shelf.sound(f"{name}/2021-10-05 talk.mp3", seed=seed)


def test_catalogue_toml_names_the_main_show_the_title_and_the_zone(shelf):
    two_shows(shelf)
    shelf.write("catalogue.toml", 'title = "Our shows"\nmain = "second"\ntimezone = "America/New_York"\n')
    assert shelf.index().refused == ()
    publication = shelf.publication()
    assert publication.catalogue().title == "Our shows"
    assert [show.slug for show in publication.shows()] == ["second", "first"]
    assert {show.timezone for show in publication.shows()} == {"America/New_York"}


def test_a_broken_catalogue_toml_is_named_and_the_last_one_holds(shelf):
    two_shows(shelf)
    file = shelf.write("catalogue.toml", 'title = "Our shows"\n')
    shelf.index()
    file.write_text("titel = 'x'\n")
    (problem,) = shelf.index().refused
    assert (problem.path, problem.line, problem.code) == ("catalogue.toml", 1, "unknown-key")
    assert shelf.publication().catalogue().title == "Our shows"


def test_beside_a_new_database_no_show_is_planned_until_catalogue_toml_can_be_read(shelf, reopened):
    two_shows(shelf)
    file = shelf.write("catalogue.toml", 'timezone = "America/New_York"\n')
    shelf.index()
    dates = {slug: episode.published_at for slug, episode in shelf.episodes().items()}
    file.write_text('timezone = "America/New_York\n')
    report = reopened.index()
    assert ("waits-for-catalogue", "catalogue.toml") in {(one.code, one.path) for one in report.refused}
    assert (report.shows, reopened.episodes()) == ((), {})
    file.write_text('timezone = "America/New_York"\n')
    assert reopened.index().refused == ()
    assert {slug: episode.published_at for slug, episode in reopened.episodes().items()} == dates


def test_a_catalogue_toml_that_became_a_link_out_is_not_one_that_was_removed(shelf, reopened, tmp_path):
    two_shows(shelf)
    file = shelf.write("catalogue.toml", 'title = "Our shows"\n')
    shelf.index()
    file.rename(tmp_path / "outside")
    file.symlink_to(tmp_path / "outside")
    assert reasons(shelf.index()) == {"skipped"}
    assert shelf.publication().catalogue().title == "Our shows"
    assert reasons(reopened.index()) == {"skipped", "waits-for-catalogue"}
    assert reopened.episodes() == {}


def test_new_files_are_drafts_where_the_show_says_so_and_stay_so(shelf, reopened):
    shelf.sound("old.mp3")
    shelf.index()
    with (shelf.root / "show.toml").open("a") as file:
        file.write('new_files = "draft"\n')
    shelf.sound("new.mp3", seed=2)
    shelf.index()
    assert {slug: episode.draft for slug, episode in shelf.episodes().items()} == {"old": False, "new": True}
    reopened.index()
    assert {slug: episode.draft for slug, episode in reopened.episodes().items()} == {"old": False, "new": True}


def test_a_note_ends_the_draft_that_new_files_made(shelf):
    with (shelf.root / "show.toml").open("a") as file:
        file.write('new_files = "draft"\n')
    shelf.sound("new.mp3")
    shelf.index()
    shelf.write("new.md", "---\ndraft: no\n---\n")
    shelf.later(hours=1)
    shelf.index()
    assert (shelf.episodes()["new"].draft, shelf.episodes()["new"].published_at) == (False, shelf.now)


def test_a_show_keeps_its_slug_and_an_explicit_one_redirects_the_old(shelf):
    shelf.index()
    text = (shelf.root / "show.toml").read_text()
    shelf.write("show.toml", text.replace('"Conversations"', '"Another title"'))
    shelf.index()
    assert shelf.publication().shows()[0].slug == "conversations"
    shelf.write("show.toml", f'slug = "talks"\n{text}')
    shelf.index()
    show = shelf.publication().shows()[0]
    assert (show.slug, show.was) == ("talks", ("conversations",))


def test_a_published_show_guid_is_kept(shelf):
    shelf.index()
    guid = shelf.publication().shows()[0].guid
    text = (shelf.root / "show.toml").read_text()
    shelf.write("show.toml", f'guid = "917393e3-1b1e-5cef-ace4-edaa54e1f810"\n{text}')
    assert reasons(shelf.index()) == {"show-guid-change"}
    assert shelf.publication().shows()[0].guid == guid


def test_two_shows_cannot_have_one_slug_or_one_identity(shelf):
    two_shows(shelf)
    shelf.write("first/show.toml", f'title = "First"\nslug = "same"\n{SHOW}')
    shelf.write("second/show.toml", f'title = "Second"\nslug = "same"\n{SHOW}')
    assert reasons(shelf.index()) == {"slug-taken"}
    assert [show.slug for show in shelf.publication().shows()] == ["same"]
    shelf.write("second/show.toml", f'title = "Second"\n{SHOW}')
    (shelf.root / "second/ledger.jsonl").write_bytes((shelf.root / "first/ledger.jsonl").read_bytes())
    assert reasons(shelf.index()) == {"show-guid-taken"}


def test_a_renamed_show_folder_is_the_same_show(shelf):
    two_shows(shelf)
    shelf.index()
    before = {show.slug: show.guid for show in shelf.publication().shows()}
    (shelf.root / "first").rename(shelf.root / "renamed")
    assert shelf.index().refused == ()
    assert {show.slug: show.guid for show in shelf.publication().shows()} == before


def test_a_broken_translation_costs_itself_alone(shelf):
    shelf.sound("one/audio.mp3")
    shelf.write("one/episode.md", "Notes\n")
    shelf.write("one/episode.es.md", "---\ntitle: [\n---\n")
    report = shelf.index()
    assert {problem.path for problem in report.refused} == {"one/episode.es.md"}
    assert set(shelf.episodes()) == {"one"}
