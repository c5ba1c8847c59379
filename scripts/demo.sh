#!/bin/sh
# The demo of `make demo`: the sample articles in; who stands where, who moved, and a network out.
set -eu
cd "$(dirname "$0")/.."

bold= plain=
if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then
    bold=$(printf '\033[1m') plain=$(printf '\033[0m')
fi

# Show a step: what it is for, the command as one would type it, and what it prints.
step() {
    printf '\n%s%s%s\n\n  $ graphkit' "$bold" "$1" "$plain"
    shift
    for word in "$@"; do
        case $word in *' '*) printf ' "%s"' "$word" ;; *) printf ' %s' "$word" ;; esac
    done
    printf '\n\n'
    graphkit "$@" 2>&1
}

rm -rf demo.db demo.graphml
topic='ground troops in Ukraine'
step 'Read 15 news articles of spring 2024.' add data/sample --codebook data/topics.ttl -s demo.db
step "Who supports $topic, who opposes them, who leaves it open?" topic "$topic" -s demo.db
step 'Who changed position?' query stance-changes -s demo.db
step 'Draw the network: open demo.graphml in Gephi.' export -o demo.graphml -s demo.db

cat <<END

${bold}What to type next${plain}

  export PATH="\$PWD/.venv/bin:\$PATH" GRAPHKIT_STORE=demo.db
  graphkit actor "Emmanuel Macron"          where one actor stands on everything
  graphkit quotes "Emmanuel Macron"         in whose words, article by article
  graphkit queries                          more questions that are ready to ask
  graphkit add your-articles/               the same with your own articles
  graphkit --help
END
