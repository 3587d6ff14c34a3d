#!/bin/sh
# Fetches what the browser journeys need from the system's package manager, where it may: Chromium and a CJK font.
# Never fails: without them the journeys are reported as not run.
set -u
missing=""
if ! command -v chromium >/dev/null 2>&1 && ! command -v chromium-browser >/dev/null 2>&1 &&
   ! command -v google-chrome >/dev/null 2>&1; then missing="chromium"; fi
if ! command -v fc-list >/dev/null 2>&1 || [ -z "$(fc-list :lang=zh 2>/dev/null | head -1)" ]; then
  missing="$missing fontconfig fonts-noto-cjk"
fi
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "installing$( [ -n "$missing" ] && printf ' %s' $missing) for the browser journeys …"
  # shellcheck disable=SC2086  # a list of words
  if apt-get update -qq >/dev/null 2>&1 &&
     DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null 2>&1; then
    exit 0
  fi
fi
echo "The browser journeys need:$(printf ' %s' $missing). On Debian or Ubuntu: sudo apt-get install$(printf ' %s' $missing)" >&2
exit 0
