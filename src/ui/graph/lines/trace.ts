import type { Edge } from '../../../layout/types'
import type { Lookups } from '../lookups'

/** The ways of a tensor through what is shown: what it is made from, and what is made from it. */
export interface Trace {
  /** Ids of boxes before it, with the one that makes it. */
  readonly up: ReadonlySet<string>
  /** Ids of boxes after it. */
  readonly down: ReadonlySet<string>
  /** Ids of the edges on the way there, of the tensor itself, and on the way from there. */
  readonly upEdges: ReadonlySet<string>
  readonly ownEdges: ReadonlySet<string>
  readonly downEdges: ReadonlySet<string>
}

/** The way of a tensor that leaves `maker`, up and down; linear in the edges on it. */
export function traceOf(tensor: string, maker: string, { leaving, entering }: Lookups): Trace {
  const own = (leaving.get(maker) ?? []).filter((edge) => edge.tensor === tensor)
  const [up, upEdges] = reach(
    [maker],
    (id) => entering.get(id) ?? [],
    (edge) => edge.from,
  )
  const takers = [...new Set(own.map((edge) => edge.to))]
  const [down, downEdges] = reach(
    takers,
    (id) => leaving.get(id) ?? [],
    (edge) => edge.to,
  )
  return { up, down, upEdges, ownEdges: new Set(own.map((edge) => edge.id)), downEdges }
}

function reach(
  start: readonly string[],
  edgesAt: (id: string) => readonly Edge[],
  next: (edge: Edge) => string,
): [Set<string>, Set<string>] {
  const boxes = new Set(start)
  const edges = new Set<string>()
  // The set grows while it is walked.
  for (const id of boxes) {
    for (const edge of edgesAt(id)) {
      edges.add(edge.id)
      boxes.add(next(edge))
    }
  }
  return [boxes, edges]
}
