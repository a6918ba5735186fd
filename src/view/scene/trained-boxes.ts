import type { Scene } from './types'

/**
 * Ids of the boxes, frames aside, that learn with the head: those of the trunk behind the tensor from which on the network is trained. None
 * where that tensor is inside a folded box.
 * @param lit ids of the boxes that hold something of the trunk
 */
export function trainedBoxes(
  { edges }: Pick<Scene, 'edges'>,
  lit: readonly string[] | null,
  freeze: string | null,
): ReadonlySet<string> {
  const trained = new Set<string>()
  if (freeze === null || lit === null) return trained
  const kept = new Set(lit)
  const takers = new Map<string, string[]>()
  for (const { from, to } of edges) takers.set(from, [...(takers.get(from) ?? []), to])
  const open = edges.filter(({ tensor }) => tensor === freeze).map(({ to }) => to)
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (trained.has(id) || !kept.has(id)) continue
    trained.add(id)
    open.push(...(takers.get(id) ?? []))
  }
  return trained
}
