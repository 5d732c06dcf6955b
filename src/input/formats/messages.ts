/**
 * Messages of SNS, SQS and Kinesis, saved as they were received or as a Lambda function got them. Most
 * tell only that a file was delivered; some bring the event along.
 */

import type { Format, Recognised } from "./format.ts";
import type { Opening } from "./opening.ts";
import { documentsUnder, isEvent, namesOf, wrappedAt } from "./wrapping.ts";

const what = "a notification, not the log itself";

export const messages: Format = {
  name: "messages",
  envelopes: ["Records", "Messages"],
  recognise(opening) {
    if (opening.kind !== "object" || isEvent(opening)) return undefined;
    return (
      documentsUnder("Records", what, opening, isMessage) ??
      documentsUnder("Messages", what, opening, isMessage) ??
      message(opening)
    );
  },
};

function isMessage(opening: Opening): boolean {
  return message(opening) !== undefined;
}

function message(opening: Opening): Recognised | undefined {
  const names = namesOf(opening);
  const data = wrappedAt(["kinesis", "data"], what, opening);
  if (data !== undefined) return { ...data, isBase64: true };
  if (names.has("Sns")) return wrappedAt(["Sns", "Message"], what, opening);
  if (names.has("Type")) return wrappedAt(["Message"], what, opening);
  if (names.has("messageId")) return wrappedAt(["body"], what, opening);
  if (names.has("MessageId")) return wrappedAt(["Body"], what, opening);
  return undefined;
}
