#!/bin/sh
# The main job, seen from outside: contradict a healthy project, find it, regenerate, find nothing more.
# usage: demo.sh DOCSYNC
set -eu
docsync=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
cd "$(dirname "$0")/.."
rm -rf .demo
cp -R sample_repo .demo
cd .demo
XDG_CACHE_HOME=$PWD/.cache
export XDG_CACHE_HOME

say() { if [ -t 1 ]; then printf '\n\033[1m%s\033[0m\n' "$*"; else printf '\n%s\n' "$*"; fi; }
swap() { sed "s/$2/$3/" "$1" > "$1.new" && mv "$1.new" "$1"; }

say "1. A day's work: H9 is resolved, 9/19 is typed by hand, and a note says that H8 is still in progress."
swap planning/holes/H09-gap-filling.md 'status: in_progress' 'status: resolved'
swap planning/holes/H09-gap-filling.md '- \[ \]' '- [x]'
swap planning/STATE.md '8\/21 resolved (38.1%)' '9\/19 resolved (47.4%)'
swap planning/STATE.md 'What can be started today:' 'H8 (RetentionPolicy): in progress. What can be started today:'

say "2. docsync check"
status=0
"$docsync" check --root . || status=$?
test "$status" -eq 1 || { echo "the check should have found the contradictions (exit $status)" >&2; exit 1; }

say "3. docsync regenerate: every generated table and bound number, nothing else"
"$docsync" regenerate --root .

say "4. Two contradictions are left, which only a person can decide: the note on H8 is wrong, and H20 waited for H9 alone."
swap planning/STATE.md 'H8 (RetentionPolicy): in progress. ' ''
awk '/^### H20:/ { here = 1 } here && /Status/ { sub(/Blocked/, "Ready"); here = 0 } { print }' \
    planning/LATER-HOLES.md > planning/new && mv planning/new planning/LATER-HOLES.md
"$docsync" regenerate --root .

say "5. docsync check"
"$docsync" check --root .
