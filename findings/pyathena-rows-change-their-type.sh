#!/usr/bin/env bash
# PyAthena reads a struct column as a dict, as text, or as a dict with made-up keys: it depends on the user's name.
#
# Version: PyAthena 4.2.1 (Python).
# Behaviour: Athena gives a struct as `{type=IAMUser, username=jane}`, without quotes. The converter of `row` cells splits at
# commas, with or without a space after. A value with a comma in it makes the whole cell come as text; where what follows the comma holds a
# `=`, the value is cut there and the rest becomes a key of its own. No error is raised. In an array of structs, one such element is text
# among dicts; a bracket in it makes the whole array text.
# Why it hurts: `useridentity` and `resources` of a CloudTrail table are such columns, and IAM allows `,` and `=` in names; subjects of
# SAML and keys of S3 hold them as well. row["useridentity"]["username"] names a user that does not exist. CAST(useridentity AS JSON)
# in the query has no such trouble.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check pyathena==4.2.1

cat >ask.py <<'PY'
from pyathena.converter import DefaultTypeConverter
convert = DefaultTypeConverter().convert
for name in ["jane", "jane,ops", "jane,team=ops", "CN=jane, OU=ops"]:
    print(name, "->", repr(convert("row", "{type=IAMUser, username=%s, accountid=111122223333}" % name)))
for key in ["a.csv", "a,b.csv", "a[1].csv"]:
    print(key, "->", repr(convert("array", "[{arn=arn:aws:s3:::logs/%s, type=AWS::S3::Object}]" % key)))
PY
python/bin/python ask.py | tee seen
diff seen - <<'TEXT'
jane -> {'type': 'IAMUser', 'username': 'jane', 'accountid': '111122223333'}
jane,ops -> '{type=IAMUser, username=jane,ops, accountid=111122223333}'
jane,team=ops -> {'type': 'IAMUser', 'username': 'jane', 'team': 'ops', 'accountid': '111122223333'}
CN=jane, OU=ops -> {'type': 'IAMUser', 'username': 'CN=jane', 'OU': 'ops', 'accountid': '111122223333'}
a.csv -> [{'arn': 'arn:aws:s3:::logs/a.csv', 'type': 'AWS::S3::Object'}]
a,b.csv -> ['{arn=arn:aws:s3:::logs/a,b.csv, type=AWS::S3::Object}']
a[1].csv -> '[{arn=arn:aws:s3:::logs/a[1].csv, type=AWS::S3::Object}]'
TEXT
echo "as stated"
