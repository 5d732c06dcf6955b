import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { records } from "../../src/render/records.ts";
import { answer, eventRow, rendered, section, spelledOut } from "./answers.ts";

const first = '{\n  "eventID": "e1", "big": 12345678901234567890, "big": 1\n}';
const second = '{"eventID":"e2\u202E"}';

describe("records", () => {
  it("is a log file when there is nothing in it", async () => {
    const sections = [section(["id"], [])];
    const text = await rendered(records, answer({ sections }));
    assert.deepEqual(JSON.parse(text), { Records: [] });
  });

  it("holds the very bytes of the events of all sections", async () => {
    const sections = [
      section(["id"], [eventRow(first, "e1")]),
      section(["id"], [eventRow(second, "e2")], { name: "attempts" }),
    ];
    const text = await rendered(records, answer({ sections }));
    assert.equal(text, `{"Records":[\n${first},\n${second}\n]}\n`);
  });

  it("holds the bytes of an event that is spelled out", async () => {
    const text = await rendered(records, answer({ sections: [spelledOut(first)] }));
    assert.equal(text, `{"Records":[\n${first}\n]}\n`);
  });

  it("holds every event of rows that stand for several", async () => {
    const folded = [eventRow(first, "e1"), eventRow(second, "e2")].flatMap(
      ({ event }) => event ?? [],
    );
    const sections = [{ ...section(["did"], [{ cells: [{ text: "2 reads" }] }]), folded }];
    const text = await rendered(records, answer({ sections }));
    assert.equal(text, `{"Records":[\n${first},\n${second}\n]}\n`);
  });

  it("gives only the columns of --fields", async () => {
    const sections = [section(["id"], [eventRow(first, "e1")])];
    const text = await rendered(records, answer({ sections }), { fields: true });
    assert.deepEqual(JSON.parse(text), { Records: [{ id: "e1" }] });
  });
});
