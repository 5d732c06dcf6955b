#!/usr/bin/env bash
# Powertools decodes S3 keys that nobody encoded, so a handler looks for an object that does not exist.
#
# Version: aws-lambda-powertools 3.37.0 (Python).
# Behaviour: S3's own notifications give keys form-encoded; the same event through EventBridge gives them as they are. Powertools' data
# classes decode both: `a+b.csv` out of EventBridge becomes `a b.csv`, and `100%25.csv` becomes `100%.csv`.
# Why it hurts: a handler that fetches new log files or acts on a deleted object works until a key holds `+` or `%`, and then
# names another object, or one that exists besides. Keys that CloudTrail logs (requestParameters.key) are plain as well.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check aws-lambda-powertools==3.37.0

cat >ask.py <<'PY'
from urllib.parse import quote_plus
from aws_lambda_powertools.utilities.data_classes import S3Event, S3EventBridgeNotificationEvent
for key in ["a b.csv", "a+b.csv", "100%25.csv"]:
    notified = S3Event({"Records": [{"s3": {"object": {"key": quote_plus(key)}}}]})
    bridged = S3EventBridgeNotificationEvent({"detail": {"object": {"key": key}}})
    print(f"{key}: notification {notified.object_key}, EventBridge {bridged.detail.object.key}")
PY
python/bin/python ask.py | tee seen
diff seen - <<'TEXT'
a b.csv: notification a b.csv, EventBridge a b.csv
a+b.csv: notification a+b.csv, EventBridge a b.csv
100%25.csv: notification 100%25.csv, EventBridge 100%.csv
TEXT
echo "as stated"
