import type { MapShape } from '../../../graph/graft/map-shape'
import type { MixOptions } from '../../../augment-options'
import { uniform, type RandomNumbers } from '../../../random'
import { shuffled } from '../random'
import { symmetricBeta } from './beta'

/** Places of a map, from the first row and column to before the last. */
export interface Box {
  readonly top: number
  readonly left: number
  readonly bottom: number
  readonly right: number
}

/** How the rows of a batch are mixed with one another. */
export interface Mixture {
  /** The row that each is mixed with, by its place in the batch; may be the row itself. */
  readonly partners: Int32Array
  /** How much of each row is that other one's, 0 to 1. */
  readonly shares: Float32Array
  /** Where in its map a row is that other one's; null where all numbers are of both, by their shares. */
  readonly boxes: { readonly map: MapShape; readonly of: readonly Box[] } | null
}

/** Says for each step how its rows are mixed; null where they are not. */
export type Mixer = (rows: number) => Mixture | null

/**
 * Mixes by a seed: `mixup` (Zhang and others, 2018), where all numbers of two rows are averaged by λ of Beta(α, α), and `cutmix` (Yun and
 * others, 2019), where a rectangle of one map is the other's, and λ its area. As in Keras' layers, each row has its own λ, and another
 * row by a random order of the batch.
 *
 * @param map without one nothing is cut out
 */
export function createMixer({ mix, mixAlpha }: MixOptions, map: MapShape | null, seed: number): Mixer {
  if (mix === 'none' || (mix === 'cutmix' && !map)) return () => null
  const random = uniform(seed)
  return (rows) => {
    const partners = shuffled(rows, random)
    const drawn = Float32Array.from(partners, () => symmetricBeta(mixAlpha, random))
    if (mix === 'mixup' || !map) return { partners, shares: drawn, boxes: null }
    const boxes = Array.from(drawn, (share) => drawBox(share, map, random))
    return {
      partners,
      shares: Float32Array.from(boxes, (box) => areaOf(box) / (map.height * map.width)),
      boxes: { map, of: boxes },
    }
  }
}

/** A box of about that share of a map's places, about any place of it: what would lie beside the map is left out. */
function drawBox(share: number, { height, width }: MapShape, random: RandomNumbers): Box {
  const along = (length: number): [number, number] => {
    const extent = Math.round(length * Math.sqrt(share))
    const start = Math.floor(random() * length) - Math.floor(extent / 2)
    return [Math.max(0, start), Math.min(length, start + extent)]
  }
  const [top, bottom] = along(height)
  const [left, right] = along(width)
  return { top, left, bottom, right }
}

const areaOf = ({ top, left, bottom, right }: Box): number => Math.max(0, bottom - top) * Math.max(0, right - left)

/** How much of each number of a row is that of the row it is mixed with. */
export function partOfOther({ shares, boxes }: Mixture, row: number, length: number): Float32Array {
  if (!boxes) return new Float32Array(length).fill(shares[row])
  const { map, of } = boxes
  const part = new Float32Array(length)
  const { top, left, bottom, right } = of[row]
  const places = map.height * map.width
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const place = y * map.width + x
      if (map.channelsFirst) for (let channel = 0; channel < map.channels; channel++) part[channel * places + place] = 1
      else part.fill(1, place * map.channels, (place + 1) * map.channels)
    }
  }
  return part
}

/** A row mixed with another, as a mixture has it for that place of a batch. */
export function mixedRow(own: Float32Array, other: Float32Array, mixture: Mixture, row: number): Float32Array {
  const part = partOfOther(mixture, row, own.length)
  return own.map((value, at) => (part[at] === 0 ? value : value + part[at] * (other[at] - value)))
}
