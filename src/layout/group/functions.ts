import { opTitle } from '../../graph/op-tables/titles'
import type { GraphNode } from '../../graph/types'
import { move, type Draft } from './draft'
import type { Group, NodeItem } from './grouping'

const callTitles: Partial<Record<string, string>> = {
  If: 'If',
  StatelessIf: 'If',
  Case: 'Case',
  StatelessCase: 'Case',
  While: 'While loop',
  StatelessWhile: 'While loop',
}

const bodyTitles: Partial<Record<string, string>> = {
  then_branch: 'Then',
  else_branch: 'Else',
  cond: 'Condition',
  body: 'Body',
}

/**
 * Of nodes that call functions: the scope of that name, in which the functions' bodies stand (see `withBodies`), says what
 * it is and takes the calling node in. The body of a plain call is that scope's own inside; others are groups in it.
 */
export function placeCalls(draft: Draft): void {
  const functions = new Set(draft.index.graph.functions.map(({ name }) => name))
  if (functions.size === 0) return
  for (const item of draft.nodes.values()) {
    const group = draft.scopes.get(item.name)
    const node = draft.index.graph.nodes[item.position]
    const bodies = group ? bodiesOf(node, functions) : []
    const scopes = (draft.tree.get(item.name)?.scopes ?? []).filter((path) =>
      bodies.some(({ label }) => path === `${item.name}/${label}`),
    )
    if (!group || scopes.length === 0) continue
    group.look = 'function'
    group.title = callTitles[item.op] ?? callTitle(node, bodies[0].name)
    // The group around it holds it now through the group.
    move(item, group, item.parent)
    if (scopes.length === 1 && !(item.op in callTitles)) unwrap(draft, scopes[0], group)
    else for (const path of scopes) name(draft, path, item)
  }
}

/** A body that is a group of its own. */
function name({ scopes }: Draft, path: string, call: NodeItem): void {
  const group = scopes.get(path)
  if (!group) return
  group.look = 'function'
  group.title = bodyTitles[path.slice(call.name.length + 1)] ?? null
}

/** Moves all that stands in a scope into the group around it. */
function unwrap(draft: Draft, path: string, into: Group): void {
  const scope = draft.tree.get(path)
  const group = draft.scopes.get(path)
  if (!scope || !group) return
  for (const name of scope.nodes) {
    const item = draft.nodes.get(name)
    if (item) item.parent = into
  }
  for (const inner of scope.scopes) {
    const around = draft.scopes.get(inner)
    if (around) around.parent = into
  }
  group.size = 0
  draft.scopeOf.set(into, path)
}

function callTitle(node: GraphNode, called: string): string {
  return node.op.endsWith('PartitionedCall') || node.op === called ? `Function ${called}` : opTitle(node)
}

/** The functions a node may run, with what their bodies' scopes are called. */
function bodiesOf(node: GraphNode, functions: ReadonlySet<string>): { label: string; name: string }[] {
  // Old graphs name the function as the op.
  if (functions.has(node.op)) return [{ label: node.op, name: node.op }]
  return Object.entries(node.attributes).flatMap(([attribute, value]) => {
    if (value?.kind === 'function') {
      return [attribute, value.name].map((label) => ({ label, name: value.name }))
    }
    if (value?.kind !== 'list') return []
    return value.items.flatMap((one, i) =>
      one.kind === 'function' ? [{ label: `${attribute}_${i}`, name: one.name }] : [],
    )
  })
}
