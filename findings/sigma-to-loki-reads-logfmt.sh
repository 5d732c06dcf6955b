#!/usr/bin/env bash
# A Sigma rule for CloudTrail becomes a LogQL query that parses the log lines as logfmt.
#
# Versions: sigma-cli 3.1.0 with pySigma-backend-loki 0.15.1 and pySigma 1.5.1.
# Behaviour: with `logsource: product: aws, service: cloudtrail`, conversion ends with status 0 and gives `| logfmt | …`, without a
# warning. CloudTrail's records are JSON, for which LogQL has the parser `json`; the dotted name turns into one with an underscore, which
# is how that other parser would spell it. `null` becomes a comparison with the empty text.
# Why it hurts: the fields that the rule asks for are no logfmt pairs, and a quiet rule looks like a clean account.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check sigma-cli==3.1.0 pySigma==1.5.1 pySigma-backend-loki==0.15.1

cat >rule.yml <<'YAML'
title: Trail stopped by a role
id: 5a1f2c3d-0b3b-4a6d-9d7b-1c2c8a4f5e01
status: test
logsource: { product: aws, service: cloudtrail }
detection:
  stopped:
    eventName: StopLogging
    userIdentity.type: AssumedRole
    errorCode: null
  condition: stopped
level: high
YAML
python/bin/sigma convert --without-pipeline -t loki rule.yml 2>/dev/null | tee seen
diff seen - <<'TEXT'
{job=~".+"} | logfmt | eventName=~`(?i)^StopLogging$` and userIdentity_type=~`(?i)^AssumedRole$` and errorCode=``
TEXT
echo "as stated"
