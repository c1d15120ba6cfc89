"""Attempts to get where one must not: each row of docs/security.md names tests of this file."""

from __future__ import annotations

import logging
import re
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from argon2 import PasswordHasher
from litestar import Litestar, Request, get
from litestar.testing import TestClient

from rashomon.errors import UsageError
from rashomon.run.library import Library
from rashomon.store.accounts import Account, drop_account, put_account
from rashomon.web.adding import harmless_name
from rashomon.web.app import make_app
from rashomon.web.options import Options
from rashomon.web.safety.accounts import make_account, make_token, proved_account
from rashomon.web.safety.attempts import Attempts
from rashomon.web.safety.door import COOKIE
from rashomon.web.safety.login import own_path
from rashomon.web.serve import configured

Client = TestClient[Litestar]
Start = Callable[..., Client]
PASSWORD = "nine grey herons"  # noqa: S105 - of nobody
CHANGES = [
    ("POST", "/api/v1/add", {"json": {"texts": [{"text": "A crane fell."}]}}),
    ("POST", "/api/v1/uploads", {"files": [("files", ("a.txt", b"A crane fell."))]}),
    ("POST", "/api/v1/corrections", {"json": {"kind": "split", "articles": ["a1"]}}),
    ("DELETE", "/api/v1/corrections/1", {}),
]


@pytest.fixture(scope="session")
def hashed() -> str:
    """The hash of the password that all have, made once: it is meant to take long."""
    return PasswordHasher().hash(PASSWORD)


@pytest.fixture
def desk(library: Library, hashed: str) -> Library:
    """A library with an account of each role."""
    for name, role in (("rita", "reader"), ("edda", "editor"), ("ada", "admin")):
        put_account(library.store, Account(name, role, hashed))
    return library


def logged_in(client: Client, name: str = "edda", password: str = PASSWORD, **more: str) -> Any:
    """What the login form answers."""
    found = re.search(r'name="_csrf_token" value="(\w+)"', client.get("/login").text)
    assert found is not None
    form = {"name": name, "password": password, "_csrf_token": found[1], **more}
    return client.post(
        "/login", data=form, follow_redirects=False, headers={"Origin": str(client.base_url).rstrip("/")}
    )


# ── who may come in ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("options", [{"host": "0.0.0.0"}, {"host": "::"}, {"allowed_hosts": ("desk.example",)}])  # noqa: S104 - refused
def test_nobody_else_is_let_in_without_accounts(library: Library, options: dict[str, Any]) -> None:
    """Listening to others, or behind a proxy, needs accounts; the line says how to make one."""
    with pytest.raises(UsageError, match="rashomon user add"):
        make_app(library, Options(**options))


def test_removing_the_last_account_lets_nobody_in(desk: Library, started: Start) -> None:
    """An app that others reach has no local user, even once there are no accounts."""
    client = started(base_url="http://desk.example", allowed_hosts=("desk.example",))
    for name in ("rita", "edda", "ada"):
        drop_account(desk.store, name)
    assert client.get("/api/v1/stories").status_code == 401


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("path", ["/api/v1/stories", "/api/v1/search?q=crane", "/metrics", "/api/v1/openapi.json"])
def test_nothing_is_shown_to_nobody(started: Start, path: str) -> None:
    """Whoever is not logged in gets a problem, with the way to say who one is."""
    answer = started().get(path)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.usefixtures("desk")
def test_every_handler_asks_who_it_is(started: Start) -> None:
    """Only the login page, style and script, and health are open; a new handler is closed unless it says otherwise."""
    open_paths = {
        route.path
        for route in started().app.routes
        for handler in getattr(route, "route_handlers", ())
        if handler.opt.get("open")
    }
    assert open_paths == {"/static/{name:path}", "/health", "/login", "/logout"}


@pytest.mark.parametrize(("method", "path", "body"), CHANGES)
def test_readers_change_nothing(desk: Library, started: Start, method: str, path: str, body: dict[str, Any]) -> None:
    """A reader's token, and an admin's token for reading, may not add or correct."""
    client = started()
    for name, scopes in (("rita", ["read", "add", "correct"]), ("ada", ["read"])):
        _, secret = make_token(desk.store, name, "test", scopes)
        answer = client.request(method, path, headers={"Authorization": f"Bearer {secret}"}, **body)
        assert answer.status_code == 403
    assert desk.corrections() == ()


def test_a_token_does_what_its_scopes_say(desk: Library, started: Start) -> None:
    """Adding without reading works for a token that is for adding alone, and nothing else does."""
    _, secret = make_token(desk.store, "edda", "feed", ["read", "add"])
    client = started()
    client.headers["Authorization"] = f"Bearer {secret}"
    assert client.get("/api/v1/stories").status_code == 200
    assert client.post("/api/v1/add", json={"texts": [{"text": "A crane fell."}]}).status_code == 202
    assert client.post("/api/v1/corrections", json={"kind": "split", "articles": ["a1"]}).status_code == 403


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("told", ["Bearer ", "Bearer rsh_guessed", "Basic ZWRkYTp4", "bearer", "Bearer ' OR 1=1 --"])
def test_what_is_no_token_is_refused(started: Start, told: str) -> None:
    """A token that is none is told so, whatever it looks like; on a library without accounts too."""
    assert started().get("/api/v1/stories", headers={"Authorization": told}).status_code == 401


# ── logging in ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.usefixtures("desk")
def test_a_session_is_a_cookie_that_no_script_reads(started: Start) -> None:
    """HttpOnly, SameSite, over TLS where the app is; what it holds is not what the library keeps."""
    client = started(base_url="https://127.0.0.1:8077", secure=True)
    answer = logged_in(client)
    assert answer.status_code == 303
    told = answer.headers["set-cookie"].lower()
    assert all(part in told for part in ("httponly", "samesite=strict", "secure", "path=/"))
    assert client.get("/api/v1/stories").status_code == 200


def test_what_the_library_keeps_proves_nobody(desk: Library, started: Start) -> None:
    """Passwords are argon2id hashes; sessions and tokens are kept hashed, so that a stolen library opens no door."""
    client = started()
    logged_in(client)
    _, secret = make_token(desk.store, "edda", "test", ["read"])
    cookie = client.cookies[COOKIE]
    kept = b"".join(
        Path(f"{desk.place}{end}").read_bytes() for end in ("", "-wal") if Path(f"{desk.place}{end}").exists()
    )
    assert PASSWORD.encode() not in kept
    assert secret.encode() not in kept
    assert cookie.encode() not in kept
    with sqlite3.connect(desk.place) as connection:
        [hashed] = connection.execute("SELECT password FROM accounts WHERE name = 'edda'").fetchone()
    connection.close()
    assert hashed.startswith("$argon2id$")
    assert PasswordHasher().verify(hashed, PASSWORD)


@pytest.mark.usefixtures("desk")
def test_a_session_that_was_planted_is_not_taken_over(started: Start) -> None:
    """Logging in gives a new secret, whatever cookie came along, and ends the session before."""
    client, other = started(), started()
    logged_in(client)
    first = client.cookies[COOKIE]
    answer = logged_in(client)
    assert answer.status_code == 303
    assert first not in answer.headers["set-cookie"]
    other.cookies.set(COOKIE, first)
    assert other.get("/api/v1/stories").status_code == 401


@pytest.mark.usefixtures("desk")
def test_logging_out_ends_the_session_on_the_server(started: Start) -> None:
    """A cookie that somebody copied opens nothing afterwards."""
    client, thief = started(), started()
    logged_in(client)
    copied = client.cookies[COOKIE]
    found = re.search(r'name="_csrf_token" value="(\w+)"', client.get("/login").text)
    assert found is not None
    origin = {"Origin": "http://127.0.0.1:8077"}
    left = client.post("/logout", data={"_csrf_token": found[1]}, follow_redirects=False, headers=origin)
    assert left.status_code == 303
    thief.cookies.set(COOKIE, copied)
    assert thief.get("/api/v1/stories").status_code == 401


def test_a_session_ends_by_itself(desk: Library, started: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    """After its time it is nobody's."""
    client = started(session_lasts=60)
    logged_in(client)
    assert client.get("/api/v1/stories").status_code == 200
    later = time.time() + 61
    monkeypatch.setattr(time, "time", lambda: later)
    assert client.get("/api/v1/stories").status_code == 401
    assert len(desk.stories()) == 2


@pytest.mark.usefixtures("desk")
def test_passwords_are_not_guessed(started: Start) -> None:
    """After five attempts there is no sixth for a while, with the right password neither; another name is counted alike."""
    client = started()
    said = [logged_in(client, password=f"guess number {n}").status_code for n in range(5)]
    assert said == [403] * 5
    answer = logged_in(client)
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0
    assert logged_in(client, "ada").status_code == 429


def test_attempts_are_forgotten_after_a_while() -> None:
    """Whoever mistypes waits, and is not locked out."""
    now = [0.0]
    attempts = Attempts(most=2, within=10, clock=lambda: now[0])
    attempts.fail("x")
    attempts.fail("x")
    assert attempts.wait("x") == 10
    now[0] = 10.5
    assert attempts.wait("x") == 0


@pytest.mark.usefixtures("desk")
def test_names_are_not_told(started: Start) -> None:
    """A name that is not there is answered like a wrong password."""
    client = started()
    one, other = logged_in(client, "edda", "wrong wrong wrong"), logged_in(client, "nobody", "wrong wrong wrong")
    assert (one.status_code, one.text) == (other.status_code, other.text)


@pytest.mark.parametrize(
    "leads", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x", "/a\r\nb", ""]
)
def test_nobody_is_led_elsewhere(leads: str) -> None:
    """What stands behind the login is a path of the app."""
    assert own_path(leads) == "/"
    assert own_path("/stories?day=2026-04-16") == "/stories?day=2026-04-16"


def test_accounts_are_made(library: Library) -> None:
    """What is made can be proved with its password, and with no other; making it again changes the password."""
    make_account(library.store, "ada", PASSWORD, "admin")
    assert proved_account(library.store, "ada", PASSWORD) is not None
    make_account(library.store, "ada", f"{PASSWORD} fly", "reader")
    assert proved_account(library.store, "ada", PASSWORD) is None


@pytest.mark.parametrize(
    ("name", "password", "role"),
    [
        ("edda", "short", "editor"),
        ("edda", "aaaaaaaaaaaaaaaa", "editor"),
        ("edda", PASSWORD, "boss"),
        ("Edda!", PASSWORD, "editor"),
    ],
)
def test_bad_accounts_are_not_made(library: Library, name: str, password: str, role: str) -> None:
    """Short or plain passwords, roles and names that are none."""
    with pytest.raises(UsageError):
        make_account(library.store, name, password, role)


# ── other sites ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("method", "path", "body"), CHANGES)
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_other_sites_change_nothing(
    looked_at: Client, method: str, path: str, body: dict[str, Any], headers: dict[str, str]
) -> None:
    """What another site has a browser send is refused, without accounts too."""
    assert looked_at.request(method, path, headers=headers, **body).status_code == 403


@pytest.mark.usefixtures("desk")
def test_a_cookie_alone_changes_nothing(started: Start) -> None:
    """With a cookie the browser must say that our own page sent it."""
    client = started()
    logged_in(client)
    body = {"texts": [{"text": "A crane fell."}]}
    assert client.post("/api/v1/add", json=body).status_code == 403
    own = {"Origin": "http://127.0.0.1:8077"}
    assert client.post("/api/v1/add", json=body, headers=own).status_code == 202


@pytest.mark.usefixtures("desk")
def test_a_form_needs_its_token(started: Start) -> None:
    """Login CSRF: a form without the page's token is refused."""
    client = started()
    client.get("/login")
    form = {"name": "edda", "password": PASSWORD, "_csrf_token": "0" * 128}
    assert client.post("/login", data=form).status_code == 403


@pytest.mark.usefixtures("desk")
def test_a_form_works_after_the_app_was_started_again(started: Start) -> None:
    """What an app before this one gave the browser does not stand in the way."""
    before, now = started(), started()
    before.get("/login")
    for cookie in before.cookies.jar:
        now.cookies.set(cookie.name, cookie.value or "")
    assert logged_in(now).status_code == 303


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil", "", "evil.example:8077", "[::2]"]
)
def test_other_names_are_not_answered(looked_at: Client, host: str) -> None:
    """A name that somebody points at this machine (DNS rebinding) gets nothing."""
    assert looked_at.get("/api/v1/stories", headers={"Host": host}).status_code in (400, 421)


def test_what_listens_everywhere_is_asked_on_this_machine_too() -> None:
    """By whoever watches it; an app at one address of a network is not."""
    assert {"127.0.0.1", "desk.example"} <= Options(host="0.0.0.0", allowed_hosts=("desk.example",)).names  # noqa: S104
    assert Options(host="192.0.2.7").names == {"192.0.2.7"}


@pytest.mark.parametrize(
    ("options", "asks"),
    [
        ({"allowed_hosts": ("desk.example",)}, "203.0.113.9"),
        ({"allowed_hosts": ("desk.example",), "proxies": ("127.0.0.0/8",)}, "203.0.113.9"),
        ({"allowed_hosts": ("desk.example",), "proxies": ("192.0.2.7",)}, "127.0.0.1"),
        ({}, "127.0.0.1"),
    ],
)
def test_a_proxy_alone_is_believed_about_who_asks(
    run_async: Callable[[Any], str], options: dict[str, Any], asks: str
) -> None:
    """Attempts to log in are counted by the address that a trusted proxy tells, and nobody else's word counts."""

    @get("/", sync_to_thread=False)
    def tell(request: Request[Any, Any, Any]) -> str:
        return request.client.host if request.client else ""

    config = configured(Litestar([tell]), Options(**options))
    config.load()

    async def ask() -> str:
        transport = httpx.ASGITransport(config.loaded_app, client=("127.0.0.1", 5000))
        async with httpx.AsyncClient(transport=transport, base_url="http://desk.example") as client:
            return (await client.get("/", headers={"X-Forwarded-For": "10.1.1.1, 203.0.113.9"})).text

    assert run_async(ask) == asks


@pytest.mark.parametrize(
    "path", ["/api/v1/stories", "/health", "/login", "/nothing", "/api/v1/nothing", "/static/nothing"]
)
def test_browsers_are_told_to_run_nothing_else(looked_at: Client, path: str) -> None:
    """Every answer, errors too, has the strict policy: no inline script or style, no frame, no sniffing."""
    headers = looked_at.get(path, headers={"Accept": "text/html"}).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "*" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"


def test_errors_say_what_was_asked_for_without_running_it(looked_at: Client) -> None:
    """A path full of script comes back escaped or not at all."""
    answer = looked_at.get("/%3Cscript%3Ealert(1)%3C/script%3E", headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert "<script>alert" not in answer.text


# ── what comes in ───────────────────────────────────────────────────────────────────────────────


def test_what_is_too_large_is_refused(started: Start) -> None:
    """Bodies above the limit are not read to their end, whether their length is told or not."""
    client = started(max_upload=10_000)
    files = [("files", ("a.txt", b"x" * 20_000))]
    assert client.post("/api/v1/uploads", files=files).status_code == 413
    pieces = (b"x" * 1000 for _ in range(20))
    sent = client.post("/api/v1/add", content=pieces, headers={"Content-Type": "application/json"})
    assert sent.status_code == 413


def test_too_many_things_at_once_are_refused(started: Start) -> None:
    """Files, texts and parts of a form are counted."""
    client = started(max_items=3)
    files = [("files", (f"{n}.txt", b"A crane fell.")) for n in range(4)]
    assert client.post("/api/v1/uploads", files=files).status_code == 422
    many = [("files", (f"{n}.txt", b"A")) for n in range(400)]
    assert client.post("/api/v1/uploads", files=many).status_code == 400
    assert client.post("/api/v1/add", json={"texts": [{"text": "A crane fell."}] * 300}).status_code == 422


@pytest.mark.parametrize(
    "url",
    [
        "/etc/passwd",
        "file:///etc/passwd",
        "-",
        "ftp://127.0.0.1/x",
        "http:///etc/passwd",
        "HTTP://127.0.0.1/",
        "examples/harbour",
    ],
)
def test_no_file_of_the_server_is_named(looked_at: Client, url: str) -> None:
    """Only http and https addresses are taken; a location that is a path is none."""
    assert looked_at.post("/api/v1/add", json={"urls": [url]}).status_code == 422


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8077/api/v1/stories",
        "http://localhost/",
        "http://[::1]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "http://0x7f000001/",
        "http://[::ffff:127.0.0.1]/",
    ],
)
def test_no_private_address_is_fetched(client: Client, url: str) -> None:
    """The server asks nothing of its own network on somebody's behalf (SSRF)."""
    job = client.post("/api/v1/add", json={"urls": [url]}).json()["id"]
    with client.stream("GET", f"/api/v1/jobs/{job}/events") as events:
        list(events.iter_lines())
    told = client.get(f"/api/v1/jobs/{job}").json()
    assert told["result"]["n_new"] == 0
    [failed] = told["result"]["failed"]
    assert "private" in failed["reason"] or "not known" in failed["reason"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("/abs/report.txt", "report.txt"),
        ("a\0b.txt", "ab.txt"),
        ("<img src=x>.html", "_img src_x_.html"),
        ("\u202egnp.txt", "_gnp.txt"),
        ("..", "upload"),
        ("", "upload"),
    ],
)
def test_names_of_files_lead_nowhere(given: str, kept: str) -> None:
    """The name of an upload is its last part, of harmless letters; it is never a path."""
    assert harmless_name(given) == kept


@pytest.mark.parametrize("name", ["../app.py", "..%2f..%2fapp.py", "%2e%2e/app.py", "/etc/passwd", "....//app.py"])
def test_only_style_and_script_are_served(looked_at: Client, name: str) -> None:
    """No path leads out of the table of files."""
    assert looked_at.get(f"/static/{name}").status_code == 404


def test_sql_stays_words(looked_at: Client) -> None:
    """What is asked for is never part of a statement."""
    evil = "x'; DROP TABLE articles; --"
    for path in ("stories", "articles"):
        assert looked_at.get(f"/api/v1/{path}", params={"source": evil}).json()["items"] == []
    assert looked_at.get("/api/v1/quotes", params={"speaker": "%' OR '1'='1"}).json()["items"] == []
    looked_at.get("/api/v1/search", params={"q": f'"{evil}"'})
    assert looked_at.get("/api/v1/articles").json()["items"]


# ── what is told ────────────────────────────────────────────────────────────────────────────────


def test_no_secret_is_logged(desk: Library, started: Start, caplog: pytest.LogCaptureFixture) -> None:
    """Passwords, cookies and tokens stand in no log line, however a request ends."""
    caplog.set_level(logging.DEBUG)
    client = started()
    _, secret = make_token(desk.store, "edda", "test", ["read"])
    logged_in(client, password="hunter hunter hunter")  # noqa: S106 - of nobody
    logged_in(client)
    client.get("/api/v1/stories", headers={"Authorization": f"Bearer {secret}"})
    client.post("/api/v1/add", json={"texts": 5}, headers={"Authorization": f"Bearer {secret}"})
    own = [record.getMessage() for record in caplog.records if not record.name.startswith(("httpx", "httpcore"))]
    assert not any(kept in line for line in own for kept in ("hunter", PASSWORD, secret, client.cookies[COOKIE]))


def test_what_nobody_foresaw_tells_nothing(client: Client, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error inside is a problem without its words, its file or its line."""

    def broken() -> None:
        raise KeyError("inner secret at /srv/rashomon")

    monkeypatch.setattr(library, "corrections", broken)
    answer = client.get("/api/v1/corrections")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text


def test_corrections_are_signed(desk: Library, started: Start) -> None:
    """The audit log says who corrected what and took what back, and no request changes it."""
    client = started()
    logged_in(client)
    own = {"Origin": "http://127.0.0.1:8077"}
    article = client.get("/api/v1/articles").json()["items"][0]["id"]
    number = client.post("/api/v1/corrections", json={"kind": "split", "articles": [article]}, headers=own).json()[
        "number"
    ]
    client.delete(f"/api/v1/corrections/{number}", headers=own)
    told = client.get("/api/v1/corrections/audit").json()["items"]
    assert [(row["who"], row["action"]) for row in told] == [("edda", "undo"), ("edda", "split")]
    assert article in told[1]["subject"]
    assert client.request("DELETE", "/api/v1/corrections/audit", headers=own).status_code in (404, 405)
    assert len(desk.corrections()) == 0
