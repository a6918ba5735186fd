import type { Crossing } from './crossings'
import type { Child, Placement } from './placement'

/**
 * Moves an item that stands alone in its rank to where the tensors enter or leave the unfolded group next to it, and the
 * chain of such items before or after it along, so that the lines are straight; dagre only knows the group's middle.
 */
export function straighten(
  placement: Placement,
  children: readonly Child[],
  crossings: readonly Crossing[],
): Placement {
  const byId = new Map(children.map((child) => [child.id, child]))
  const centres = new Map(placement.centres)
  const alone = standingAlone(placement)
  const before = neighbours(crossings, 'to', 'from')
  const after = neighbours(crossings, 'from', 'to')
  const moved = new Set<string>()

  const move = (id: string, x: number): void => {
    const centre = centres.get(id)
    if (!centre || moved.has(id) || !alone.has(id) || byId.get(id)?.entries) return
    moved.add(id)
    centres.set(id, { x, y: centre.y })
    for (const next of only(before.get(id))) if (only(after.get(next)).includes(id)) move(next, x)
    for (const next of only(after.get(id))) if (only(before.get(next)).includes(id)) move(next, x)
  }
  for (const { tensor, from, to } of crossings) {
    const [source, target] = [byId.get(from), byId.get(to)]
    const entry = target?.entries?.get(tensor)
    const exit = source?.exits?.get(tensor)
    if (target && entry !== undefined) move(from, (centres.get(to)?.x ?? 0) - target.width / 2 + entry)
    if (source && exit !== undefined) move(to, (centres.get(from)?.x ?? 0) - source.width / 2 + exit)
  }
  return { centres, bends: placement.bends }
}

/** Items with nothing beside them, neither another item nor a line that passes. */
function standingAlone({ centres, bends }: Placement): Set<string> {
  const crowd = new Map<number, number>()
  const points = [...centres.values(), ...[...bends.values()].flat()]
  for (const { y } of points) crowd.set(Math.round(y), (crowd.get(Math.round(y)) ?? 0) + 1)
  return new Set([...centres].flatMap(([id, { y }]) => (crowd.get(Math.round(y)) === 1 ? [id] : [])))
}

type End = 'from' | 'to'

function neighbours(crossings: readonly Crossing[], of: End, what: End): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>()
  for (const crossing of crossings) {
    const known = found.get(crossing[of])
    if (known) known.add(crossing[what])
    else found.set(crossing[of], new Set([crossing[what]]))
  }
  return found
}

/** The one member of a set that has one. */
function only(ids: ReadonlySet<string> | undefined): string[] {
  return ids?.size === 1 ? [...ids] : []
}
