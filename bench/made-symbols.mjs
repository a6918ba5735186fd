// Symbols in noise: pictures as no camera takes them, made by the numbers of a seed, so that they are the same in every run.
import { png } from './made-photos.mjs'

const side = 96
/** Grey levels: how far noise goes from the middle, and how far the stroke is from it. */
const noise = 50
const ink = 70
/** Half the width of a stroke, with its soft edge. */
const reach = 2.5
/** The most that a symbol is turned, in radians. */
const turn = 0.2 * Math.PI

/**
 * Pictures of `labels` symbols, `{ label, part, bytes }`, as many in each part as `counts` says for each label. A symbol is a
 * line through five of nine knots; each time it is somewhere else, of another size, a little turned, and light or dark.
 */
export function madeSymbols(labels, counts) {
  const random = uniform(7)
  const symbols = Array.from({ length: labels }, () => symbolOf(random))
  const numbers = Array.from({ length: labels }, (_, label) => label)
  return Object.entries(counts).flatMap(([part, count]) =>
    numbers.flatMap((label) =>
      Array.from({ length: count }, () => ({
        label: `symbol ${label + 1}`,
        part,
        bytes: greyPng(picture(symbols[label], random)),
      })),
    ),
  )
}

function symbolOf(random) {
  const knots = Array.from({ length: 9 }, (_, knot) => knot)
  for (let last = knots.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1))
    ;[knots[last], knots[other]] = [knots[other], knots[last]]
  }
  return knots.slice(0, 5).map((knot) => ({ x: (knot % 3) - 1, y: Math.floor(knot / 3) - 1 }))
}

function picture(symbol, random) {
  const grey = Float32Array.from({ length: side * side }, () => 128 + noise * normal(random))
  const size = side * (0.16 + 0.12 * random())
  const angle = turn * (2 * random() - 1)
  const [x, y] = [random(), random()].map((place) => side * (0.35 + 0.3 * place))
  const sign = random() < 0.5 ? -1 : 1
  const [cosine, sine] = [Math.cos(angle) * size, Math.sin(angle) * size]
  const points = symbol.map((knot) => ({
    x: x + knot.x * cosine - knot.y * sine,
    y: y + knot.x * sine + knot.y * cosine,
  }))
  return grey.map((value, at) => {
    const far = distance({ x: at % side, y: Math.floor(at / side) }, points)
    return Math.max(0, Math.min(255, value + sign * ink * Math.max(0, Math.min(1, reach - far))))
  })
}

/** How far a place is from a line through points. */
function distance(place, points) {
  const each = points.slice(1).map((end, index) => {
    const from = points[index]
    const [dx, dy] = [end.x - from.x, end.y - from.y]
    const along = ((place.x - from.x) * dx + (place.y - from.y) * dy) / (dx * dx + dy * dy)
    const share = Math.max(0, Math.min(1, along))
    return Math.hypot(place.x - from.x - share * dx, place.y - from.y - share * dy)
  })
  return Math.min(...each)
}

/** A normal number, by Box and Muller. */
function normal(random) {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

const greyPng = (grey) => png(side, (at) => grey[Math.floor(at / 3)])

/** Numbers from 0 to below 1, the same in every run (mulberry32). */
function uniform(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
