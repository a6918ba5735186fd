import type { Layered } from './placeLayers'

/**
 * Orders constants anew: in their rank, which is the one before that of the first thing that uses them, they go to both
 * sides of what else leads to that thing; so they are near it, and the rest of the rank stays in order.
 */
export function besideUsers(layered: Layered, constants: ReadonlySet<number>): void {
  layered.layers.forEach((layer, rank) => {
    const moving = layer.filter((vertex) => constants.has(vertex))
    if (moving.length > 0) layer.splice(0, layer.length, ...reordered(layered, rank, moving))
  })
}

function reordered({ layers, segments, things }: Layered, rank: number, moving: readonly number[]): number[] {
  const moves = new Set(moving)
  const staying = layers[rank].filter((vertex) => !moves.has(vertex))
  const places = new Map((layers.at(rank + 1) ?? []).map((vertex, place) => [vertex, place]))
  const below = new Map<number, number[]>()
  const main = segments[rank].find(({ kind }) => kind === 'main')
  for (const { upper, lower } of segments[rank]) {
    const known = below.get(upper)
    if (known) known.push(lower)
    else below.set(upper, [lower])
  }
  const sides = new Map<number, { readonly before: number[]; readonly after: number[] }>()
  const sidesAt = (place: number) => {
    let known = sides.get(place)
    if (!known) sides.set(place, (known = { before: [], after: [] }))
    return known
  }
  for (const [user, constants] of byUser(moving, below, things)) {
    const leading = staying.flatMap((vertex, place) => (below.get(vertex)?.includes(user) ? [place] : []))
    if (leading.length > 0) {
      // A thing stands below what leads to it on the main path, else below the middle of all.
      const onMain = main?.lower === user ? staying.indexOf(main.upper) : -1
      const { before, after } = sidesAt(onMain >= 0 ? onMain : leading[leading.length >> 1])
      const half = constants.length >> 1
      before.push(...constants.slice(0, half))
      after.push(...constants.slice(half))
    } else {
      const place = staying.findIndex((vertex) => middleOf(below.get(vertex), places) > (places.get(user) ?? 0))
      sidesAt(place < 0 ? staying.length : place).before.push(...constants)
    }
  }
  const ends = sides.get(staying.length)?.before ?? []
  return [
    ...staying.flatMap((vertex, place) => [
      ...(sides.get(place)?.before ?? []),
      vertex,
      ...(sides.get(place)?.after ?? []),
    ]),
    ...ends,
  ]
}

/** Constants by what they lead to in the next rank: the first thing, or where nothing does, the first bend. */
function byUser(
  constants: readonly number[],
  below: ReadonlyMap<number, readonly number[]>,
  things: number,
): Map<number, number[]> {
  const users = new Map<number, number[]>()
  for (const constant of constants) {
    const ends = below.get(constant) ?? []
    const user = ends.find((end) => end < things) ?? ends.at(0) ?? -1
    const known = users.get(user)
    if (known) known.push(constant)
    else users.set(user, [constant])
  }
  return users
}

/** The middle place of some vertices; -1 for none, so that what leads nowhere stays where it is. */
function middleOf(vertices: readonly number[] | undefined, places: ReadonlyMap<number, number>): number {
  if (!vertices || vertices.length === 0) return -1
  return vertices.reduce((sum, vertex) => sum + (places.get(vertex) ?? 0), 0) / vertices.length
}
