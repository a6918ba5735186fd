import type { Rule, Rules } from '../tensor'

/** The same rule for several ops. */
export function each(ops: readonly string[], rule: Rule): Rules {
  return Object.fromEntries(ops.map((op) => [op, rule]))
}
