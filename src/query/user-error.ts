/**
 * The user's mistake: a flag, an expression or a file that cannot be meant so.
 *
 * The message names the flag or file and says what to do next. Thrown anywhere, caught once in
 * `cli/`, where it becomes a line on stderr and exit status 2.
 */
export class UserError extends Error {
  override readonly name = "UserError";
}
