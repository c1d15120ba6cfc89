"""Accounts and tokens: made by whoever runs the app, proved by whoever asks."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from functools import lru_cache
from threading import Lock
from typing import cast

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from rashomon.errors import UsageError
from rashomon.store import Store
from rashomon.store.accounts import Account, get_account, put_account, put_token
from rashomon.web.safety.viewers import ROLES, SCOPES, Role, Scope

# NIST SP 800-63B asks for 8 and for no rules about signs; a newsroom's archive may ask for more.
SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 1000
TOKEN_MARK = "rsh_"  # noqa: S105 - how tokens begin, so that scanners of leaked secrets know one
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
# Hashing takes 64 MiB: one at a time, however many log in at once.
_one_at_a_time = Lock()


def check_account(name: str, role: str) -> None:
    """Raise `UsageError` for a name or role that no account can have."""
    if not _NAME.fullmatch(name) or name == "local":
        raise UsageError(f"{name!r:.80} is no account's name; use small letters, digits, dots and dashes")
    if role not in ROLES:
        raise UsageError(f"{role!r:.80} is no role; choose one of {', '.join(ROLES)}")


def make_account(store: Store, name: str, password: str, role: str) -> None:
    """Make an account, or give one another password and role. Raises `UsageError`."""
    check_account(name, role)
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise UsageError(f"the password has {len(password)} characters; take at least {SHORTEST_PASSWORD}")
    if password.lower().strip() == name or len(set(password)) < 4:
        raise UsageError("the password is easily guessed; take another one")
    with _one_at_a_time:
        hashed = _hasher().hash(password)
    put_account(store, Account(name, role, hashed))


def proved_account(store: Store, name: str, password: str) -> Account | None:
    """The account whose name and password these are. An account that is not there takes as long to tell."""
    account = get_account(store, name)
    with _one_at_a_time:
        try:
            _hasher().verify(account.password if account else _nobodys(), password[:LONGEST_PASSWORD])
        except (VerificationError, InvalidHashError):
            return None
    return account


def make_token(store: Store, account: str, label: str, scopes: Iterable[str]) -> tuple[int, str]:
    """A new token of an account: its number, and the token, which is told this once. Raises `UsageError`."""
    wanted = list(dict.fromkeys(scopes))
    odd = [scope for scope in wanted if scope not in SCOPES]
    if odd or not wanted:
        raise UsageError(f"{', '.join(odd) or 'nothing'}: is no scope; choose of {', '.join(SCOPES)}")
    if len(label) > 200:
        raise UsageError(f"the label has {len(label)} characters; take at most 200")
    if get_account(store, account) is None:
        raise UsageError(f"{account!r:.80}: no such account; `rashomon user list` shows them")
    secret = TOKEN_MARK + secrets.token_urlsafe(32)
    return put_token(store, account, label, " ".join(wanted), secret), secret


def scopes_of(account: Account, told: str | None = None) -> frozenset[Scope]:
    """What an account may do, or one of its tokens with these scopes: never more than the account itself."""
    own: frozenset[Scope] = ROLES.get(cast("Role", account.role), frozenset())
    return own if told is None else own & frozenset(told.split())


@lru_cache(maxsize=1)
def _hasher() -> PasswordHasher:
    """argon2id with the parameters of RFC 9106 for little memory."""
    return PasswordHasher()


@lru_cache(maxsize=1)
def _nobodys() -> str:
    return _hasher().hash(secrets.token_hex(16))
