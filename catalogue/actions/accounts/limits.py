"""How long things last and how often they may be tried; `castalogue doctor` prints them."""

from __future__ import annotations

from datetime import timedelta

SESSION_LASTS = timedelta(days=30)
# One that nobody used for so long is over.
SESSION_RESTS = timedelta(days=7)
# When a session was last used is known to the hour: a write for each page would be one too many.
SEEN_STEP = timedelta(hours=1)
# Between the password and the code.
SECOND_STEP_LASTS = timedelta(minutes=10)
BEGIN_LASTS = timedelta(hours=24)
RESET_LASTS = timedelta(hours=24)
INVITATION_LASTS = timedelta(days=7)

PASSWORD_LEAST, PASSWORD_MOST = 12, 256
NAME_MOST = 64
# Of what was typed no more is looked at: bringing millions of accents into their order takes hours (Unicode, 3.11).
NAME_TYPED_MOST, PASSWORD_TYPED_MOST = 4 * NAME_MOST, 4 * PASSWORD_MOST

# Wrong passwords for an account from one network; from one browser that signed in before; from everywhere together.
TRIES_FROM_NETWORK = 10
TRIES_FROM_KNOWN_BROWSER = 10
TRIES_WINDOW = timedelta(minutes=15)
TRIES_ON_ACCOUNT = 100
TRIES_ON_ACCOUNT_WINDOW = timedelta(hours=1)
# For any accounts from one network.
TRIES_OF_NETWORK = 50
CODE_TRIES = 10
TRIES_KEPT = timedelta(days=1)
LOG_KEPT = timedelta(days=400)
RECOVERY_CODES = 10
KNOWN_BROWSER_LASTS = timedelta(days=180)
# Tokens that nobody knows, from one network in `TRIES_WINDOW`.
TOKEN_TRIES = 50
TOKENS_AT_ONCE = 50
