import { baseName, scopeOf, splitTensor } from '../lookup/names'
import { scopesOf } from '../lookup/scopes'
import type { GraphNode } from '../types'
import { uniqueName } from '../lookup/unique-name'

/**
 * Where the constants that stand for `variables` are to be called otherwise: a variable whose scope holds nothing but
 * variables moves to the scope that all its readers share, `model/conv/Conv2D/ReadVariableOp` counting as `model/conv`.
 */
export function constantNames(
  nodes: readonly GraphNode[],
  variables: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const readers = new Map<string, string[]>()
  const reading = new Set<string>()
  for (const node of nodes) {
    for (const tensor of node.inputs) {
      const { node: name } = splitTensor(tensor)
      if (!variables.has(name)) continue
      readers.set(name, [...(readers.get(name) ?? []), node.name])
      if (node.op === 'ReadVariableOp') reading.add(node.name)
    }
  }
  const taken = new Set(nodes.map((node) => node.name))
  const busy = new Set<string>()
  for (const { name } of nodes) {
    if (!variables.has(name) && !reading.has(name)) for (const scope of scopesOf(name)) busy.add(scope)
  }
  const names = new Map<string, string>()
  for (const variable of variables) {
    const scopes = (readers.get(variable) ?? []).map((name) => (reading.has(name) ? scopeOf(name) : name))
    const own = scopeOf(variable)
    if (scopes.length === 0 || (own !== '' && busy.has(own))) continue
    // A node's own name is no scope to stand in, and neither is one that only what reads variables stands in.
    let scope = scopes.reduce(commonScope)
    while (scope !== '' && (taken.has(scope) || !busy.has(scope))) scope = scopeOf(scope)
    if (scope === own) continue
    const base = baseName(variable).replace(/_\d+$/, '')
    const name = uniqueName(scope === '' ? base : `${scope}/${base}`, (known) => taken.has(known))
    taken.add(name)
    names.set(variable, name)
  }
  return names
}

/** The innermost scope around both, either of which may be it. */
function commonScope(a: string, b: string): string {
  let scope = a
  while (scope !== '' && scope !== b && !b.startsWith(`${scope}/`)) scope = scopeOf(scope)
  return scope
}
