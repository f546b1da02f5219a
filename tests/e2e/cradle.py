"""A process that has everything imported and forks one for each command; started by `born`.

Most of what a command costs in a test is the second of imports before it does anything. What is born here has its own
directory, environment, output and signals, and ends as Python does, but for taking every module apart.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import pkgutil
import selectors
import signal
import socket
import sys
import threading
import time
import traceback
from importlib import import_module

import catalogue
import web

# The longest order: an environment is most of it.
ORDER_BYTES = 256 * 1024
PASSED_OVER = ("catalogue.store.migrations.", "catalogue.cli.__main__")
# What of others a command imports when it needs it.
EAGER = ("alembic.command", "alembic.script", "sqlalchemy.dialects.sqlite", "rich.progress")


def take_orders(orders: socket.socket) -> list[str] | None:
    """Fork for every order, and tell how each ended; in what was born gives its words, None where orders end."""
    waiting = selectors.DefaultSelector()
    waiting.register(orders, selectors.EVENT_READ)
    while True:
        for key, _ in waiting.select():
            if key.data is not None:
                waiting.unregister(key.fileobj)
                tell_the_end(key.fd, *key.data)
                continue
            order, files, *_ = socket.recv_fds(orders, ORDER_BYTES, 3)
            if not order:
                return None
            child = os.fork()
            if child == 0:
                waiting.close()
                orders.close()
                return settle(files, **json.loads(order))
            answers, *output = files
            for file in output:
                os.close(file)
            os.write(answers, f"{child}\n".encode())
            waiting.register(os.pidfd_open(child), selectors.EVENT_READ, (child, answers))


def tell_the_end(process: int, number: int, answers: int) -> None:
    """Tell the exit status of what has ended to whoever ordered it, if they still listen."""
    _, status = os.waitpid(number, 0)
    with socket.socket(fileno=answers) as told:
        told.send(f"{os.waitstatus_to_exitcode(status)}\n".encode(), socket.MSG_NOSIGNAL)
    os.close(process)


def settle(files: list[int], *, words: list[str], cwd: str, environment: dict[str, str]) -> list[str]:
    """Make this process what a shell would have started; gives its words."""
    answers, *output = files
    os.close(answers)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for number, file in enumerate(output, start=1):
        os.dup2(file, number)
        os.close(file)
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    return words


def live(words: list[str]) -> int:
    """Run a command to its end, that of its threads too; gives the exit status."""
    from catalogue.cli.main import main

    status = 1
    sys.argv = ["castalogue", *words]
    try:
        main()
    except SystemExit as error:
        status = int(error.code or 0)
    except BaseException:  # noqa: BLE001  (as Python does at the end)
        traceback.print_exc()
    threading._shutdown()
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    return status


def import_all() -> None:
    """Import every module of ours, also those that a command imports when it needs them."""
    for package in (catalogue, web):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.startswith(PASSED_OVER):
                import_module(module.name)
    for name in EAGER:
        import_module(name)
    gc.freeze()


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for those who wait for us
    import_all()
    given = take_orders(socket.socket(fileno=int(sys.argv[1])))
    if given is not None:
        os._exit(live(given))
