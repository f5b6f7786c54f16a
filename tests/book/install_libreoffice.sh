#!/bin/sh
# Installs Debian's LibreOffice Calc and Writer, which the tests of workbooks and documents convert with, if one
# of them is missing.
set -eu
if command -v soffice >/dev/null 2>&1; then
    program=$(dirname "$(readlink -f "$(command -v soffice)")")
    if [ -e "$program/libsclo.so" ] && [ -e "$program/libswlo.so" ]; then
        exit 0
    fi
fi
as_root=""
if [ "$(id -u)" -ne 0 ]; then
    as_root="sudo"
fi
$as_root apt-get update -qq
$as_root apt-get install -y -qq --no-install-recommends libreoffice-calc libreoffice-writer-nogui
