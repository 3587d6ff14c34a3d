#!/bin/sh
# Join JsSIP with the packages it needs into the one file that the telephone's window loads, and their licences.
# Wants node and npm; run in an empty folder, then copy what it prints beside. The versions are those that ship:
#   jssip 3.13.8, debug 4.4.3, events 3.3.0, ms 2.1.3, sdp-transform 2.15.0; esbuild 0.27.2
set -eu
npm init -y >/dev/null
npm install --ignore-scripts jssip@3.13.8 debug@4.4.3 events@3.3.0 ms@2.1.3 sdp-transform@2.15.0 esbuild@0.27.2
echo 'module.exports = require("jssip");' >entry.js
npx esbuild entry.js --bundle --minify --format=iife --global-name=JsSIP --target=es2019 --legal-comments=none \
    --outfile=jssip-3.13.8.min.js
{
    echo "jssip-3.13.8.min.js is JsSIP 3.13.8 joined with the packages it needs by esbuild, nothing changed. Their licences:"
    for pair in jssip:LICENSE.md debug:LICENSE events:LICENSE ms:license.md sdp-transform:LICENSE; do
        name=${pair%%:*}
        printf '\n==== %s %s (MIT)\n\n' "$name" "$(node -p "require('./node_modules/$name/package.json').version")"
        cat "node_modules/$name/${pair##*:}"
    done
} >LICENSE-jssip.txt
ls -l jssip-3.13.8.min.js LICENSE-jssip.txt
