/**
 * `--redact`: secrets in an answer become `[redacted sha256:1f2e3d4c]`, so that it can be handed on.
 *
 * A secret is known by the key that it stands under, or by its shape wherever it stands. The same secret
 * has the same mark, so that events that share one can still be told. Access key ids are no secrets.
 */

import { createHash } from "node:crypto";
import type { Answer, Cell, Row, Section } from "../query/answer.ts";
import type { FoundEvent } from "../query/query.ts";
import { mapTexts } from "./json-texts.ts";

/** The answer without secrets; what it rests on holds no text of the logs. */
export function redacted(answer: Answer): Answer {
  const { sentences, facts, sections, hints, complaints, report, verbatim } = answer;
  return {
    ...answer,
    question: redactedText(answer.question),
    sentences: sentences.map(redactedText),
    hints: hints.map(redactedText),
    sections: sections.map(redactedSection),
    ...(facts !== undefined && { facts: within(facts) }),
    ...(report !== undefined && { report: within(report) }),
    ...(complaints !== undefined && { complaints: within(complaints) }),
    ...(verbatim !== undefined && { verbatim: redactedRecord(verbatim) }),
  };
}

function redactedSection(section: Section): Section {
  const { columns, rows, terse, summary, event, folded } = section;
  const isSecret = columns.map(({ name }) => isSecretKey(name.split(".")));
  const redact = (row: Row) => redactedRow(row, isSecret);
  return {
    ...section,
    rows: each(rows, redact),
    ...(terse !== undefined && { terse: each(terse, redact) }),
    ...(summary !== undefined && { summary: { ...summary, rows: each(summary.rows, redact) } }),
    ...(event !== undefined && { event: redactedEvent(event) }),
    ...(folded !== undefined && { folded: folded.map(redactedEvent) }),
  };
}

async function* each(rows: Section["rows"], redact: (row: Row) => Row): AsyncIterable<Row> {
  for await (const row of rows) yield redact(row);
}

/** Where one cell names the field of the next, as in details, that field's key counts. */
function redactedRow(row: Row, isSecret: readonly boolean[]): Row {
  const [first] = row.cells;
  const isDetail = row.cells.length === 2 && isSecretKey((first?.text ?? "").split("."));
  return {
    ...row,
    cells: row.cells.map((cell, at) =>
      redactedCell(cell, isSecret[at] === true || (isDetail && at === 1)),
    ),
    ...(row.event !== undefined && { event: redactedEvent(row.event) }),
  };
}

function redactedCell(cell: Cell, isSecret: boolean): Cell {
  const mask = (text: string) => (isSecret ? masked(text) : redactedText(text));
  const { text, value, items } = cell;
  return {
    ...cell,
    text: text === undefined ? undefined : mask(text),
    ...(typeof value === "object" && { value: within(value) }),
    ...(isSecret && value !== undefined && { value: [mask(text ?? "")] }),
    ...(items !== undefined && { items: items.map(mask) }),
  };
}

function redactedEvent(event: FoundEvent): FoundEvent {
  const { id, source } = event;
  let bytes: Uint8Array | undefined;
  const read = () => {
    bytes ??= redactedRecord(source.bytes);
    return bytes;
  };
  return {
    id,
    get record() {
      return JSON.parse(Buffer.from(read()).toString());
    },
    source: {
      origin: source.origin,
      offset: source.offset,
      get bytes() {
        return read();
      },
    },
  };
}

function redactedRecord(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();
  return Buffer.from(mapTexts(text, (value, path) => redactedValue(value, path)));
}

function redactedValue(text: string, path: readonly string[]): string {
  return isSecretKey(path) ? masked(text) : redactedText(text);
}

/** Every text in a value of our own making, by the keys above it. */
function within<T>(value: T): T {
  return JSON.parse(mapTexts(JSON.stringify(value), redactedValue)) as T;
}

/** In lower case and without marks. */
const secretKeys = new Set([
  ...["sessiontoken", "secretaccesskey", "secretkey", "securitytoken", "authtoken", "token"],
  ...["authorizationtoken", "accesstoken", "refreshtoken", "idtoken", "bearertoken", "tokencode"],
  ...["password", "masteruserpassword", "newpassword", "oldpassword", "masterpassword"],
  ...["adminpassword", "userpassword", "dbpassword", "passwd", "passphrase", "temporarypassword"],
  ...["secret", "clientsecret", "secretstring", "secretbinary", "sharedsecret", "presharedkey"],
  ...["privatekey", "certificateprivatekey", "sshprivatekey", "keymaterial", "plaintext"],
  ...["apikey", "apikeyvalue", "secrethash", "base32stringseed", "qrcodepng", "samlassertion"],
  ...["webidentitytoken", "codeverifier", "userdata", "xamzsecuritytoken", "xamzsignature"],
  ...["authorization", "connectionstring", "presignedurl"],
]);

/** Whatever stands under these keys somebody else named. */
const secretParents = /^(?:environment|environmentvariables|envvars|headers|cookies)$/;

function isSecretKey(path: readonly string[]): boolean {
  const keys = path.map((key) => key.replaceAll(/[^A-Za-z0-9]/g, "").toLowerCase());
  const last = keys.at(-1) ?? "";
  if (secretKeys.has(last)) return true;
  const parents = keys.slice(0, -1);
  return parents.at(-1) === "variables" || secretParents.test(parents.at(-1) ?? "");
}

/** Each finds what stands before a secret, if that has to be there, and the secret. */
const shapes: readonly RegExp[] = [
  // Session tokens of STS are long, and begin with what they are made of.
  /()\b((?:FwoG|FQoG|IQoJ|AQoD|IQoD)[A-Za-z0-9+/=%]{60,})/g,
  /((?:X-Amz-Signature|X-Amz-Security-Token|Signature|AWSSecretKey)=)([^&\s"'()\\]{8,})/gi,
  /((?:aws_)?(?:secret_access_key|secretaccesskey|session_token|sessiontoken)["']?\s{0,4}[=:]\s{0,4}["']?)([A-Za-z0-9+/=]{16,})/gi,
  /()\b(eyJ[A-Za-z0-9_-]{8,4000}\.eyJ[A-Za-z0-9_-]{8,8000}\.[A-Za-z0-9_-]{8,})/g,
  /()(-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----[A-Za-z0-9+/=\s\\]{16,}(?:-----END [A-Z ]{0,20}PRIVATE KEY-----)?)/g,
  /()\b((?:ghp|gho|ghs|ghu|ghr)_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{30,}|xox[abpr]-[A-Za-z0-9-]{10,})/g,
  /(\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@"']{1,64}:)([^\s/@"']{1,128})(?=@)/gi,
  /(\b(?:[a-z]{1,20}[-_]?)?(?:password|passwd|pwd|passphrase|api[-_]?key|client[-_]?secret)["']?\s{0,4}[=:]\s{0,4}["']?)([^\s"'&,;\\]{4,})/gi,
  /(--?(?:[a-z]{1,20}[-_]){0,3}(?:password|passwd|passphrase|api[-_]?key|client[-_]?secret)\s["']?)([^\s"'&,;\\-][^\s"'&,;\\]{3,})/gi,
  /(\bBearer\s)([A-Za-z0-9._~+/=-]{16,})/g,
];

function redactedText(text: string): string {
  let result = text;
  for (const shape of shapes) {
    result = result.replace(shape, (_, before: string, secret: string) => before + masked(secret));
  }
  return result;
}

/** CloudTrail's own masks, and what was masked before, hide nothing. */
const isMasked = /^(?:\*+|HIDDEN_DUE_TO_SECURITY_REASONS|\[redacted sha256:[0-9a-f]{8}\]|null|)$/;

function masked(secret: string): string {
  if (isMasked.test(secret) || secret.startsWith("[redacted")) return secret;
  return `[redacted sha256:${createHash("sha256").update(secret).digest("hex").slice(0, 8)}]`;
}
