"""A database copied into another is the same there, and counts on from where it was."""

import pytest
from builders import NOON, make_line, make_show
from people import add, make_link, make_session, make_token
from rows import by_guid, episode_row, show_row
from test_contract import LONG_PATH, TEXTS

from catalogue.domain.errands import ErrandState, ErrandWish
from catalogue.domain.handovers import Handover, Step
from catalogue.domain.loudness import Loudness
from catalogue.domain.note_history import Hand, NoteText
from catalogue.domain.plan import Problem, Severity
from catalogue.domain.previews import Preview
from catalogue.domain.producers import LogEntry
from catalogue.domain.telling import Announcement, Kind
from catalogue.domain.tokens import KeptAnswer
from catalogue.errors import StoreError
from catalogue.store.copying import copy_store
from catalogue.store.index import EpisodeRow, FileRow, FragmentRow, JobState, open_index
from catalogue.store.last_run import LastRun
from catalogue.store.schema import METADATA

GUID = make_show().guid
POSTGRES = pytest.param("postgres", marks=pytest.mark.postgres)


@pytest.fixture
def open_empty(tmp_path, request):
    """Open an empty index of a kind; at most one of each."""
    opened = []

    def open_one(kind):
        named = f"sqlite:///{tmp_path / f'{len(opened)}.sqlite3'}"
        opened.append(open_index(named if kind == "sqlite" else request.getfixturevalue("emptied_postgres_url")))
        return opened[-1]

    yield open_one
    for index in opened:
        index.close()


def fill(index):
    """Rows in every table, of all kinds of text; more of them than go in one batch."""
    rows = [episode_row(f"guid-{number}", f"slug-{number}") for number in range(520)]
    rows += [episode_row(text, f"odd-{text}", title=text) for text in (*TEXTS.values(), LONG_PATH)]
    rows.append(EpisodeRow(episode=None, line=make_line(guid="known", slug="known"), version=""))
    items = {row.line.guid: FragmentRow("key", bytes(range(256))) for row in rows}
    asked = [
        Announcement(show_guid=GUID, guid=text, kind=kind, asked_at=NOON, due_at=NOON)
        for text in (*TEXTS.values(), LONG_PATH)
        for kind in Kind
    ]
    index.save_show(show_row(device="disk"), episodes=by_guid(*rows), fragments=items, asked=asked)
    index.take_job(owner="one", now=NOON, until=NOON)
    index.save_files([FileRow(path=LONG_PATH, version="1", kind="a", document="{}")])
    index.save_problems([Problem(severity=Severity.ERROR, code="x", path="p", message="m")] * 3)
    for owner in ("one", "two"):
        index.take_leases(["a"], owner=owner, now=NOON, is_over=lambda _: False)
    index.save_last_run(LastRun(digest="digest", revision=1, ended_at=NOON))
    index.add_member(GUID, "somebody", token_hash="0" * 64, now=NOON)
    index.ask_for_errand(ErrandWish(kind="x", guid=LONG_PATH, parameters={"a": TEXTS}), now=NOON)
    index.save_loudness(Loudness(sha256="0" * 64, fault=LONG_PATH), now=NOON)
    stated = Preview(id=0, show_guid=GUID, guid=LONG_PATH, made_by="Ana", made_at=NOON, ends_at=NOON)
    index.add_preview(stated, token_hash="1" * 64)
    ready = Handover(show_guid=GUID, guid=LONG_PATH, step=Step.READY, who="Ana", at=NOON, note=TEXTS["nul"])
    index.add_handover(ready, after=0)
    said = NoteText(show_guid=GUID, guid="a", path="a.md", content=b"# A", saved_at=NOON, hand=Hand.STUDIO, who="Ana")
    index.keep_note_texts([said], most=9, since=NOON)
    fill_accounts(index)


def fill_accounts(index):
    """Somebody with all that an account can have."""
    ana = add(index)
    index.propose_step(ana.id, 2**62 - 1)
    index.begin_second_step(ana.id, number=2**62 - 1, step=5, codes=["a", "b"])
    index.save_session(make_session(ana, token_hash="session"))
    index.save_link(make_link(token_hash="link", show=LONG_PATH))
    index.take_attempt({"a": (9, NOON)}, NOON)
    index.save_log_entry(LogEntry(at=NOON, who="Ana", what="x", show_guid=LONG_PATH))
    index.save_author(GUID, LONG_PATH, ana.id)
    index.add_token(make_token(ana, show_guids=(LONG_PATH,)))
    asked = {"asked": "digest", "now": NOON, "kept_from": NOON, "begun_from": NOON}
    index.begin_answer(1, "key", owner="one", **asked)
    index.keep_answer(1, "key", owner="one", answer=KeptAnswer(asked="digest", status=201, body=bytes(range(256))))


def seen(index):
    """All that an index gives."""
    return (
        index.changes(-1),
        index.fragments(GUID, [row.line.guid for row in index.episodes(GUID)]),
        index.files(),
        index.problems(),
        index.leases(),
        index.jobs(JobState),
        index.errands(states=tuple(ErrandState)),
        index.last_run(),
        index.loudnesses(),
        index.note_versions(GUID, "a"),
        index.open_handovers(GUID),
        index.producers(),
        index.session("session"),
        index.link("link"),
        index.recovery_codes_left(1),
        index.log_entries(show_guids=None, offset=0, limit=9),
        index.author(GUID, LONG_PATH),
        index.token("one"),
        index.kept_answer(1, "key"),
        index.find_preview("1" * 64),
    )


@pytest.mark.parametrize("kind", ["sqlite", POSTGRES])
def test_everything_is_there_in_the_copy_and_in_the_copy_of_the_copy(open_empty, kind):
    source, target, again = open_empty("sqlite"), open_empty(kind), open_empty("sqlite")
    fill(source)
    before = seen(source)
    counts = copy_store(source, target)
    assert counts == copy_store(target, again)
    assert set(counts) == set(METADATA.tables)
    assert all(counts.values())
    assert seen(source) == seen(target) == seen(again) == before


@pytest.mark.parametrize("kind", ["sqlite", POSTGRES])
def test_the_copy_counts_on(open_empty, kind):
    source, target = open_empty("sqlite"), open_empty(kind)
    fill(source)
    copy_store(source, target)
    target.take_leases(["b"], owner="one", now=NOON, is_over=lambda _: False)
    target.take_leases(["b"], owner="two", now=NOON, is_over=lambda _: False)
    target.announce()
    assert (target.release_leases("one"), target.revision()) == ({"a", "b"}, 2)
    assert add(target, "eva").id == 2


@pytest.mark.parametrize("kind", ["sqlite", POSTGRES])
def test_a_database_that_holds_anything_is_refused_and_left_alone(open_empty, kind):
    source, target = open_empty("sqlite"), open_empty(kind)
    fill(source)
    target.save_files([FileRow(path="mine", version="1", kind="a")])
    with pytest.raises(StoreError, match="not empty: its table files has rows"):
        copy_store(source, target)
    assert (list(target.files()), target.shows(), target.revision()) == (["mine"], (), 0)


# A database that keeps something else than it is given.
CHANGING = {
    "sqlite": ("CREATE TRIGGER turn AFTER INSERT ON files BEGIN UPDATE files SET kind = 'b'; END",),
    "postgres": (
        "CREATE FUNCTION turned() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.kind = 'b'; RETURN NEW; END $$",
        "CREATE TRIGGER turn BEFORE INSERT ON files FOR EACH ROW EXECUTE FUNCTION turned()",
    ),
}
UNCHANGING = {"sqlite": ("DROP TRIGGER turn",), "postgres": ("DROP FUNCTION turned CASCADE",)}


@pytest.mark.parametrize("kind", ["sqlite", POSTGRES])
def test_a_copy_that_differs_is_undone(open_empty, kind):
    source, target = open_empty("sqlite"), open_empty(kind)
    fill(source)
    turn(target, CHANGING[kind])
    try:
        with pytest.raises(StoreError, match="copy of the table files is not the same"):
            copy_store(source, target)
    finally:
        turn(target, UNCHANGING[kind])
    assert (target.files(), target.shows(), target.revision()) == ({}, (), 0)


def turn(index, statements):
    with index.writing() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
