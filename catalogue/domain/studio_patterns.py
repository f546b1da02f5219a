"""Every address of the studio as a pattern for its routes.

They are for who is signed in: no page of the site leads to them, no list of pages has them and no export. What stands
under `/studio/shows/<show>/` belongs to that show, whatever it is called. `docs/addresses.md` lists them for people.
"""

from __future__ import annotations

from catalogue.domain.work_patterns import WORK_PATTERNS

STUDIO = "/studio/"
SIGN_IN = "/studio/sign-in/"
SECOND_STEP = "/studio/sign-in/code/"
SIGN_OUT = "/studio/sign-out/"
LANGUAGE = "/studio/language/"
BEGIN = "/studio/begin/<token>/"
INVITATION = "/studio/invitation/<token>/"
INVITATION_ACCEPTED = "/studio/invitation/<token>/accept/"
RESET = "/studio/reset/<token>/"
ACCOUNT = "/studio/account/"
ACCOUNT_PASSWORD = "/studio/account/password/"  # noqa: S105  (an address)
ACCOUNT_SECOND_STEP = "/studio/account/code/"
ACCOUNT_SECOND_STEP_END = "/studio/account/code/end/"
ACCOUNT_DEVICE = "/studio/account/devices/<int:session>/"
ACCOUNT_DEVICES = "/studio/account/devices/"
PEOPLE_OF_ALL = "/studio/people/"
PEOPLE_OF_SHOW = "/studio/shows/<show>/people/"
LOG_OF_ALL = "/studio/log/"
LOG_OF_SHOW = "/studio/shows/<show>/log/"
STUDIO_PATTERNS: tuple[str, ...] = (
    STUDIO,
    SIGN_IN,
    SIGN_OUT,
    LANGUAGE,
    ACCOUNT,
    PEOPLE_OF_ALL,
    PEOPLE_OF_SHOW,
    LOG_OF_ALL,
    LOG_OF_SHOW,
    *WORK_PATTERNS,
)
# What leads to a page of these by its mere address must not be kept anywhere, least of all in a log.
SECRET_PREFIXES = ("/studio/begin/", "/studio/invitation/", "/studio/reset/")
