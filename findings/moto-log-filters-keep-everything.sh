#!/usr/bin/env bash
# Filter patterns for CloudTrail events in CloudWatch Logs keep every event in moto.
#
# Version: moto 5.2.5 (Python).
# Behaviour: `filter_log_events` looks for plain words only. A JSON pattern (`{ $.eventName = ... }`), one with `?`, `-` or `%`
# raises nothing and warns of nothing: all events of the group come back.
# Why it hurts: every alarm of the CIS benchmark on CloudTrail is a JSON pattern. A test that puts a StopLogging into a group and
# asks for it with the pattern is green with any pattern, also one that names a field that no event has.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check 'moto[logs]==5.2.5' boto3==1.44.8
cat >ask.py <<'PYTHON'
import json, time
import boto3, moto

patterns = [
    "StopLogging",
    '{ $.eventName = "StopLogging" }',
    '{ $.noSuchField = "x" }',
    "?StopLogging ?StartLogging",
    "-StopLogging",
    "%^Stop%",
]
with moto.mock_aws():
    logs = boto3.client("logs", "us-east-1", aws_access_key_id="test", aws_secret_access_key="test")
    logs.create_log_group(logGroupName="trail")
    logs.create_log_stream(logGroupName="trail", logStreamName="events")
    names = ["StopLogging", "DescribeTrails"]
    events = [{"timestamp": int(time.time() * 1000), "message": json.dumps({"eventName": name})} for name in names]
    logs.put_log_events(logGroupName="trail", logStreamName="events", logEvents=events)
    for pattern in patterns:
        found = logs.filter_log_events(logGroupName="trail", filterPattern=pattern)["events"]
        print(pattern, "->", *(json.loads(event["message"])["eventName"] for event in found))
PYTHON
python/bin/python ask.py 2>/dev/null | tee seen
diff seen - <<'TEXT'
StopLogging -> StopLogging
{ $.eventName = "StopLogging" } -> StopLogging DescribeTrails
{ $.noSuchField = "x" } -> StopLogging DescribeTrails
?StopLogging ?StartLogging -> StopLogging DescribeTrails
-StopLogging -> StopLogging DescribeTrails
%^Stop% -> StopLogging DescribeTrails
TEXT
echo "as stated"
