/**
 * `trailhound rules schema`: the JSON Schema of the short form, for editors.
 */

import { shortFormSchema } from "../../rules/short/schema.ts";
import { verb } from "../verb.ts";

export const rulesSchema = verb({
  name: "rules schema",
  summary: "print the JSON Schema of the short form, for editors",
  takes: [],
  readsLogs: false,
  examples: [
    {
      command: "rules schema > trailhound.schema.json",
      says: "for a line `# yaml-language-server: $schema=...`",
    },
  ],
  questions: () => [],
  run: () =>
    Promise.resolve({
      found: true,
      sentences: [],
      sections: [],
      hints: [],
      verbatim: Buffer.from(`${JSON.stringify(shortFormSchema, undefined, 2)}\n`),
    }),
});
