#!/usr/bin/env bash
# sarif-tools fails a build for results that are accepted, and for results that are gone.
#
# Version: sarif-tools 3.0.5 (Python).
# Behaviour: `sarif --check error summary` exits with the number of results at or above the level. `suppressions` and
# `baselineState` are not looked at: an accepted result counts, one that is `absent` counts, and so does one that is `unchanged`.
# Why it hurts: SARIF says that a result with `baselineState: absent` is not in the newest run, and that a suppressed one is no
# problem. A gate that writes both, as the format wants, fails for ever in a pipeline that asks sarif-tools.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check sarif-tools==3.0.5

report() {
  printf '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"gate","rules":[{"id":"logging-stopped"}]}},"results":[%s]}]}' "$1"
}
result() {
  printf '{"ruleId":"logging-stopped","level":"error","message":{"text":"StopLogging by maria"}%s}' "$1"
}
report "" >none.sarif
report "$(result ',"baselineState":"absent"')" >absent.sarif
report "$(result ',"baselineState":"unchanged"')" >unchanged.sarif
report "$(result ',"suppressions":[{"kind":"external","status":"accepted"}]')" >accepted.sarif
report "$(result ',"baselineState":"new"')" >new.sarif
for name in none absent unchanged accepted new; do
  status=0
  python/bin/sarif --check error summary "$name.sarif" >/dev/null 2>&1 || status=$?
  echo "$name: exit $status"
done | tee seen
diff seen - <<'TEXT'
none: exit 0
absent: exit 1
unchanged: exit 1
accepted: exit 1
new: exit 1
TEXT
echo "as stated"
