"""Who may use the app over a network: rashomon user, rashomon token."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from rashomon.cli.app import LARGEST, Place, app, opened, words_given
from rashomon.cli.serve import needs_web
from rashomon.errors import UsageError

user_app = typer.Typer(help="Accounts of the app, for whoever uses it over a network.", no_args_is_help=True)
token_app = typer.Typer(help="Tokens, which programs show to the app.", no_args_is_help=True)
app.add_typer(user_app, name="user")
app.add_typer(token_app, name="token")

Named = Annotated[str, typer.Argument(help="The account's name.", show_default=False, callback=words_given)]


@user_app.command(name="add")
def add_user(
    name: Named,
    role: Annotated[str, typer.Option("--role", help="reader, editor or admin.")] = "editor",
    library: Place = None,
) -> None:
    """Make an account, or give one another role and password, which is asked for or read from a pipe.

    Examples:
        rashomon user add dana --role admin
    """
    with needs_web():
        from rashomon.web.safety.accounts import check_account, make_account
    check_account(name, role)
    with opened(library) as kept:
        make_account(kept.store, name, _password(), role)
    typer.echo(f"{name} may log in as {role}", err=True)


def _password() -> str:
    """The password, typed twice unseen, or the first line of a pipe."""
    if sys.stdin is not None and not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    given: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    return given


@user_app.command(name="list")
def list_users(library: Place = None) -> None:
    """List the accounts with their roles."""
    from rashomon.store.accounts import list_accounts

    with opened(library) as kept:
        accounts = list_accounts(kept.store)
    for account in accounts:
        typer.echo(f"{account.name}\t{account.role}")
    if not accounts:
        typer.echo("there are no accounts; rashomon user add NAME --role admin makes one", err=True)


@user_app.command(name="remove")
def remove_user(name: Named, library: Place = None) -> None:
    """Remove an account: its sessions and tokens end at once."""
    from rashomon.store.accounts import drop_account

    with opened(library) as kept:
        if not drop_account(kept.store, name):
            raise UsageError(f"{name!r:.80}: no such account; `rashomon user list` shows them")


@token_app.command(name="add")
def add_token(
    name: Named,
    scope: Annotated[
        list[str] | None, typer.Option("--scope", help="read, add or correct; may be given again.")
    ] = None,
    label: Annotated[str, typer.Option("--label", help="What it is for.")] = "",
    library: Place = None,
) -> None:
    """Make a token and print it, this once.

    Examples:
        rashomon token add dana --scope read --scope add --label "night feed"
    """
    with needs_web():
        from rashomon.web.safety.accounts import make_token
    with opened(library) as kept:
        number, secret = make_token(kept.store, name, label, scope or ["read"])
    typer.echo(secret)
    typer.echo(f"token {number}: it is not shown again; rashomon token remove {number} ends it", err=True)


@token_app.command(name="list")
def list_all_tokens(library: Place = None) -> None:
    """List the tokens: number, account, scopes, what each is for."""
    from rashomon.store.accounts import list_tokens

    with opened(library) as kept:
        tokens = list_tokens(kept.store)
    for token in tokens:
        typer.echo(f"{token.number}\t{token.account}\t{token.scopes}\t{token.label}")
    if not tokens:
        typer.echo("there are no tokens; rashomon token add NAME makes one", err=True)


@token_app.command(name="remove")
def remove_token(
    number: Annotated[int, typer.Argument(min=1, max=LARGEST, help="As `rashomon token list` shows it.")],
    library: Place = None,
) -> None:
    """Remove a token: what shows it is refused at once."""
    from rashomon.store.accounts import drop_token

    with opened(library) as kept:
        if not drop_token(kept.store, number):
            raise UsageError(f"there is no token {number}; `rashomon token list` shows them")
