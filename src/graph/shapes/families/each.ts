import type { ShapeRule, Rules } from '../tensor'

/** The same rule for several ops. */
export function each(ops: readonly string[], rule: ShapeRule): Rules {
  return Object.fromEntries(ops.map((op) => [op, rule]))
}
