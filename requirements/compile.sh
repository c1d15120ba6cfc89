#!/usr/bin/env bash
# Lock the dependencies again, with hashes and without naming an index. Needs uv on the PATH.
set -euo pipefail
cd "$(dirname "$0")/.."
lock() { uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --python-version 3.11 "$@" pyproject.toml; }
uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --python-version 3.11 requirements/build.in \
    --output-file requirements/build.lock
lock --extra parquet --extra web --output-file requirements/runtime.lock
lock --extra parquet --extra mcp --extra spark --extra web --group dev --output-file requirements/dev.lock
