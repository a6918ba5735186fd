import type { Link } from './order'
import type { Point } from './types'

/** Something to be placed. */
export interface Placed {
  readonly id: string
  readonly width: number
  readonly height: number
}

/** An item of a group; for an unfolded group also where tensors enter and leave it, from its left side. */
export interface Child extends Placed {
  readonly entries?: ReadonlyMap<string, number>
  readonly exits?: ReadonlyMap<string, number>
}

export interface Placement {
  /** Centres by id. */
  readonly centres: ReadonlyMap<string, Point>
  /** For a link that passes ranks between its ends (by `linkKey`): where it passes them, in order. */
  readonly bends: ReadonlyMap<string, readonly Point[]>
}

/** What is to be placed: things and links, and which of the things stand on the upper and lower border. */
export interface PlacementTask {
  readonly items: readonly Placed[]
  /** One for each pair at most. */
  readonly links: readonly Link[]
  readonly upper: ReadonlySet<string>
  readonly lower: ReadonlySet<string>
}

export const linkKey = ({ from, to }: Link): string => `${from}\n${to}`

/** Ranks by longest path: 0 for what depends on nothing. Links that close a circle, against `order`, do not count. */
export function longestPathRanks(order: readonly string[], links: readonly Link[]): Map<string, number> {
  const position = new Map(order.map((id, i) => [id, i]))
  const rank = new Map(order.map((id) => [id, 0]))
  const outgoing = new Map<string, string[]>()
  for (const { from, to } of links) {
    const list = outgoing.get(from)
    if (list) list.push(to)
    else outgoing.set(from, [to])
  }
  for (const from of order) {
    for (const to of outgoing.get(from) ?? []) {
      if ((position.get(to) ?? 0) <= (position.get(from) ?? 0)) continue
      rank.set(to, Math.max(rank.get(to) ?? 0, (rank.get(from) ?? 0) + 1))
    }
  }
  return rank
}
