#!/bin/sh
# Installs Debian's Chromium for the browser tests, if it is missing.
set -eu
if command -v chromium >/dev/null 2>&1; then
    exit 0
fi
as_root=""
if [ "$(id -u)" -ne 0 ]; then
    as_root="sudo"
fi
$as_root apt-get update -qq
$as_root apt-get install -y -qq --no-install-recommends chromium
