#!/usr/bin/env bash
# JMESPath over CloudTrail times: one expression, three answers.
#
# Versions: jmespath 1.0.1 (Python, the one that `aws --query` uses), jmespath 0.16.0 and
# @jmespath-community/jmespath 1.3.0 (JavaScript).
# Behaviour: eventTime is text. `Records[?eventTime > '…']` keeps the later event in Python and in jmespath 0.16.0; the
# community implementation orders numbers only, so that the filter keeps nothing, without an error. `max_by(Records, &eventTime)`
# gives the newest event in Python; both JavaScript implementations accept text keys and give null.
# Why it hurts: a query tried with `aws --query` and then moved into a script says "nothing later happened".
# A check that looks for a missing field, contains(errorCode, 'Denied'), is an error in all three: most records have no errorCode.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-fund --no-audit jmespath@0.16.0 @jmespath-community/jmespath@1.3.0 >/dev/null
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check jmespath==1.0.1

cat >log.json <<'JSON'
{"Records":[
{"eventName":"StopLogging","eventTime":"2026-11-05T08:00:00Z"},
{"eventName":"DeleteTrail","eventTime":"2026-11-06T08:00:00Z"}]}
JSON
cat >queries <<'TEXT'
Records[?eventTime > '2026-11-05T12:00:00Z'].eventName
max_by(Records, &eventTime).eventName
TEXT
cat >ask.cjs <<'JS'
const { readFileSync } = require("node:fs");
const log = JSON.parse(readFileSync("log.json", "utf8"));
const queries = readFileSync("queries", "utf8").trim().split("\n");
for (const name of ["jmespath", "@jmespath-community/jmespath"]) {
  const { search } = require(name);
  for (const query of queries) console.log(`${name}: ${query} -> ${JSON.stringify(search(log, query))}`);
}
JS
cat >ask.py <<'PY'
import json, jmespath
log = json.load(open("log.json"))
for query in open("queries").read().strip().split("\n"):
    print(f"python: {query} -> {json.dumps(jmespath.search(query, log))}")
PY
{ python/bin/python ask.py; node ask.cjs; } | tee seen
diff seen - <<'TEXT'
python: Records[?eventTime > '2026-11-05T12:00:00Z'].eventName -> ["DeleteTrail"]
python: max_by(Records, &eventTime).eventName -> "DeleteTrail"
jmespath: Records[?eventTime > '2026-11-05T12:00:00Z'].eventName -> ["DeleteTrail"]
jmespath: max_by(Records, &eventTime).eventName -> null
@jmespath-community/jmespath: Records[?eventTime > '2026-11-05T12:00:00Z'].eventName -> []
@jmespath-community/jmespath: max_by(Records, &eventTime).eventName -> null
TEXT
echo "as stated"
