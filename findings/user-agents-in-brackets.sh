#!/usr/bin/env bash
# "Is this user agent a program?" has another answer once CloudTrail has put it in brackets.
#
# Versions: isbot 5.2.3 (JavaScript); user-agents 2.2.0 over ua-parser 1.0.2 with its table of 202610 (Python).
# Behaviour: some services log the agent in brackets: `[Boto3/1.34.0 …]`, as S3's data events do. isbot says that Boto3 and
# `AWS Internal` are bots, and that the same two in brackets are not. Neither library takes the AWS command line or the Go SDK for
# a program; user-agents does take Boto3 for a spider, with and without brackets.
# Why it hurts: "calls by people" counts scripts as people or not, by the service that logged them and the SDK's language.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-fund --no-audit isbot@5.2.3 >/dev/null
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check user-agents==2.2.0 ua-parser==1.0.2 ua-parser-builtins==202610

cat >agents <<'TEXT'
Boto3/1.34.0 Python/3.11.6 Linux/5.10
[Boto3/1.34.0 Python/3.11.6 Linux/5.10]
AWS Internal
[AWS Internal]
aws-cli/2.15.0 Python/3.11.6 Linux/5.10
aws-sdk-go-v2/1.24 os/linux
TEXT
cat >ask.mjs <<'JS'
import { readFileSync } from "node:fs";
import { isbot } from "isbot";
for (const agent of readFileSync("agents", "utf8").trim().split("\n")) console.log("isbot", isbot(agent), agent);
JS
cat >ask.py <<'PY'
from user_agents import parse
for agent in open("agents").read().strip().split("\n"):
    print("user-agents", str(parse(agent).is_bot).lower(), agent)
PY
{ node ask.mjs; python/bin/python ask.py; } | tee seen
diff seen - <<'TEXT'
isbot true Boto3/1.34.0 Python/3.11.6 Linux/5.10
isbot false [Boto3/1.34.0 Python/3.11.6 Linux/5.10]
isbot true AWS Internal
isbot false [AWS Internal]
isbot false aws-cli/2.15.0 Python/3.11.6 Linux/5.10
isbot false aws-sdk-go-v2/1.24 os/linux
user-agents true Boto3/1.34.0 Python/3.11.6 Linux/5.10
user-agents true [Boto3/1.34.0 Python/3.11.6 Linux/5.10]
user-agents false AWS Internal
user-agents false [AWS Internal]
user-agents false aws-cli/2.15.0 Python/3.11.6 Linux/5.10
user-agents false aws-sdk-go-v2/1.24 os/linux
TEXT
echo "as stated"
