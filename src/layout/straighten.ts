import { isPort, type Crossing } from './crossings'
import type { Child, Placement } from './placement'

/**
 * Moves an item that stands alone in its rank to where the tensors enter or leave the unfolded group next to it, so that
 * the line between them is straight; dagre only knows the group's middle.
 */
export function straighten(
  placement: Placement,
  children: readonly Child[],
  crossings: readonly Crossing[],
): Placement {
  const byId = new Map(children.map((child) => [child.id, child]))
  const centres = new Map(placement.centres)
  const crowd = new Map<number, number>()
  const count = (y: number) => crowd.set(Math.round(y), (crowd.get(Math.round(y)) ?? 0) + 1)
  for (const { y } of centres.values()) count(y)
  for (const bends of placement.bends.values()) for (const { y } of bends) count(y)

  const wishes = new Map<string, number[]>()
  const wish = (id: string, frame: string, x: number | undefined) => {
    const child = byId.get(frame)
    const centre = centres.get(frame)
    if (!child || !centre || x === undefined || byId.get(id)?.entries) return
    wishes.set(id, [...(wishes.get(id) ?? []), centre.x - child.width / 2 + x])
  }
  for (const { tensor, from, to } of crossings) {
    wish(from, to, byId.get(to)?.entries?.get(tensor))
    wish(to, from, byId.get(from)?.exits?.get(tensor))
  }
  for (const [id, wished] of wishes) {
    const centre = centres.get(id)
    if (!centre || isPort(id) || crowd.get(Math.round(centre.y)) !== 1) continue
    centres.set(id, { ...centre, x: wished.reduce((sum, x) => sum + x, 0) / wished.length })
  }
  return { centres, bends: placement.bends }
}
