/**
 * Writes `fixtures/logs/trail/`: a trail of four hours with its digests, and what a user would have saved to
 * prove it. The key is new each time, so the golden cases change with it.
 */

import { rmSync } from "node:fs";
import { at, byUser, calling, event, to } from "../support/events.ts";
import { publicKeys, signedTrail, trailKey, writeFiles } from "./signed-trail.ts";

const call = (name: string, who: string, clock: string) =>
  event(to("s3"), calling(name), byUser(who), at(`2026-11-05T${clock}Z`), {
    requestParameters: { bucketName: "orders-archive" },
  });

const folder = "fixtures/logs/trail";
const key = trailKey("5f3a1c9e7b2d4f60815a3c7e9b1d2f48");
const trail = signedTrail({
  key,
  hours: [
    {
      end: "2026-11-05T09:14:00Z",
      isFirst: true,
      logs: [{ delivered: "20261105T0830Z", records: [call("CreateBucket", "ci", "08:24:10")] }],
    },
    {
      end: "2026-11-05T10:14:00Z",
      logs: [
        { delivered: "20261105T0925Z", records: [call("GetBucketPolicy", "mallory", "09:20:41")] },
        {
          delivered: "20261105T0950Z",
          records: [call("DeleteBucketPolicy", "mallory", "09:45:02")],
        },
      ],
    },
    { end: "2026-11-05T11:14:00Z", logs: [] },
    {
      end: "2026-11-05T12:14:00Z",
      logs: [
        { delivered: "20261105T1155Z", records: [call("DeleteBucket", "mallory", "11:50:33")] },
      ],
    },
  ],
  late: [
    {
      end: "2026-11-05T12:14:00Z",
      isFirst: true,
      logs: [
        { delivered: "20261105T1040Z", records: [call("ListBuckets", "mallory", "10:31:12")] },
      ],
    },
  ],
});

rmSync(folder, { recursive: true, force: true });
writeFiles(folder, trail.files);
writeFiles(
  "fixtures/logs/trail-keys",
  new Map([
    ["public-keys.json", publicKeys(key)],
    ["other-keys.json", publicKeys(trailKey("00ff00ff00ff00ff00ff00ff00ff00ff"))],
    ["wrong-key.json", publicKeys(trailKey(key.fingerprint))],
    ["head-objects/newest.json", trail.headObject],
    ["head-objects/newest-backfill.json", trail.lateHeadObject],
  ]),
);
