#!/usr/bin/env bash
# Sigma rules for CloudTrail become Panther detections that ask something else.
#
# Versions: pySigma-backend-panther 0.3.1 with pySigma 1.5.1, panther_core 0.16.3 (Python).
# Behaviour: text is compared with its case; `re` has to match from the first letter (re.match); a value
# in an array of objects is never found; an absent field equals ''; `cidr` raises where sourceIPAddress is the name of a service.
# Why it hurts: the specification compares without case and searches with `re`. Most parameters of EC2 stand in `items` arrays. Every
# call that a service makes for somebody has its name for an address, so that such a rule fails on each of them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check \
  pySigma-backend-panther==0.3.1 pysigma==1.5.1 panther_core==0.16.3 python-dateutil==2.9.0.post0
cat >ask.py <<'PYTHON'
from panther_core.enriched_event import PantherEvent
from sigma.backends.panther import PantherBackend
from sigma.collection import SigmaCollection

RULE = """
title: question
level: high
logsource: {product: aws, service: cloudtrail}
detection:
    sel:
        %s
    condition: sel
"""


def ask(line, event):
    rule = SigmaCollection.from_yaml(RULE % line)
    scope = {}
    exec(PantherBackend().convert(rule, "python"), scope)
    try:
        answer = scope["rule"](PantherEvent(event))
    except Exception as error:
        answer = type(error).__name__
    print(f"{line} -> {bool(answer) if not isinstance(answer, str) else answer}")


deleted = {"eventName": "DeleteBucket", "sourceIPAddress": "10.1.2.3"}
ask("eventName: DeleteBucket", deleted)
ask("eventName: deletebucket", deleted)
ask("eventName|re: ^Delete", deleted)
ask("eventName|re: Bucket$", deleted)
ask("errorCode: ''", deleted)
ask("sourceIPAddress|cidr: 10.0.0.0/8", deleted)
ask("sourceIPAddress|cidr: 10.0.0.0/8", {**deleted, "sourceIPAddress": "cloudformation.amazonaws.com"})
opened = {"requestParameters": {"ipPermissions": {"items": [{"cidrIp": "0.0.0.0/0"}]}}}
ask("requestParameters.ipPermissions.items.cidrIp: 0.0.0.0/0", opened)
PYTHON
python/bin/python ask.py | tee seen
diff seen - <<'TEXT'
eventName: DeleteBucket -> True
eventName: deletebucket -> False
eventName|re: ^Delete -> True
eventName|re: Bucket$ -> False
errorCode: '' -> True
sourceIPAddress|cidr: 10.0.0.0/8 -> True
sourceIPAddress|cidr: 10.0.0.0/8 -> ValueError
requestParameters.ipPermissions.items.cidrIp: 0.0.0.0/0 -> False
TEXT
echo "as stated"
