"""Every address of the studio as a pattern for its routes.

They are for who is signed in: no page of the site leads to them, no list of pages has them and no export. What stands
under `/studio/shows/<show>/` belongs to that show, whatever it is called. `docs/addresses.md` lists them for people.
"""

from __future__ import annotations

from catalogue.domain.show_work_patterns import SHOW_WORK_PATTERNS
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
ACCOUNT_CODE = "/studio/account/code/"
ACCOUNT_CODE_END = "/studio/account/code/end/"
ACCOUNT_DEVICES = "/studio/account/devices/"
ACCOUNT_DEVICE = "/studio/account/devices/<int:session>/"
ACCOUNT_KEYS = "/studio/account/keys/"
ACCOUNT_KEY_END = "/studio/account/keys/<int:key>/end/"
PEOPLE_OF_ALL = "/studio/people/"
PEOPLE_OF_SHOW = "/studio/shows/<show>/people/"
INVITE_TO_ALL = "/studio/people/invite/"
INVITE_TO_SHOW = "/studio/shows/<show>/people/invite/"
INVITATION_END_OF_ALL = "/studio/people/invitations/<link>/end/"
INVITATION_END_OF_SHOW = "/studio/shows/<show>/people/invitations/<link>/end/"
ROLE_IN_ALL = "/studio/people/<int:member>/role/"
ROLE_IN_SHOW = "/studio/shows/<show>/people/<int:member>/role/"
REMOVE_FROM_ALL = "/studio/people/<int:member>/remove/"
REMOVE_FROM_SHOW = "/studio/shows/<show>/people/<int:member>/remove/"
MEMBER_DISABLED = "/studio/people/<int:member>/disable/"
MEMBER_ENABLED = "/studio/people/<int:member>/enable/"
MEMBER_RESET = "/studio/people/<int:member>/reset/"
LOG_OF_ALL = "/studio/log/"
LOG_OF_SHOW = "/studio/shows/<show>/log/"
ACCOUNT_PATTERNS = (
    STUDIO,
    SIGN_IN,
    SECOND_STEP,
    SIGN_OUT,
    LANGUAGE,
    BEGIN,
    INVITATION,
    INVITATION_ACCEPTED,
    RESET,
    ACCOUNT,
    ACCOUNT_PASSWORD,
    ACCOUNT_CODE,
    ACCOUNT_CODE_END,
    ACCOUNT_DEVICES,
    ACCOUNT_DEVICE,
    ACCOUNT_KEYS,
    ACCOUNT_KEY_END,
)
PEOPLE_PATTERNS = (
    PEOPLE_OF_ALL,
    PEOPLE_OF_SHOW,
    INVITE_TO_ALL,
    INVITE_TO_SHOW,
    INVITATION_END_OF_ALL,
    INVITATION_END_OF_SHOW,
    ROLE_IN_ALL,
    ROLE_IN_SHOW,
    REMOVE_FROM_ALL,
    REMOVE_FROM_SHOW,
    MEMBER_DISABLED,
    MEMBER_ENABLED,
    MEMBER_RESET,
    LOG_OF_ALL,
    LOG_OF_SHOW,
)
STUDIO_PATTERNS: tuple[str, ...] = ACCOUNT_PATTERNS + PEOPLE_PATTERNS + WORK_PATTERNS + SHOW_WORK_PATTERNS
