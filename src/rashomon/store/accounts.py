"""Accounts of the app, where they are logged in, their tokens, and who corrected what.

What proves somebody is kept as a hash: of passwords as argon2 made it, of cookies and tokens, which are random and long, SHA-256.
"""

from __future__ import annotations

import time
from typing import NamedTuple

import sqlalchemy as sa
from msgspec import Struct

from rashomon.codec import text_hash
from rashomon.store.engine import Store
from rashomon.store.tables import accounts, audit, sessions, tokens


class Account(NamedTuple):
    """An account; `password` is a hash."""

    name: str
    role: str
    password: str


class TokenRow(NamedTuple):
    """A token, without itself."""

    number: int
    account: str
    label: str
    scopes: str


class AuditRow(Struct, frozen=True):
    """Something that was corrected: when in seconds since 1970, by whom, what."""

    at: int
    who: str
    action: str
    subject: str


# ── accounts ────────────────────────────────────────────────────────────────────────────────────


def has_accounts(store: Store) -> bool:
    """Whether there is an account."""
    with store.reading() as connection:
        return connection.scalar(sa.select(accounts.c.name).limit(1)) is not None


def list_accounts(store: Store) -> list[Account]:
    """All accounts by name."""
    with store.reading() as connection:
        rows = connection.execute(sa.select(accounts))
        return sorted(Account(row.name, row.role, row.password) for row in rows)


def get_account(store: Store, name: str) -> Account | None:
    """An account by its name."""
    with store.reading() as connection:
        row = connection.execute(sa.select(accounts).where(accounts.c.name == name)).first()
        return Account(row.name, row.role, row.password) if row else None


def put_account(store: Store, account: Account) -> None:
    """Keep an account; one that was there gets another role and password, and is logged out everywhere."""
    with store.writing() as connection:
        own = {"role": account.role, "password": account.password}
        changed = connection.execute(sa.update(accounts).where(accounts.c.name == account.name).values(**own))
        if not changed.rowcount:
            connection.execute(sa.insert(accounts).values(name=account.name, made=int(time.time()), **own))
        connection.execute(sa.delete(sessions).where(sessions.c.account == account.name))


def drop_account(store: Store, name: str) -> bool:
    """Forget an account with its sessions and tokens; whether there was one."""
    with store.writing() as connection:
        return bool(connection.execute(sa.delete(accounts).where(accounts.c.name == name)).rowcount)


# ── sessions ────────────────────────────────────────────────────────────────────────────────────


def begin_session(store: Store, account: str, secret: str, lasts: int) -> None:
    """Log an account in for so many seconds under a secret; sessions that are over are forgotten."""
    now = int(time.time())
    with store.writing() as connection:
        connection.execute(sa.delete(sessions).where(sessions.c.until <= now))
        connection.execute(sa.insert(sessions).values(id=text_hash(secret), account=account, until=now + lasts))


def session_account(store: Store, secret: str) -> Account | None:
    """Whose session a secret is of, where it lasts."""
    query = (
        sa.select(accounts)
        .join(sessions, sessions.c.account == accounts.c.name)
        .where(sessions.c.id == text_hash(secret), sessions.c.until > int(time.time()))
    )
    with store.reading() as connection:
        row = connection.execute(query).first()
        return Account(row.name, row.role, row.password) if row else None


def end_session(store: Store, secret: str) -> None:
    """Log out."""
    with store.writing() as connection:
        connection.execute(sa.delete(sessions).where(sessions.c.id == text_hash(secret)))


# ── tokens ──────────────────────────────────────────────────────────────────────────────────────


def put_token(store: Store, account: str, label: str, scopes: str, secret: str) -> int:
    """Keep a token; its number."""
    with store.writing() as connection:
        number = (connection.scalar(sa.select(sa.func.max(tokens.c.number))) or 0) + 1
        own = {"account": account, "label": label, "scopes": scopes, "hash": text_hash(secret)}
        connection.execute(sa.insert(tokens).values(number=number, made=int(time.time()), **own))
        return number


def token_account(store: Store, secret: str) -> tuple[Account, str] | None:
    """Whose token a secret is, and its scopes."""
    query = (
        sa.select(accounts, tokens.c.scopes)
        .join(tokens, tokens.c.account == accounts.c.name)
        .where(tokens.c.hash == text_hash(secret))
    )
    with store.reading() as connection:
        row = connection.execute(query).first()
        return (Account(row.name, row.role, row.password), row.scopes) if row else None


def list_tokens(store: Store) -> list[TokenRow]:
    """All tokens by number."""
    with store.reading() as connection:
        rows = connection.execute(sa.select(tokens).order_by(tokens.c.number))
        return [TokenRow(row.number, row.account, row.label, row.scopes) for row in rows]


def drop_token(store: Store, number: int) -> bool:
    """Forget a token; whether there was one."""
    with store.writing() as connection:
        return bool(connection.execute(sa.delete(tokens).where(tokens.c.number == number)).rowcount)


# ── audit ───────────────────────────────────────────────────────────────────────────────────────


def note_action(store: Store, who: str, action: str, subject: str) -> None:
    """Write down who corrected what."""
    with store.writing() as connection:
        connection.execute(sa.insert(audit).values(at=int(time.time()), who=who, action=action, subject=subject))


def audited(store: Store, most: int) -> list[AuditRow]:
    """What was corrected, the last first."""
    query = sa.select(audit).order_by(audit.c.number.desc()).limit(most)
    with store.reading() as connection:
        return [AuditRow(row.at, row.who, row.action, row.subject) for row in connection.execute(query)]
