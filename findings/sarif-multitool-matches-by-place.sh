#!/usr/bin/env bash
# A baseline made with sarif-multitool takes another person's violation for an old one if it stands in the same place.
#
# Version: @microsoft/sarif-multitool 5.7.0.
# Behaviour: `match-results-forward` first pairs results of one rule that have the same place, whatever their fingerprints, partial
# or full, and their messages say. Fingerprints decide only among the results that are left.
# Why it hurts: findings in audit logs have no line of code to stand at, so that tools place them at the rule or at the log. Then a
# new actor's result is `unchanged`, and whoever was accepted before is `absent` and `new`, although both fingerprints say otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund @microsoft/sarif-multitool@5.7.0

log() {
  printf '{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{"tool":{"driver":{"name":"gate","rules":[{"id":"logging-stopped"}]}},"results":[%s]}]}' "$1"
}
# result WHO LINE
result() {
  printf '{"ruleId":"logging-stopped","level":"error","message":{"text":"StopLogging by %s"},"%s":{"who/v1":"%s"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"rules.yaml"},"region":{"startLine":%s}}}]}' \
    "$1" "$kind" "$1" "$2"
}
compare() {
  log "$2" >before.sarif
  log "$3" >after.sarif
  rm -f out.sarif
  npx sarif-multitool match-results-forward after.sarif --previous before.sarif --output-file-path out.sarif >/dev/null 2>&1
  node -e '
    const { results } = JSON.parse(require("fs").readFileSync("out.sarif", "utf8")).runs[0];
    const told = results.map(({ baselineState, message }) => `${message.text.split(" ").pop()} ${baselineState}`);
    console.log(`${process.argv[1]}: ${told.sort().join(", ")}`);
  ' "$1"
}
for kind in partialFingerprints fingerprints; do
  echo "$kind"
  compare "the same, moved" "$(result maria 4)" "$(result maria 90)"
  compare "another, elsewhere" "$(result maria 4)" "$(result omar 90)"
  compare "another, in the same place" "$(result maria 4)" "$(result omar 4)"
  compare "another in the place of the first, which moved" "$(result maria 4)" "$(result omar 4),$(result maria 90)"
done | tee seen
diff seen - <<'TEXT'
partialFingerprints
the same, moved: maria updated
another, elsewhere: maria absent, omar new
another, in the same place: omar unchanged
another in the place of the first, which moved: maria new, omar unchanged
fingerprints
the same, moved: maria updated
another, elsewhere: maria absent, omar new
another, in the same place: omar unchanged
another in the place of the first, which moved: maria new, omar unchanged
TEXT
echo "as stated"
