"""What goes wrong on the way to another machine, each in one sentence of ours."""

from __future__ import annotations

import os
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

import httpcore2

from catalogue.errors import AddressRefused, AnswerRefused, NoAnswer, OutsideError
from catalogue.outside.limits import Deadline, Limits


@contextmanager
def translated(*, url: str, deadline: Deadline, limits: Limits) -> Iterator[None]:
    """Turn httpcore2's exceptions into OutsideErrors about `url`."""
    try:
        yield
    except httpcore2.TimeoutException as error:
        raise _late(error, url, deadline, limits) from error
    except (httpcore2.NetworkError, httpcore2.RemoteProtocolError) as error:
        raise _broken(error, url) from error
    except (httpcore2.LocalProtocolError, UnicodeError) as error:
        raise AddressRefused("outside-request", "This cannot be asked: {why}.", url=url, why=str(error)) from error


def _late(error: httpcore2.TimeoutException, url: str, deadline: Deadline, limits: Limits) -> NoAnswer:
    if deadline.is_over:
        sentence, seconds = "It took longer than {seconds:g} s. Try again later.", limits.whole
    elif isinstance(error, httpcore2.ConnectTimeout):
        sentence, seconds = "It cannot be reached: no answer for {seconds:g} s. Try again later.", limits.connect
    else:
        sentence, seconds = "It says nothing for {seconds:g} s. Try again later.", limits.read
    return NoAnswer("outside-slow", sentence, url=url, seconds=seconds.total_seconds())


def _broken(error: Exception, url: str) -> OutsideError:
    # httpcore2 hands the system's own exception on as the only argument.
    why = error.args[0] if error.args else error
    if isinstance(why, ssl.SSLCertVerificationError):
        return AnswerRefused(
            "outside-certificate",
            "Its certificate cannot be trusted: {why}. Whoever runs it must mend that.",
            url=url,
            why=str(why.verify_message).rstrip("."),
        )
    if isinstance(why, ssl.SSLError):
        return NoAnswer("outside-tls", "It does not speak TLS ({why}).", url=url, why=why.reason or "it broke off")
    if isinstance(error, httpcore2.ConnectError):
        return NoAnswer("outside-unreachable", "It cannot be reached: {why}.", url=url, why=_words(why))
    return NoAnswer("outside-broken", "Its answer breaks off, or is no HTTP: {why}.", url=url, why=_words(why))


def _words(why: object) -> str:
    if isinstance(why, OSError) and why.errno is not None and why.errno > 0:
        return os.strerror(why.errno)
    return str(why).rstrip(".") or "the connection ended"
