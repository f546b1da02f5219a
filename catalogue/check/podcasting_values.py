"""What the attributes and texts of Podcasting 2.0 look like: element → attribute (`""`: its text) → pattern, in words.

Values that have a rule of their own (roles, licenses, places, rules of recurrence) are not here.
"""

from __future__ import annotations

import re

from catalogue.check.medium import KNOWN

Shape = tuple[re.Pattern[str], str]


def _one_of(*values: str) -> Shape:
    # the namespace compares without regard to case
    return re.compile("|".join(map(re.escape, values)), re.IGNORECASE), f"one of {', '.join(values)}"


_WHOLE = (re.compile(r"\d{1,18}", re.ASCII), "a whole number")
_NUMBER = (re.compile(r"\d{1,18}(\.\d+)?", re.ASCII), "a number")
_TRUTH = _one_of("true", "false")
_YES = _one_of("yes", "no")
_MAIL_DATE = (
    re.compile(r"(\w{3}, )?\d{1,2} \w{3} \d{4} \d{2}:\d{2}(:\d{2})? ([+-]\d{4}|\w{1,4})", re.ASCII),
    "a date like `Tue, 05 Oct 2021 08:00:00 +0000`",
)
_ISO_DATE = (
    re.compile(r"\d{4}-?\d{2}-?\d{2}(T\d{2}(:?\d{2}){0,2}([.,]\d+)?(Z|[+-]\d{2}(:?\d{2})?)?)?", re.ASCII),
    "a date like `2021-10-05T08:00:00Z`",
)
_MEDIUM = _one_of(*sorted(KNOWN))

# Podcasting 2.0, the pages of the elements.
VALUES: dict[str, dict[str, Shape]] = {
    "podcast:season": {"": _WHOLE},
    "podcast:episode": {"": _NUMBER},
    "podcast:block": {"": _YES},
    "podcast:podping": {"usesPodping": _TRUTH},
    "podcast:transcript": {"rel": _one_of("captions")},
    "podcast:trailer": {"pubdate": _MAIL_DATE, "length": _WHOLE, "season": _WHOLE},
    "podcast:image": {
        "width": _WHOLE,
        "height": _WHOLE,
        "aspect-ratio": (re.compile(r"\d+(\.\d+)?(\s*[/:]\s*\d+(\.\d+)?)?", re.ASCII), "like `16/9` or `1.9`"),
    },
    "podcast:alternateEnclosure": {"length": _WHOLE, "bitrate": _NUMBER, "height": _WHOLE, "default": _TRUTH},
    "podcast:integrity": {"type": _one_of("sri", "pgp-signature")},
    "podcast:location": {"rel": _one_of("subject", "creator")},
    "podcast:updateFrequency": {"complete": _TRUTH, "dtstart": _ISO_DATE},
    "podcast:liveItem": {"status": _one_of("pending", "live", "ended"), "start": _ISO_DATE, "end": _ISO_DATE},
    "podcast:socialInteract": {
        "protocol": _one_of(
            "disabled",
            "activitypub",
            "twitter",
            "lightning",
            "lightningcomments",
            "atproto",
            "bluesky",
            "hive",
            "matrix",
            "nostr",
        ),
        "priority": _WHOLE,
    },
    "podcast:chat": {"protocol": _one_of("irc", "xmpp", "nostr", "matrix")},
    "podcast:remoteItem": {"medium": _MEDIUM},
    "podcast:value": {"suggested": _NUMBER},
    "podcast:valueRecipient": {"type": _one_of("node", "lnaddress"), "split": _WHOLE, "fee": _TRUTH},
    "podcast:valueTimeSplit": {
        "startTime": _NUMBER,
        "duration": _NUMBER,
        "remoteStartTime": _NUMBER,
        "remotePercentage": _WHOLE,
    },
}
