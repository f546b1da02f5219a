"""What only a server can do to an index: locks, ended connections, a restart in mid-run, an address with a password."""

import threading
import time

import pytest
from builders import make_show
from rows import by_guid, episode_row, show_row
from sqlalchemy import inspect

from catalogue.errors import StoreError
from catalogue.store.index import FileRow, Index, open_index
from catalogue.store.opening import open_engine, writing
from catalogue.store.postgres import WRITE_LOCK
from catalogue.store.schema import METADATA
from catalogue.store.search_tables import SEARCH_METADATA

pytestmark = pytest.mark.postgres
GUID = make_show().guid
END_OTHERS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"


def file_row(path):
    return FileRow(path=path, version="1", kind="audio-1")


def name_of(url):
    return url.partition("@/")[2].partition("?")[0]


@pytest.fixture
def index(postgres_url):
    """An empty index."""
    opened = open_index(postgres_url)
    yield opened
    opened.close()


@pytest.fixture
def rival(postgres_server, postgres_url):
    """Another program's connection to the same database."""
    with postgres_server.administer(name_of(postgres_url)) as connection:
        yield connection


def test_migrations_make_what_the_schema_says(bare_postgres_url):
    engine = open_engine(bare_postgres_url)
    found = inspect(engine)
    tables = {*METADATA.tables, *SEARCH_METADATA.tables, "search_chunks"}
    assert set(found.get_table_names()) == {*tables, "alembic_version"}
    for table in (*METADATA.sorted_tables, *SEARCH_METADATA.sorted_tables):
        columns = {column["name"]: column["nullable"] for column in found.get_columns(table.name)}
        assert columns == {column.name: column.nullable for column in table.columns}
        assert not any(getattr(column["type"], "length", None) for column in found.get_columns(table.name))
    engine.dispose()


def test_who_open_a_bare_database_at_once_make_its_tables_once(bare_postgres_url):
    counts = []

    def work():
        index = open_index(bare_postgres_url)
        index.announce()
        counts.append(index.revision())
        index.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(counts), max(counts)) == (4, 4)


def test_a_database_of_a_newer_version_is_refused_and_left_alone(postgres_url, rival):
    rival.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match="newer Castalogue"):
        open_index(postgres_url)
    assert rival.execute("SELECT version_num FROM alembic_version").fetchone() == ("9999",)


@pytest.mark.parametrize(
    "hold",
    [f"SELECT pg_advisory_xact_lock({WRITE_LOCK})", "LOCK TABLE files", "LOCK TABLE files IN SHARE MODE"],
    ids=["a writer", "the table", "a backup"],
)
def test_a_writer_waits_for_another_and_then_gives_up_in_so_many_words(postgres_url, rival, hold):
    index = open_index(postgres_url, patience_ms=50)
    with rival.transaction():
        rival.execute(hold)
        with pytest.raises(StoreError, match=r"lock timeout.*This step was undone") as caught:
            index.save_files([file_row("a")])
    assert caught.value.code == "store-busy"
    index.save_files([file_row("a")])
    assert list(index.files()) == ["a"]
    index.close()


def test_a_writer_waits_for_another_to_end(index, rival):
    rival.execute("BEGIN")
    rival.execute(f"SELECT pg_advisory_xact_lock({WRITE_LOCK})")
    ending = threading.Timer(0.1, rival.execute, ["COMMIT"])
    ending.start()
    index.save_files([file_row("a")])
    ending.join()
    assert list(index.files()) == ["a"]


def test_readers_go_on_while_another_writes(index, rival):
    index.save_show(show_row(), episodes=by_guid(episode_row("a", "one")))
    with rival.transaction():
        rival.execute(f"SELECT pg_advisory_xact_lock({WRITE_LOCK})")
        rival.execute("DELETE FROM episodes")
        assert (len(index.episodes(GUID)), index.revision()) == (1, 1)


def test_a_connection_that_was_ended_while_idle_is_replaced(index, rival, postgres_url):
    index.announce()
    rival.execute(END_OTHERS, [name_of(postgres_url)])
    assert index.revision() == 1
    rival.execute(END_OTHERS, [name_of(postgres_url)])
    index.announce()
    assert index.revision() == 2


def test_a_write_whose_connection_ends_in_the_middle_is_made_again(index, rival, postgres_url):
    ending = iter([True, False])

    class Ended(Index):
        def writing(self):
            return ended_once(super().writing())

    def ended_once(transaction):
        from contextlib import contextmanager

        @contextmanager
        def begun():
            with transaction as connection:
                if next(ending):
                    rival.execute(END_OTHERS, [name_of(postgres_url)])
                yield connection

        return begun()

    waited = []
    Ended(index._engine, wait=waited.append).save_show(show_row(), episodes=by_guid(episode_row("a", "one")))
    assert (len(index.episodes(GUID)), index.revision(), len(waited)) == (1, 1, 1)


def test_a_server_that_is_restarted_in_mid_run_loses_and_doubles_nothing(postgres_url, postgres_server):
    waits, failures = [], []

    def wait(seconds):
        waits.append(seconds)
        time.sleep(seconds)

    def work():
        try:
            for number in range(100):
                index.save_files([file_row(f"{number}")])
                index.save_show(show_row(), episodes=by_guid(episode_row(f"{number}", f"{number}")))
        except StoreError as error:
            failures.append(error)

    index = Index(open_engine(postgres_url), wait=wait)
    writer = threading.Thread(target=work)
    writer.start()
    while not waits and writer.is_alive():
        postgres_server.restart()
    writer.join()
    assert (failures, bool(waits)) == ([], True)
    assert (len(index.files()), len(index.episodes(GUID))) == (100, 100)
    index.close()


def test_a_server_that_stays_away_is_told_with_the_mend_and_without_the_password(postgres_server):
    name = postgres_server.create()
    index = Index(open_engine(postgres_server.tcp_url(name)), wait=lambda _: None)
    postgres_server.stop()
    try:
        for deed in (index.announce, index.revision, lambda: open_index(postgres_server.tcp_url(name))):
            with pytest.raises(StoreError, match=r"Start the server,? or correct DATABASE_URL") as caught:
                deed()
            assert postgres_server.password not in str(caught.value)
            assert "\n" not in str(caught.value)
    finally:
        index.close()
        postgres_server.start()
        postgres_server.drop(name)


@pytest.mark.parametrize(
    ("change", "mend"),
    [
        (lambda url: url.replace("postgres:", "nobody:"), "Correct the user and the password"),
        (lambda url: url.rpartition("/")[0] + "/missing", "Create it"),
        (lambda url: url.replace("127.0.0.1", "no-such-host.invalid"), "Correct the host"),
    ],
    ids=["user", "database", "host"],
)
def test_an_address_that_is_wrong_is_told_with_its_mend_and_without_the_password(postgres_server, change, mend):
    with pytest.raises(StoreError, match=mend) as caught:
        open_index(change(postgres_server.tcp_url("postgres")))
    assert postgres_server.password not in str(caught.value)


def test_a_password_works_in_the_address_and_with_any_name_of_the_driver(postgres_server, postgres_url):
    address = postgres_server.tcp_url(name_of(postgres_url))
    for scheme in ("postgres", "postgresql", "postgresql+psycopg"):
        index = open_index(address.replace("postgresql", scheme, 1))
        index.announce()
        index.close()


def test_a_password_may_stand_where_a_list_of_processes_does_not_show_it(postgres_server, postgres_url, monkeypatch):
    monkeypatch.setenv("PGPASSWORD", postgres_server.password)
    address = postgres_server.tcp_url(name_of(postgres_url)).replace(f":{postgres_server.password}", "")
    open_index(address).close()


def test_a_database_without_room_for_all_letters_is_refused_with_the_mend(postgres_server):
    name = "western"
    postgres_server.drop(name)
    with postgres_server.administer() as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING LATIN1 LOCALE_PROVIDER libc LOCALE 'C'")
    with pytest.raises(StoreError, match=r"LATIN1.*createdb --encoding=UTF8"):
        open_index(postgres_server.url(name))


def test_a_user_who_may_not_make_tables_is_told_so(postgres_server, bare_postgres_url):
    name = name_of(bare_postgres_url)
    with postgres_server.administer(name) as connection:
        connection.execute("DROP ROLE IF EXISTS reader; CREATE ROLE reader LOGIN")
    with pytest.raises(StoreError, match=r"permission denied.*Give that user the right"):
        open_index(bare_postgres_url.replace("postgres@", "reader@"))


def test_a_transaction_of_readers_cannot_write(index):
    with pytest.raises(StoreError, match="read-only"), index.reading() as connection:
        connection.exec_driver_sql("DELETE FROM files")


def test_a_connection_that_is_left_in_a_writers_transaction_keeps_no_lock(postgres_url, index):
    engine = open_engine(postgres_url)
    with pytest.raises(ZeroDivisionError), writing(engine):
        raise ZeroDivisionError
    index.announce()
    engine.dispose()
    assert index.revision() == 1
