#!/usr/bin/env bash
# An event pattern for an opened security group: AWS's matcher finds it, moto's does not.
#
# Versions: software.amazon.event.ruler:event-ruler 2.1.0 (Java, the matcher that AWS publishes), moto 5.2.5 (Python).
# Behaviour: a pattern leads into arrays of objects in event-ruler, and keeps the values of one element together. In moto a path
# ends at an array, so that a pattern on ipPermissions.items.ipRanges.items.cidrIp never matches. In both, `exists` asks for a
# leaf: `exists: false` on userIdentity holds of an event that has one.
# Why it hurts: alarms on CloudTrail events are tried with moto in unit tests. Most parameters of EC2 stand in `items` arrays, and
# `resources` is one. A test that shows "no match" for a harmless event shows it for every event, and stays green.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check moto==5.2.5
cat >pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion><groupId>patterns</groupId><artifactId>patterns</artifactId><version>1</version>
  <dependencies><dependency>
    <groupId>software.amazon.event.ruler</groupId><artifactId>event-ruler</artifactId><version>2.1.0</version>
  </dependency></dependencies>
</project>
XML
mvn --quiet --batch-mode dependency:copy-dependencies

cat >event.json <<'JSON'
{"source":"aws.ec2","detail-type":"AWS API Call via CloudTrail","detail":{
"eventName":"AuthorizeSecurityGroupIngress","userIdentity":{"type":"IAMUser","userName":"maria"},
"requestParameters":{"groupId":"sg-0123456789abcdef0","ipPermissions":{"items":[
{"fromPort":443,"ipRanges":{"items":[{"cidrIp":"10.0.0.0/8"}]}},
{"fromPort":22,"ipRanges":{"items":[{"cidrIp":"0.0.0.0/0"}]}}]}}}}
JSON
cat >patterns <<'TEXT'
{"detail":{"requestParameters":{"groupId":["sg-0123456789abcdef0"]}}}
{"detail":{"requestParameters":{"ipPermissions":{"items":{"ipRanges":{"items":{"cidrIp":["0.0.0.0/0"]}}}}}}}
{"detail":{"requestParameters":{"ipPermissions":{"items":{"fromPort":[22],"ipRanges":{"items":{"cidrIp":["10.0.0.0/8"]}}}}}}}
{"detail":{"userIdentity":[{"exists":false}]}}
TEXT
cat >Ask.java <<'JAVA'
import java.nio.file.*;
import software.amazon.event.ruler.Ruler;

class Ask {
  public static void main(String[] args) throws Exception {
    String event = Files.readString(Path.of("event.json"));
    for (String pattern : Files.readAllLines(Path.of("patterns")))
      System.out.println("event-ruler: " + Ruler.matchesRule(event, pattern) + " " + pattern);
  }
}
JAVA
cat >ask.py <<'PY'
import json
from moto.events.models import EventPattern
event = json.load(open("event.json"))
for pattern in open("patterns").read().splitlines():
    print("moto:", str(EventPattern.load(pattern).matches_event(event)).lower(), pattern)
PY
{ java -cp 'target/dependency/*' Ask.java; python/bin/python ask.py; } | tee seen
cut -d' ' -f1,2 seen | diff - <(printf 'event-ruler: %s\n' true true false true; printf 'moto: %s\n' true false false true)
echo "as stated"
