import type { Layered } from './layers'

/** The same without some of its things, and without their lines. */
export function without(layered: Layered, left: ReadonlySet<number>): Layered {
  return {
    ...layered,
    layers: layered.layers.map((layer) => layer.filter((vertex) => !left.has(vertex))),
    segments: layered.segments.map((segments) =>
      segments.filter(({ upper, lower }) => !left.has(upper) && !left.has(lower)),
    ),
  }
}

/**
 * Orders constants again: in their rank, which is the one before that of the first thing that uses them, they go to both
 * sides of where that thing stands; the rest of the rank stays in order.
 * @param x where all else stands across the flow
 */
export function besideUsers(layered: Layered, constants: ReadonlySet<number>, x: Float64Array): void {
  const at = x.slice()
  for (const constant of constants) at[constant] = 0
  // From below, as a constant may be passed on by another one.
  for (let rank = layered.layers.length - 1; rank >= 0; rank--) {
    const layer = layered.layers[rank]
    if (layer.some((vertex) => constants.has(vertex))) {
      layer.splice(0, layer.length, ...reordered(layered, rank, constants, at))
    }
  }
}

/** A rank with its constants in their places, which are noted in `x`. */
function reordered(
  { layers, segments, things }: Layered,
  rank: number,
  constants: ReadonlySet<number>,
  x: Float64Array,
): number[] {
  const moving = layers[rank].filter((vertex) => constants.has(vertex))
  const staying = layers[rank].filter((vertex) => !constants.has(vertex))
  const before: number[][] = Array.from({ length: staying.length + 1 }, () => [])
  const after: number[][] = before.map(() => [])
  const ends = new Map<number, number[]>()
  for (const { upper, lower } of segments[rank]) {
    if (!constants.has(upper)) continue
    const known = ends.get(upper)
    if (known) known.push(lower)
    else ends.set(upper, [lower])
  }
  const users = [...byUser(moving, ends, things)].sort(([a], [b]) => x[a] - x[b])
  for (const [user, own] of users) {
    for (const constant of own) x[constant] = x[user]
    const found = staying.findIndex((vertex) => x[vertex] > x[user] - straight)
    const place = found < 0 ? staying.length : found
    // What leads straight to the thing has them on both sides.
    const half = x[staying[place]] < x[user] + straight ? own.length >> 1 : own.length
    before[place].push(...own.slice(0, half))
    after[place].push(...own.slice(half))
  }
  return before.flatMap((constants, place) => [...constants, ...staying.slice(place, place + 1), ...after[place]])
}

/** Less far apart, two things stand above one another. */
const straight = 1

/** Constants by what they lead to in the next rank: the first thing, or where nothing does, the first dummy vertex. */
function byUser(
  constants: readonly number[],
  ends: ReadonlyMap<number, readonly number[]>,
  things: number,
): Map<number, number[]> {
  const users = new Map<number, number[]>()
  for (const constant of constants) {
    const own = ends.get(constant) ?? []
    const user = own.find((end) => end < things) ?? own.at(0) ?? constant
    const known = users.get(user)
    if (known) known.push(constant)
    else users.set(user, [constant])
  }
  return users
}
