import { sizeOf, type Sizes } from './types'

/** A source for each element of a tensor by its place, −1 where there is none. */
export type Places = Int32Array

/** How far apart neighbours along each dimension stand. */
export function stridesOf(shape: Sizes): readonly number[] {
  return shape.map((_, axis) => sizeOf(shape.slice(axis + 1)))
}

/** The sum of what `along` says of each index along each dimension; where one of them is negative there is no source. */
export function placesOf(shape: Sizes, along: (axis: number, index: number) => number): Places {
  const lists = shape.map((size, axis) => Int32Array.from({ length: size }, (_, index) => along(axis, index)))
  const places = new Int32Array(sizeOf(shape))
  let at = 0
  const walk = (axis: number, sum: number, isThere: boolean): void => {
    if (axis === lists.length) {
      places[at++] = isThere ? sum : -1
      return
    }
    for (const part of lists[axis]) walk(axis + 1, sum + part, isThere && part >= 0)
  }
  walk(0, 0, true)
  return places
}

/** Where in a smaller tensor the value for each place of `shape` stands, when it is repeated to that. */
export function broadcastPlaces(small: Sizes, shape: Sizes): Places {
  const strides = stridesOf(small)
  const missing = shape.length - small.length
  return placesOf(shape, (axis, index) => {
    const own = axis - missing
    return own < 0 || small[own] === 1 ? 0 : index * strides[own]
  })
}

/** target = what the places say of the source, else `outside`. */
export function gather(places: Places, source: Float32Array, target: Float32Array, outside = 0): void {
  for (let at = 0; at < places.length; at++) target[at] = places[at] < 0 ? outside : source[places[at]]
}

/** Adds each slope to where its value came from. */
export function scatter(places: Places, dy: Float32Array, target: Float32Array, accumulate: boolean): void {
  if (!accumulate) target.fill(0)
  for (let at = 0; at < places.length; at++) if (places[at] >= 0) target[places[at]] += dy[at]
}
