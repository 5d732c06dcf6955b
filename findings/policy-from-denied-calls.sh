#!/usr/bin/env bash
# A policy generated from CloudTrail allows what was denied, and names actions that IAM does not have.
#
# Versions: trailscraper 0.10.0, checked against the IAM actions of policy_sentry 0.15.2.
# Behaviour: `trailscraper generate` turns every record into an Allow, also those whose errorCode says that the caller was
# refused: the policy grants what the account's owners had withheld. The event name is taken for the action where its own table
# has no other: `lambda:Invoke` and `signin:ConsoleLogin` come out, which are no IAM actions (invoking needs
# `lambda:InvokeFunction`), so that the policy does not even allow what was seen to succeed.
# Why it hurts: "least privilege from the logs" widens access for whoever tried most.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check trailscraper==0.10.0 policy_sentry==0.15.2

python/bin/python - <<'PY' >log.json
import json
def event(service, name, **more):
    return {"eventVersion": "1.11", "eventTime": "2026-11-05T08:00:00Z", "eventSource": f"{service}.amazonaws.com",
            "eventName": name, "awsRegion": "us-east-1", "sourceIPAddress": "198.51.100.7", "userAgent": "aws-cli/2",
            "requestParameters": {}, "responseElements": None, "eventType": "AwsApiCall",
            "userIdentity": {"type": "IAMUser", "arn": "arn:aws:iam::111122223333:user/ana", "userName": "ana"}, **more}
print(json.dumps({"Records": [
    event("dynamodb", "DeleteTable", errorCode="AccessDenied"),
    event("ec2", "DeleteVpc", errorCode="Client.UnauthorizedOperation"),
    event("lambda", "Invoke"),
    event("signin", "ConsoleLogin"),
    event("kms", "Decrypt"),
]}))
PY
python/bin/trailscraper generate <log.json >policy.json
python/bin/python - <<'PY' | tee seen
import json
from policy_sentry.querying.actions import get_actions_for_service
policy = json.load(open("policy.json"))
granted = sorted(a for s in policy["Statement"] for a in s["Action"] if s["Effect"] == "Allow")
for action in granted:
    known = {one.lower() for one in get_actions_for_service(action.split(":")[0])}
    print("allowed", action, "known to IAM" if action.lower() in known else "unknown to IAM")
PY
diff seen - <<'TEXT'
allowed dynamodb:DeleteTable known to IAM
allowed ec2:DeleteVpc known to IAM
allowed kms:Decrypt known to IAM
allowed lambda:Invoke unknown to IAM
allowed signin:ConsoleLogin unknown to IAM
TEXT
echo "as stated"
