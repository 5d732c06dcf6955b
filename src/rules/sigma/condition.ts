/**
 * Conditions of Sigma: `selection and not 1 of filter_*`. `not` binds before `and`, `and` before `or`.
 */

import { every, not, some } from "../../query/build.ts";
import type { Filter } from "../../query/filter.ts";
import { fail, partOf, suggestion, type TextNode } from "../node.ts";

/** The selections by name, in the order of the file. */
export type Selections = ReadonlyMap<string, Filter>;

export function parseCondition(node: TextNode, selections: Selections): Filter {
  return new Parser(node, selections).whole();
}

const maxDepth = 100;
const quantifiers: Readonly<Record<string, "every" | "some">> = {
  "1": "some",
  any: "some",
  all: "every",
};

class Parser {
  readonly #node: TextNode;
  readonly #selections: Selections;
  readonly #tokens: readonly string[];
  /** Where each token begins in the text. */
  readonly #offsets: readonly number[];
  #at = 0;
  #depth = 0;

  constructor(node: TextNode, selections: Selections) {
    this.#node = node;
    this.#selections = selections;
    if (node.text.includes("|")) {
      fail(
        partOf(node, node.text.indexOf("|")),
        'condition: aggregations after "|" are no longer part of Sigma; write a correlation',
      );
    }
    const found = [...node.text.matchAll(/[()]|[^\s()]+/g)];
    this.#tokens = found.map(([text]) => text);
    this.#offsets = found.map(({ index }) => index);
  }

  whole(): Filter {
    const filter = this.#alternatives();
    const left = this.#tokens[this.#at];
    if (left !== undefined) this.#fail(`expected "and", "or" or the end, not "${left}"`, this.#at);
    return filter;
  }

  #alternatives(): Filter {
    const filters = [this.#conjunction()];
    while (this.#take("or")) filters.push(this.#conjunction());
    return filters.length === 1 && filters[0] ? filters[0] : some(filters);
  }

  #conjunction(): Filter {
    const filters = [this.#factor()];
    while (this.#take("and")) filters.push(this.#factor());
    return filters.length === 1 && filters[0] ? filters[0] : every(filters);
  }

  #factor(): Filter {
    if (++this.#depth > maxDepth) this.#fail(`nested more than ${maxDepth} deep`);
    const filter = this.#nested();
    this.#depth -= 1;
    return filter;
  }

  #nested(): Filter {
    if (this.#take("not")) return not(this.#factor());
    if (this.#take("(")) {
      const filter = this.#alternatives();
      if (!this.#take(")")) this.#fail('expected "and", "or" or ")"');
      return filter;
    }
    const name = this.#tokens[this.#at];
    if (name === undefined) return this.#fail("expected the name of a selection");
    this.#at += 1;
    const quantifier = quantifiers[name.toLowerCase()];
    if (quantifier !== undefined && this.#take("of")) {
      return { kind: quantifier, filters: this.#selected() };
    }
    return this.#selection(name);
  }

  #selection(name: string): Filter {
    const known = this.#selections.get(name);
    if (known !== undefined) return known;
    if (/^\d+$/.test(name)) {
      this.#fail(`"${name} of" is not part of Sigma: there is 1 of, any of and all of`);
    }
    return this.#fail(`no selection is called "${name}"; ${this.#known(name)}`);
  }

  /** What `them` or a pattern stands for: names that begin with `_` are only used by name. */
  #selected(): readonly Filter[] {
    const pattern = this.#tokens[this.#at];
    if (pattern === undefined) return this.#fail('expected "them" or a pattern after "of"');
    this.#at += 1;
    const fits = pattern.toLowerCase() === "them" ? /^(?!_)/ : asRegex(pattern);
    const chosen = [...this.#selections].flatMap(([name, filter]) =>
      fits.test(name) ? [filter] : [],
    );
    if (chosen.length === 0) {
      this.#fail(`no selection is called like "${pattern}"; ${this.#known(pattern)}`);
    }
    return chosen;
  }

  #known(name: string): string {
    return suggestion(name, [...this.#selections.keys()]);
  }

  #take(word: string): boolean {
    const met = this.#tokens[this.#at]?.toLowerCase() === word;
    if (met) this.#at += 1;
    return met;
  }

  /** At the last token that was taken, if no other is named. */
  #fail(problem: string, token = this.#at - 1): never {
    return fail(partOf(this.#node, this.#offsets[token] ?? 0), `condition: ${problem}`);
  }
}

function asRegex(pattern: string): RegExp {
  const parts = pattern.split("*").map((part) => part.replace(/[\\^$.+?()[\]{}|]/g, "\\$&"));
  return new RegExp(`^${pattern.startsWith("_") ? "" : "(?!_)"}${parts.join("[^]*")}$`);
}
