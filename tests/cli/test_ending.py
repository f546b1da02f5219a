"""Commands that run until somebody ends them, ended at a bad moment."""

import logging
import signal
import sys
import time
import weakref

import pytest
from sqlalchemy import create_engine

from catalogue.cli.ending import end_on_signals


@pytest.fixture(autouse=True)
def own_signals():
    hook = sys.unraisablehook
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)
    logging.getLogger("sqlalchemy.pool").setLevel(logging.NOTSET)
    sys.unraisablehook = hook


ENDINGS = pytest.mark.parametrize(
    ("number", "ending"), [(signal.SIGTERM, SystemExit), (signal.SIGINT, KeyboardInterrupt)]
)


@ENDINGS
def test_a_signal_while_a_connection_is_closed_ends_without_a_traceback(number, ending, caplog, monkeypatch):
    engine = create_engine("sqlite://")
    end_on_signals()
    monkeypatch.setattr(engine.dialect, "do_close", lambda known: (known.close(), signal.raise_signal(number)))
    engine.connect().close()
    with pytest.raises(ending):
        engine.dispose()
    assert caplog.messages == []


def forget_and_wait(things):
    things.clear()
    time.sleep(10)


@ENDINGS
def test_a_signal_while_an_object_is_forgotten_is_not_lost_and_ends_without_a_traceback(number, ending, capfd):
    class Thing:
        pass

    end_on_signals()
    things = [Thing()]
    forgotten = weakref.ref(things[0], lambda _: signal.raise_signal(number))
    with pytest.raises(ending):
        forget_and_wait(things)
    assert (forgotten(), capfd.readouterr().err) == (None, "")
