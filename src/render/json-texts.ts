/**
 * The texts in a document of JSON, changed where they stand: everything else keeps its bytes, numbers of
 * any length among them.
 */

/** The path holds the keys above a text; of an array, the key of the array. */
export type ChangeText = (text: string, path: readonly string[]) => string;

/** What is no JSON up to its end is changed as far as it is; the rest is one text. */
export function mapTexts(json: string, change: ChangeText): string {
  const parts: string[] = [];
  /** For each object or array around: its own key, and the key at hand if it is an object. */
  const around: { readonly isObject: boolean; key: string | undefined }[] = [];
  let awaitsKey = false;
  const path = () => around.flatMap(({ key }) => (key === undefined ? [] : [key]));
  let at = 0;
  let copied = 0;
  while (at < json.length) {
    const character = json[at];
    if (character === '"') {
      const end = endOfText(json, at);
      const text = end === undefined ? undefined : parsedText(json.slice(at, end));
      if (end === undefined || text === undefined) {
        return parts.join("") + json.slice(copied, at) + change(json.slice(at), path());
      }
      const [inner] = around.slice(-1);
      if (awaitsKey && inner?.isObject) {
        inner.key = text;
        awaitsKey = false;
      } else {
        const changed = change(text, path());
        if (changed !== text) {
          parts.push(json.slice(copied, at), JSON.stringify(changed));
          copied = end;
        }
      }
      at = end;
      continue;
    }
    if (character === "{" || character === "[") {
      around.push({ isObject: character === "{", key: undefined });
      awaitsKey = character === "{";
    } else if (character === "}" || character === "]") {
      around.pop();
      awaitsKey = false;
    } else if (character === ",") awaitsKey = around.at(-1)?.isObject === true;
    at += 1;
  }
  return parts.join("") + json.slice(copied);
}

function endOfText(json: string, from: number): number | undefined {
  for (let at = from + 1; at < json.length; at += 1) {
    if (json[at] === "\\") at += 1;
    else if (json[at] === '"') return at + 1;
  }
  return undefined;
}

function parsedText(text: string): string | undefined {
  try {
    return JSON.parse(text) as string;
  } catch {
    return undefined;
  }
}
