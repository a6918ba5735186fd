import { opTitle } from '../graph/titles'
import type { GraphNode } from '../graph/types'
import { move, type Draft } from './group-draft'

const callTitles: Partial<Record<string, string>> = {
  If: 'If',
  StatelessIf: 'If',
  Case: 'Case',
  StatelessCase: 'Case',
  While: 'While loop',
  StatelessWhile: 'While loop',
  For: 'For loop',
}

const bodyTitles: Partial<Record<string, string>> = {
  then_branch: 'Then',
  else_branch: 'Else',
  cond: 'Condition',
  body: 'Body',
}

/**
 * The scopes of nodes that call functions, which hold the functions' bodies, say what they are and take the calling
 * node in, as the last thing there.
 */
export function placeCalls(draft: Draft): void {
  for (const item of draft.nodes.values()) {
    const group = draft.scopes.get(item.name)
    if (!group || group.size === 0) continue
    const node = draft.index.nodes.get(item.name)
    const called = node ? functionsOf(node) : []
    if (!node || called.length === 0) continue
    group.look = 'function'
    group.title = callTitles[node.op] ?? callTitle(node, called[0].name)
    for (const path of draft.tree.get(item.name)?.scopes ?? []) {
      const inner = draft.scopes.get(path)
      const name = path.slice(item.name.length + 1)
      if (!inner || !called.some(({ attribute }) => isBodyOf(name, attribute))) continue
      inner.look = 'function'
      inner.title = bodyTitles[name] ?? null
    }
    // The group around it holds it now through the group.
    const { parent } = item
    move(item, group, parent)
  }
}

const isBodyOf = (name: string, attribute: string): boolean =>
  name === attribute || (name.startsWith(attribute) && /^_?\d+$/.test(name.slice(attribute.length)))

function callTitle(node: GraphNode, called: string): string {
  return node.op.endsWith('PartitionedCall') ? `Function ${called}` : opTitle(node)
}

function functionsOf(node: GraphNode): { attribute: string; name: string }[] {
  return Object.entries(node.attributes).flatMap(([attribute, value]) => {
    const values = value?.kind === 'list' ? value.items : [value]
    return values.flatMap((one) => (one?.kind === 'function' ? [{ attribute, name: one.name }] : []))
  })
}
