"""The limits on accounts in words, for `castalogue doctor`."""

from __future__ import annotations

from catalogue.actions.accounts import limits


def told_limits() -> tuple[str, ...]:
    """Say how often may be guessed and how long things last."""
    window = int(limits.TRIES_WINDOW.total_seconds()) // 60
    return (
        f"passwords {limits.PASSWORD_LEAST} to {limits.PASSWORD_MOST} characters",
        f"guesses {limits.TRIES_FROM_NETWORK} for an account and {limits.TRIES_OF_NETWORK} for all from a network in "
        f"{window} minutes, {limits.TRIES_ON_ACCOUNT} for an account in an hour, codes {limits.CODE_TRIES}",
        f"sessions {limits.SESSION_LASTS.days} days, {limits.SESSION_RESTS.days} without use",
        f"invitations {limits.INVITATION_LASTS.days} days",
    )
