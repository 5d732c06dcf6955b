/**
 * What people write for a resource, and what events call it: links of browsers and consoles, `s3://`
 * addresses, keys as notifications and access logs encode them, names as DNS writes them.
 *
 * Texts in and out are patterns: `*` and `?` are globs unless a backslash stands before them.
 */

import { withoutOctals } from "../event/mention.ts";

/** The name or ARN in events, by the most usual reading first; the others are what it may mean as well. */
export function readingsOf(written: string): readonly [string, ...string[]] {
  const { first, others } = linked(written) ?? addressed(written);
  return [first, ...new Set(others.filter((one) => one !== first))];
}

interface Readings {
  readonly first: string;
  readonly others: readonly string[];
}

const s3Address = /^s3:\/\/(.+)$/is;
/** The bucket is in the host's name or the first part of the path; what follows `?` is no glob here. */
const s3Url =
  /^(?:https?:\/\/)?(?:([^/]+)\.)?s3[.-](?:[a-z\d-]+\.)*amazonaws\.com(?:\.cn)?(?:\/([^?#]*).*)?$/is;
const queueUrl = /^https?:\/\/sqs\.([a-z\d-]+)\.amazonaws\.com(?:\.cn)?\/(\d{12})\/([^/?#]+)$/is;
/** As Route 53 answers it; its calls are logged without what goes before the id. */
const hostedZone = /^\/?hostedzone\/(Z[A-Z\d]+)$/;
const imageHost = /^\d{12}\.dkr\.ecr\.[a-z\d-]+\.amazonaws\.com(?:\.cn)?\/(.+)$/i;
const host = /^((?:[\w-]+|\\?\*)(?:\.[\w-]+)+)\.$/;

function addressed(written: string): Readings {
  const name = s3Address.exec(written)?.[1];
  if (name !== undefined) return ofKey(written, name, objectArn);
  const image = imageHost.exec(written)?.[1];
  if (image !== undefined) return { first: image, others: [] };
  if (!isEncoded(written)) return { first: plainHost(written), others: [] };
  return ofKey(written, written, (key) => key);
}

/** As it is written first, for a key may hold a `%` or a `+`. */
function ofKey(written: string, key: string, named: (key: string) => string): Readings {
  const isGlob = /(?<!\\)[*?]/.test(written);
  const decodings = isGlob ? [] : decodingsOf(key.replace(/\\([*?\\])/g, "$1")).map(literally);
  return { first: named(key), others: decodings.map(named) };
}

/** Objects named by a link, and whatever else a page of the console shows. */
function linked(written: string): Readings | undefined {
  const [, region, account, queue] = queueUrl.exec(written) ?? [];
  if (queue !== undefined) return only(`arn:aws:sqs:${region}:${account}:${queue}`);
  const zone = hostedZone.exec(written)?.[1];
  if (zone !== undefined) return only(`arn:aws:route53:::hostedzone/${zone}`);
  const [, bucket, path = ""] = s3Url.exec(written) ?? [];
  if (bucket !== undefined || path !== "") {
    const inBucket = (key: string) => objectArn([bucket, key].filter(Boolean).join("/"));
    const others = [decodedForm(path), path, ...decodingsOf(decoded(path))].map(literally);
    return { first: inBucket(literally(decoded(path))), others: others.map(inBucket) };
  }
  return consolePage(written);
}

function only(first: string): Readings {
  return { first, others: [] };
}

const consoleHost =
  /^https?:\/\/(?:[\w-]+\.)*console\.(?:aws\.amazon\.com|amazonaws\.cn|amazonaws-us-gov\.com)\//i;

function consolePage(written: string): Readings | undefined {
  if (!consoleHost.test(written) || !URL.canParse(written)) return undefined;
  const { pathname, search, hash } = new URL(written);
  const [, kind, bucket, inPath = ""] =
    /^\/s3\/(object|buckets?)\/([^/]+)(?:\/(.+))?$/.exec(pathname) ?? [];
  if (bucket !== undefined) {
    const key = /[?&](?:prefix|key)=([^&]*)/.exec(search)?.[1] ?? (kind === "object" ? inPath : "");
    const named = [decodedForm(key), decoded(key), key].map((one) =>
      objectArn(literally([bucket, one].filter(Boolean).join("/"))),
    );
    const [first = written, ...others] = named;
    return { first, others };
  }
  const shown =
    /[?:;&,](?:\w*(?:Id|Name|Arn)|id|name|arn)=([^;&,/]+)/.exec(hash)?.[1] ??
    /^#\/?(?:[\w-]+\/)?[\w-]+s\/(?:details\/)?([^/?]+)/.exec(hash)?.[1];
  return shown === undefined ? undefined : only(literally(decoded(shown)));
}

function objectArn(object: string): string {
  return `arn:aws:s3:::${object.replace(/^([^/]*)\/$/, "$1")}`;
}

/** A host has no dot at its end in most places, and its `*` is no glob where it is written `\052`. */
function plainHost(written: string): string {
  const plain = withoutOctals(written);
  const name = plain === written ? written : literally(plain);
  return name.replace(host, "$1");
}

function isEncoded(text: string): boolean {
  return /%[\da-f]{2}|\+/i.test(text) && !/^(?:\+?\d+|[^\s/@]+@[^\s/@]+)$/.test(text);
}

/** Percent-encoded, form-encoded (a space is `+`), and each of them twice, as access logs have it. */
function decodingsOf(text: string): readonly string[] {
  if (!isEncoded(text)) return [];
  const once = [decoded(text), decodedForm(text)];
  return [...once, ...once.map(decoded), decodedForm(decodedForm(text))].filter(
    (one) => one !== text,
  );
}

function decodedForm(text: string): string {
  return decoded(text.replaceAll("+", " "));
}

/** What is no encoding stays. */
function decoded(text: string): string {
  return text.replace(/(?:%[\da-f]{2})+/gi, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run;
    }
  });
}

function literally(text: string): string {
  return text.replace(/[\\*?]/g, "\\$&");
}
