"""Ask the addresses of a feed: many hosts beside each other, each politely, and not for ever."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from catalogue.actions.check_asking import Asking, ask_address, ask_feed, failed_reply, take_feed
from catalogue.check.addresses import Address, Addresses, Kind, read_listed_guids
from catalogue.check.online import FeedReply, OnlineReplies, Reply
from catalogue.errors import OutsideError
from catalogue.sandbox import Box

# How a host is silent: codes of NoAnswer, after which the next question would cost as much time again.
SILENT = frozenset(("outside-slow", "outside-unreachable", "outside-unknown", "outside-broken", "outside-tls"))


@dataclass(frozen=True, kw_only=True)
class _Question:
    """An address, and where goes what comes from it."""

    address: Address
    into: Path


def ask_online(
    addresses: Addresses, asking: Asking, *, box: Box, folder: Path, feed: FeedReply | None = None
) -> OnlineReplies:
    """Ask all `addresses`; never raises for what is answered.

    What is looked at more closely goes into `folder` and is read in the box.
    """
    questions = [_Question(address=one, into=folder / f"{number}.came") for number, one in _numbered(addresses)]
    end = asking.clock() + asking.whole.total_seconds()
    hosts: dict[str, list[_Question]] = {}
    for question in questions:
        hosts.setdefault(urlsplit(question.address.url).netloc.lower(), []).append(question)
    with ThreadPoolExecutor(max_workers=asking.hosts_at_once, thread_name_prefix="check") as pool:
        answered = pool.map(lambda group: _ask_host(group, asking, end=end), hosts.values())
        replies = {url: reply for group in answered for url, reply in group.items()}
    replies |= _with_contents(questions, replies, box=box)
    if asking.covers is not None:
        replies = asking.covers.compared(replies)
    unasked = addresses.others + len(questions) - len(replies)
    return OnlineReplies(replies=replies, feed=feed, unasked=unasked)


def ask_own_feed(url: str, asking: Asking, *, folder: Path) -> FeedReply:
    """Fetch a feed from its public address, and ask that what directories ask it; never raises for what it answers."""
    body = folder / "feed.xml"
    try:
        first = take_feed(url, asking, into=body)
    except OutsideError as error:
        return FeedReply(head=failed_reply(error))
    return ask_feed(url, asking, first=first, body=body)


def _numbered(addresses: Addresses) -> list[tuple[int, Address]]:
    return list(enumerate(addresses.named))


def _ask_host(questions: Sequence[_Question], asking: Asking, *, end: float) -> dict[str, Reply]:
    """Ask one host after another question; gives the replies by address, fewer where it was let alone."""
    replies: dict[str, Reply] = {}
    silent = 0
    for question in questions:
        if silent >= asking.most_silent or asking.clock() >= end:
            break
        reply = ask_address(question.address, asking, into=question.into)
        silent = silent + 1 if reply.failure_code in SILENT else 0
        replies[question.address.url] = reply
    return replies


def _with_contents(questions: Sequence[_Question], replies: Mapping[str, Reply], *, box: Box) -> dict[str, Reply]:
    """The replies whose content is looked at in the box, with what it holds."""
    came = {one.address.url: one for one in questions if one.into.exists() and _has_come(replies[one.address.url])}
    found: dict[str, Reply] = {}
    for kind, (name, read) in _readers().items() if came else ():
        files = ((str(one.into), url) for url, one in came.items() if one.address.kind is kind)
        for answer in box.run(read, files):
            url = answer.args[1]
            content = {name: answer.value} if answer.error is None else {"content_fault": answer.error.sentence}
            found[url] = replace(replies[url], **content)
    return found


def _has_come(reply: Reply) -> bool:
    return reply.is_there and not reply.content_fault


def _readers() -> dict[Kind, tuple[str, Callable[..., Any]]]:
    """What is read of which kind of content, and by whom."""
    from catalogue.formats.pictures.cover_facts import read_cover  # Pillow is slow to import

    return {Kind.PICTURE: ("picture", read_cover), Kind.PUBLISHER: ("listed", read_listed_guids)}
