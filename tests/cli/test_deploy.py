"""What deploy/ has fits the commands: units, the compose file, the image and the proxies; and so do the lines of docs/deploy.md."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml  # type: ignore[import-untyped]

from rashomon.cli import app

pytest.importorskip("litestar")

from rashomon.cli.serve import check_names, check_networks
from rashomon.web.options import Options

ROOT = Path(__file__).parent.parent.parent
DEPLOY = ROOT / "deploy"
UNITS = sorted(path.name for path in (DEPLOY / "systemd").iterdir())
PAGE = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
OURS = re.compile(r"(?:(?:^|\| |/opt/rashomon/bin/)rashomon|run --rm app) (?P<words>[a-z][^|;'#]*)")


def parsed(words: list[str]) -> Any:
    """What the command line makes of some words, without doing it. Raises where they are wrong."""
    command: Any = typer.main.get_command(app)
    context = command.make_context("rashomon", list(words))
    while hasattr(command, "resolve_command"):
        name, command, words = command.resolve_command(context, words)
        context = command.make_context(name, list(words), parent=context)
    return context.params


@pytest.fixture(scope="module")
def compose() -> Any:
    """The compose file, anchors resolved."""
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("unit", [unit for unit in UNITS if unit.endswith(".service")])
def test_units_run_commands_that_there_are(unit: str) -> None:
    """Each unit's command is taken as it stands, once systemd has put in what the environment holds."""
    text = (DEPLOY / "systemd" / unit).read_text(encoding="utf-8")
    [line] = [line for line in text.splitlines() if line.startswith("ExecStart=")]
    found = OURS.search(line)
    assert found is not None
    assert parsed(shlex.split(found["words"].replace("${RASHOMON_NAME}", "desk.example.org")))


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    """Without a warning, where the commands are installed."""
    for unit in UNITS:
        text = (DEPLOY / "systemd" / unit).read_text(encoding="utf-8")
        (tmp_path / unit).write_text(text.replace("/opt/rashomon/bin/rashomon", "/bin/true"), encoding="utf-8")
    command = ["systemd-analyze", "verify", "--man=no", *(str(tmp_path / unit) for unit in UNITS)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own
    assert (done.returncode, [line for line in done.stderr.splitlines() if str(tmp_path) in line]) == (0, [])


def test_services_run_commands_that_there_are(compose: Any) -> None:
    """The app listens to the proxy's network, believes it, and looks for its library where the database is."""
    services = compose["services"]
    name = "${RASHOMON_NAME:?set it in .env}"
    app_words = ["desk.example.org" if word == name else word for word in services["app"]["command"]]
    served = parsed(app_words)
    assert parsed(services["watch"]["command"])["feeds"] == ["/feeds/feeds.opml"]
    [network] = compose["networks"]["front"]["ipam"]["config"]
    assert served["proxy"] == [network["subnet"]]
    assert served["secure"]
    check_names(served["name"])
    check_networks(served["proxy"])
    database = services["database"]["environment"]
    place = services["app"]["environment"]["RASHOMON_STORE"]
    assert place == f"postgresql://{database['POSTGRES_USER']}@database/{database['POSTGRES_DB']}"


def test_the_proxy_alone_is_reached_from_outside(compose: Any) -> None:
    """No other service has a port; the database shares no network with the proxy; nothing may gain rights."""
    services = compose["services"]
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]
    assert not set(services["proxy"]["networks"]) & set(services["database"]["networks"])
    for name in ("app", "watch"):
        assert services[name]["cap_drop"] == ["ALL"]
        assert services[name]["read_only"]


def test_what_watches_the_app_may_ask_it(compose: Any) -> None:
    """The health check names the app as it lets itself be named."""
    [asked] = re.findall(r"http://([\w.]+):(\d+)/health", " ".join(compose["services"]["app"]["healthcheck"]["test"]))
    assert asked == ("127.0.0.1", str(Options().port))
    assert asked[0] in Options(host="0.0.0.0").names  # noqa: S104 - the container's


def test_the_image_installs_what_is_locked() -> None:
    """By hashes, from files that there are; the app does not run as root."""
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    installs = re.findall(r"pip install ([^&\n]*)", text)
    assert installs
    assert all("--require-hashes" in line or "--no-index" in line for line in installs)
    for sources in re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.MULTILINE):
        for source in sources.split():
            assert (ROOT / source).exists(), source
            let_in = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
            assert any(Path(source).match(line[1:]) for line in let_in if line.startswith("!")), source
    assert re.findall(r"^USER (.+)$", text, re.MULTILINE) == ["rashomon"]
    assert f"EXPOSE {Options().port}" in text
    [words] = re.findall(r"^CMD \[(.*)\]$", text, re.MULTILINE)
    assert parsed([word.strip(' "') for word in words.split(",")])


def test_proxies_pass_on_what_the_app_asks_for() -> None:
    """As much as it takes at once, the Host header with its port, and who asks in place of what whoever asks says."""
    nginx = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    [size] = re.findall(r"client_max_body_size (\d+)m;", nginx)
    assert int(size) * 1024**2 >= Options().max_upload
    assert "proxy_set_header Host $http_host;" in nginx
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in nginx
    assert set(re.findall(r"proxy_pass http://([\w.:]+);", nginx)) == {f"127.0.0.1:{Options().port}"}
    caddy = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    [size] = re.findall(r"max_size (\d+)MB", caddy)
    assert int(size) * 1_000_000 >= Options().max_upload
    assert f":127.0.0.1:{Options().port}}}" in caddy


def test_the_lines_of_the_page_are_commands() -> None:
    """Every line with rashomon in docs/deploy.md is one that the command line takes."""
    blocks = "".join(re.findall(r"```(?:sh|console)\n(.*?)```", PAGE, re.DOTALL)).replace("\\\n", " ")
    lines = [found["words"] for line in blocks.splitlines() if (found := OURS.search(line))]
    assert len(lines) > 8
    for line in lines:
        assert parsed(shlex.split(re.sub(r"[<>]\s*\S+", "", line))), line


def test_the_page_names_every_file() -> None:
    """Each file of deploy/ is linked from docs/deploy.md."""
    for path in DEPLOY.rglob("*"):
        if path.is_file():
            assert f"(../{path.relative_to(ROOT)})" in PAGE, path


def test_the_wheel_has_every_file() -> None:
    """Templates, style, script, word lists and models too, so that what is installed from it serves."""
    wheel = pytest.importorskip("hatchling.builders.wheel")
    packed = {Path(file.distribution_path) for file in wheel.WheelBuilder(str(ROOT)).recurse_included_files()}
    kept = {path.relative_to(ROOT / "src") for path in (ROOT / "src" / "rashomon").rglob("*") if path.is_file()}
    assert {path for path in kept if "__pycache__" not in path.parts} <= packed
    assert Path("rashomon/web/templates/login.html.j2") in packed
