#!/bin/sh
# Installs Debian's LibreOffice Calc, which the tests of workbooks convert with, if it is missing.
set -eu
if command -v soffice >/dev/null 2>&1; then
    exit 0
fi
as_root=""
if [ "$(id -u)" -ne 0 ]; then
    as_root="sudo"
fi
$as_root apt-get update -qq
$as_root apt-get install -y -qq --no-install-recommends libreoffice-calc
