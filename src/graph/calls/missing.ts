import { opOf } from '../ops'
import type { FunctionGraph, GraphNode } from '../types'

/** The attributes by which conditions and loops name their functions. */
const roles = new Map([
  ['If', ['then_branch', 'else_branch']],
  ['While', ['cond', 'body']],
])

/** The functions that a node runs, by the attribute that names them; a name is null where the attribute is not there. */
function functionsRun(node: GraphNode): readonly { readonly role: string; readonly name: string | null }[] {
  const op = opOf(node.op)?.calls ? node.op.replace(/^Stateless/, '') : node.op
  return (roles.get(op) ?? []).map((role) => {
    const attribute = node.attributes[role]
    return { role, name: attribute?.kind === 'function' ? attribute.name : null }
  })
}

/**
 * Tells of a node why it cannot be run, where a function is missing: one that it names, or one that those name, is not among
 * `functions`. Null for any other node. Each function is looked at once.
 */
export function missingFunction(functions: readonly FunctionGraph[]): (node: GraphNode) => string | null {
  const byName = new Map(functions.map((one) => [one.name, one]))
  const reasons = new Map<string, string | null>()
  const asked = (node: GraphNode): string | null => {
    for (const { role, name } of functionsRun(node)) {
      const reason = name === null ? `it names no function as its ${role}` : ofFunction(name)
      if (reason !== null) return reason
    }
    return null
  }
  const ofFunction = (start: string): string | null => {
    const known = reasons.get(start)
    if (known !== undefined) return known
    const seen = new Set([start])
    // Those that are found are looked at in turn.
    for (const name of seen) {
      const body = byName.get(name)
      const reason = body ? null : `it calls the function “${name}”, which the file does not hold`
      if (reason !== null) {
        reasons.set(start, reason)
        return reason
      }
      for (const node of body?.nodes ?? []) {
        for (const { name: inner } of functionsRun(node)) if (inner !== null) seen.add(inner)
      }
    }
    reasons.set(start, null)
    return null
  }
  return asked
}
