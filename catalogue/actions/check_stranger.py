"""Check a feed that somebody else may have written: in a file, or at an address of the web."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from catalogue.actions.check_asking import Asking, ask_feed, take_feed
from catalogue.actions.check_online import ask_online
from catalogue.actions.checked import Checked
from catalogue.actions.scratch import scratch_folder
from catalogue.check.addresses import Addresses, find_addresses_in_file
from catalogue.check.online import ONLINE_RULES, FeedReply, OnlineReplies
from catalogue.check.rule import RULES, Finding
from catalogue.check.run_online import check_feed_file_online
from catalogue.documents import render_document
from catalogue.errors import FeedError, OutsideError, SandboxFailure
from catalogue.outside.exchange import Fetched
from catalogue.outside.web_address import read_web_address, told
from catalogue.sandbox import Box, Limits

# A feed of 50 MiB, the largest that is read, goes through every rule.
FEED_LIMITS = Limits(cpu_seconds=90, wall_seconds=180)
_NO_FEED = "This is a web page and no feed. Look on it for the address of its feed (RSS), and check that."


def check_file(file: Path, *, box: Box) -> Checked:
    """Check the feed in a file, read and judged in the box; asks nobody and never raises for bad content."""
    return _checked(file.name, _judged(box, file, name=file.name), file=str(file))


def check_file_online(file: Path, asking: Asking, *, box: Box) -> Checked:
    """As `check_file`, and ask the addresses in it."""
    with scratch_folder() as folder:
        online = _asked(box, file, asking, name=file.name, folder=folder, feed=None)
        findings = _judged(box, file, name=file.name, online=online, folder=folder)
    return _checked(file.name, findings, file=str(file), online=online)


def check_address(url: str, asking: Asking, *, box: Box) -> Checked:
    """Fetch a feed from its address and check it in the box; never raises for what is answered."""
    return _check_address(url, asking, box=box, is_online=False)


def check_address_online(url: str, asking: Asking, *, box: Box) -> Checked:
    """As `check_address`, and ask the feed's address and those in it what directories and apps ask them."""
    return _check_address(url, asking, box=box, is_online=True)


def _check_address(url: str, asking: Asking, *, box: Box, is_online: bool) -> Checked:
    with scratch_folder() as folder:
        body = folder / "feed.xml"
        try:
            shown = told(read_web_address(url))
            first = take_feed(url, asking, into=body)
        except OutsideError as error:
            return _checked(error.url, (_finding(_rule_of(error), error.sentence, error.url),))
        if not first.is_success:
            return _checked(shown, (_finding("N01", f"It answers {first.status}, and no feed.", shown),))
        online = None
        if is_online:
            feed = ask_feed(url, asking, first=first, body=body)
            online = _asked(box, body, asking, name=shown, folder=folder, feed=feed)
        findings = _judged(box, body, name=shown, urls=(shown, first.url), online=online, folder=folder)
        if _is_page(first, findings):
            return _checked(shown, (_finding("X02", _NO_FEED, shown),))
        return _checked(shown, findings, online=online)


def _asked(box: Box, file: Path, asking: Asking, *, name: str, folder: Path, feed: FeedReply | None) -> OnlineReplies:
    try:
        addresses: Addresses = box.call(find_addresses_in_file, str(file), name, asking.most_addresses)
    except (FeedError, SandboxFailure):  # whoever judges it says why
        return OnlineReplies(feed=feed)
    return ask_online(addresses, asking, box=box, folder=folder, feed=feed)


def _judged(
    box: Box,
    file: Path,
    *,
    name: str,
    urls: Sequence[str] = (),
    online: OnlineReplies | None = None,
    folder: Path | None = None,
) -> tuple[Finding, ...]:
    replies = ""
    if online is not None and folder is not None:
        written = folder / "replies.json"
        written.write_bytes(render_document(OnlineReplies, online))
        replies = str(written)
    try:
        findings: tuple[Finding, ...] = box.call(check_feed_file_online, str(file), name, replies, list(urls))
    except SandboxFailure as error:  # more than a feed may cost: that is what is wrong with it
        return (_finding("X06", error.sentence, name),)
    return findings


def _is_page(first: Fetched, findings: tuple[Finding, ...]) -> bool:
    """Whether what came is a web page, so that nothing else need be said of it."""
    kind = (first.header("content-type") or "").partition(";")[0].strip().lower()
    is_unread = len(findings) == 1 and findings[0].rule in {"X01", "X02"}
    return is_unread and kind in {"text/html", "application/xhtml+xml"}


def _rule_of(error: OutsideError) -> str:
    return "N05" if error.code == "outside-certificate" else "N01"


def _finding(rule_id: str, message: str, where: str) -> Finding:
    rule = RULES.get(rule_id) or ONLINE_RULES[rule_id]
    level = RULES["X01"].level  # an error, whatever the rule weighs elsewhere: there is no feed
    return Finding(rule=rule_id, level=level, message=message, where=where, source=rule.source, mend=rule.mend)


def _checked(
    name: str, findings: tuple[Finding, ...], *, file: str = "", online: OnlineReplies | None = None
) -> Checked:
    """What is found in a stranger's feed has no other place than that feed's own line."""
    placed = tuple(replace(one, file=file or name, file_line=one.line) for one in findings)
    return Checked(name=name, findings=placed, online=online)
