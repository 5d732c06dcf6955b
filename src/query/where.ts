/**
 * `--where`: a boolean expression over fields and paths, as a filter.
 *
 *     eventName = 'Delete*' and not (user in (maria, ci-*) or ip = 10.0.0.0/8)
 *     exists requestParameters."x-amz-acl" && requestParameters.maxItems >= 100
 *
 * `not` binds before `and`, `and` before `or`; `!`, `&&` and `||` are the same. A single bare name of
 * the catalogue, or of a flag without its hyphens, is that field; `resource` is what an event mentions;
 * any other name, everything dotted and everything quoted is a path in the record. A value is a bare
 * word or quoted, in which case a backslash takes the quote as it is. Whatever the text, the outcome
 * is a filter or a `UserError` that shows the place.
 */

import { fields } from "../event/fields.ts";
import { foldCase } from "../event/fold-case.ts";
import { quantityOf } from "./compare.ts";
import type { Filter, Subject } from "./filter.ts";
import { parsePattern } from "./pattern.ts";
import { resourceTerm } from "./resource.ts";
import { fieldNamed, lackOf } from "./subject.ts";
import { fieldTerm, joined, pathTerm } from "./term.ts";
import { UserError } from "./user-error.ts";

export function parseWhere(text: string): Filter {
  return new Parser(text).whole();
}

type Order = Exclude<Extract<Filter, { kind: "compare" }>["operator"], "=">;
type Named = Subject | { readonly kind: "resource" };

interface Value {
  readonly text: string;
  readonly at: number;
}

const maxDepth = 100;
const space = /\s*/y;
const key = /[^\s.()[\],"'=!<>~&|]+/y;
const word = /[^\s()[\],"'=!<>~&|]+/y;
const quoted = /(["'])((?:\\.|(?!\1)[^\\])*)\1/sy;
const operator = /!=|=~|<=|>=|[=<>]/y;
const keywords: readonly string[] = ["and", "or", "not", "in", "exists"];

/** Recursive descent; each method takes what it names, or says what it expected. */
class Parser {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): Filter {
    const filter = this.#alternatives();
    if (this.#at < this.#text.length) this.#fail('expected "and", "or" or the end');
    return filter;
  }

  #alternatives(): Filter {
    const filters = [this.#conjunction()];
    while (this.#symbol("||") || this.#keyword("or")) filters.push(this.#conjunction());
    return joined("some", filters);
  }

  #conjunction(): Filter {
    const filters = [this.#factor()];
    while (this.#symbol("&&") || this.#keyword("and")) filters.push(this.#factor());
    return joined("every", filters);
  }

  #factor(): Filter {
    if (++this.#depth > maxDepth) this.#fail(`nested more than ${maxDepth} deep`);
    const filter = this.#nested();
    this.#depth--;
    return filter;
  }

  #nested(): Filter {
    if (this.#symbol("!") || this.#keyword("not")) return { kind: "not", filter: this.#factor() };
    if (!this.#symbol("(")) return this.#test();
    const filter = this.#alternatives();
    if (!this.#symbol(")")) this.#fail('expected "and", "or" or ")"');
    return filter;
  }

  #test(): Filter {
    if (this.#keyword("exists")) {
      const isCall = this.#symbol("(");
      const filter = this.#exists(this.#subject());
      if (isCall && !this.#symbol(")")) this.#fail('expected ")"');
      return filter;
    }
    const subject = this.#subject();
    const negated = this.#keyword("not");
    const filter = this.#membership(subject);
    if (filter !== undefined) return negated ? { kind: "not", filter } : filter;
    if (negated) this.#fail('expected "in" or "exists" after "not"');
    return this.#comparison(subject);
  }

  #membership(subject: Named): Filter | undefined {
    if (this.#keyword("exists")) return this.#exists(subject);
    if (!this.#keyword("in")) return undefined;
    if (!this.#symbol("(")) this.#fail('expected "(" after "in"');
    const filters: Filter[] = [];
    do filters.push(this.#equals(subject, this.#value(filters.length === 0 ? "(" : ",")));
    while (this.#symbol(","));
    if (!this.#symbol(")")) this.#fail('expected "," or ")"');
    return joined("some", filters);
  }

  #exists(subject: Named): Filter {
    return { kind: "exists", subject: this.#inRecord(subject) };
  }

  #comparison(subject: Named): Filter {
    const sign = this.#take(operator)?.[0];
    switch (sign) {
      case "=":
        return this.#equals(subject, this.#value(sign));
      case "!=":
        return { kind: "not", filter: this.#equals(subject, this.#value(sign)) };
      case "=~":
        return this.#matching(this.#inRecord(subject), this.#value(sign));
      case "<":
      case "<=":
      case ">":
      case ">=":
        return this.#ordered(this.#inRecord(subject), sign, this.#value(sign));
      default:
        return this.#fail("expected =, !=, =~, <, <=, >, >=, in or exists");
    }
  }

  #equals(subject: Named, { text, at }: Value): Filter {
    switch (subject.kind) {
      case "resource":
        return resourceTerm(text);
      case "path":
        return pathTerm(subject.path, text);
      case "field":
        return fieldTerm(subject.field, text, {
          toPattern: parsePattern,
          reject: (problem) => this.#fail(problem, at),
        });
    }
  }

  #matching(subject: Subject, { text: source }: Value): Filter {
    return { kind: "text", subject, pattern: { kind: "regex", source } };
  }

  #ordered(subject: Subject, order: Order, { text, at }: Value): Filter {
    const quantity = quantityOf(text);
    if (subject.kind === "field" && fields[subject.field].type === "time") {
      if (quantity?.kind !== "time") this.#fail("expected a time: 2026-11-05T09:00:00Z", at);
      return timeFilter(order, quantity.amount);
    }
    if (quantity === undefined) this.#fail("expected a number or a time: 2026-11-05T09:00:00Z", at);
    return { kind: "compare", subject, operator: order, value: text };
  }

  #inRecord(subject: Named): Subject {
    if (subject.kind !== "resource") return subject;
    return this.#fail('"resource" can only be tested with =, != and in');
  }

  #subject(): Named {
    this.#skipSpace();
    const at = this.#at;
    const name = this.#peek(word);
    if (isKeyword(name)) this.#fail("expected a field or a path");
    const path = this.#path();
    const only = path.length === 1 ? path[0] : undefined;
    const named = name !== undefined && name === only ? subjectNamed(name) : undefined;
    const lack = named?.kind === "field" ? lackOf(named.field) : undefined;
    if (lack !== undefined) this.#fail(lack, at);
    return named ?? { kind: "path", path };
  }

  #path(): readonly string[] {
    const path = [this.#key("expected a field or a path")];
    for (;;) {
      if (this.#next(".")) {
        path.push(this.#key('expected a key after "."'));
      } else if (this.#next("[")) {
        const content = this.#quoted();
        if (content === undefined || !this.#next("]")) {
          this.#fail(
            'expected a quoted key and "]" (lists need no index: all they hold is tested)',
          );
        }
        path.push(unescaped(content));
      } else {
        return path;
      }
    }
  }

  #key(expected: string): string {
    const content = this.#quoted();
    if (content !== undefined) return unescaped(content);
    return this.#take(key)?.[0] ?? this.#fail(expected);
  }

  #value(after: string): Value {
    this.#skipSpace();
    const at = this.#at;
    const content = this.#quoted();
    if (content !== undefined) return { text: withQuotes(content), at };
    const text = this.#peek(word);
    if (text === undefined) return this.#fail(`expected a value after "${after}"`);
    if (isKeyword(text)) this.#fail(`expected a value: "${text}" needs quotes to be one`);
    this.#take(word);
    return { text, at };
  }

  /** What stands between the quotes, backslashes included. */
  #quoted(): string | undefined {
    const content = this.#take(quoted)?.[2];
    if (content === undefined && /["']/.test(this.#text.charAt(this.#at))) {
      this.#fail("this quote is not closed");
    }
    return content;
  }

  #keyword(name: string): boolean {
    this.#skipSpace();
    const text = this.#peek(word);
    const met = text !== undefined && foldCase(text) === name;
    if (met) this.#take(word);
    return met;
  }

  #symbol(symbol: string): boolean {
    this.#skipSpace();
    return this.#next(symbol);
  }

  #next(symbol: string): boolean {
    const met = this.#text.startsWith(symbol, this.#at);
    if (met) this.#at += symbol.length;
    return met;
  }

  #skipSpace(): void {
    this.#take(space);
  }

  #peek(token: RegExp): string | undefined {
    token.lastIndex = this.#at;
    return token.exec(this.#text)?.[0];
  }

  #take(token: RegExp): RegExpExecArray | undefined {
    token.lastIndex = this.#at;
    const match = token.exec(this.#text) ?? undefined;
    this.#at += match?.[0].length ?? 0;
    return match;
  }

  #fail(problem: string, at = this.#at): never {
    const line = this.#text.replace(/\p{Cc}/gu, " ");
    throw new UserError(`--where: ${problem}\n  ${line}\n  ${" ".repeat(at)}^`);
  }
}

/** Times are whole milliseconds, so the next one is where "after" begins. */
function timeFilter(order: Order, time: number): Filter {
  switch (order) {
    case "<":
      return { kind: "time", until: time };
    case "<=":
      return { kind: "time", until: time + 1 };
    case ">":
      return { kind: "time", from: time + 1 };
    case ">=":
      return { kind: "time", from: time };
  }
}

function subjectNamed(name: string): Named | undefined {
  if (foldCase(name) === "resource") return { kind: "resource" };
  const field = fieldNamed(name);
  return field && { kind: "field", field };
}

function isKeyword(text: string | undefined): boolean {
  return text !== undefined && keywords.includes(foldCase(text));
}

function unescaped(content: string): string {
  return content.replace(/\\(.)/gs, "$1");
}

/** Other backslashes stay: they are the pattern's. */
function withQuotes(content: string): string {
  return content.replace(/\\(.)/gs, (pair, taken) => (/["']/.test(taken) ? taken : pair));
}
