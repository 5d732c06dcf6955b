/**
 * A human answer is blocks with a blank line between them: words, sections, hints, basis.
 */

/** Joins the blocks in order; those that turn out empty leave no gap. */
export async function* separated(
  blocks: readonly (Iterable<string> | AsyncIterable<string>)[],
): AsyncIterable<string> {
  let between = "";
  for (const block of blocks) {
    let gap = between;
    for await (const piece of block) {
      yield gap + piece;
      gap = "";
      between = "\n";
    }
  }
}
