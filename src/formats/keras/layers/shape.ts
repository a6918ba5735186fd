import { isArray } from '../../json'
import { NotLowered, type Builder, type KerasLayer, type Lower, type Symbolic } from '../types'
import { expandDims, moved, pad, resize, roundedBack, squeeze, tile, transpose, asFloat } from './ops'
import { channelsLast } from './layout'
import {
  choiceField,
  field,
  inputOf,
  isChannelsFirst,
  isWhole,
  listOf,
  needRank,
  rankOf,
  shapeOf,
  sizeOf,
  sizesField,
  wholeNumbers,
} from './read'
import { slice } from './slice'
import { reshape, sizeAt, sizes, type SizeOrAxis } from './sizes'

/** All of an image as one vector; channels first are put last before, as Keras does it. */
const flatten: Lower = (layer, call, build) => {
  const input = inputOf(call)
  const rank = rankOf(input)
  if (rank === 1) return [expandDims(build, input, 1)]
  const x = isChannelsFirst(layer) && rank > 2 ? transpose(build, input, moved(rank, 1, rank - 1)) : input
  const inner = shapeOf(x).slice(1)
  const known = inner.filter((size) => size !== null)
  if (known.length < inner.length) return [reshape(build, x, [sizeAt(x, 0), -1])]
  return [reshape(build, x, [-1, known.reduce((product, size) => product * size, 1)])]
}

/** To a shape for each example, of which one size may be −1. */
const reshapeLayer: Lower = (layer, call, build) => [
  reshapeExamples(build, inputOf(call), listOf(field(layer, 'target_shape'), 'target_shape')),
]

function reshapeExamples(build: Builder, x: Symbolic, target: readonly number[]): Symbolic {
  return reshape(build, x, [sizeAt(x, 0), ...freeSize(x, target)])
}

/** The one size that is −1 from the number of elements, where that is known: then the batch can stay free. */
function freeSize(x: Symbolic, target: readonly number[]): readonly number[] {
  const inner = shapeOf(x).slice(1)
  const total = inner.reduce<number | null>(
    (product, size) => (size === null || product === null ? null : product * size),
    1,
  )
  const given = target.filter((size) => size !== -1).reduce((product, size) => product * size, 1)
  if (total === null || given === 0 || total % given !== 0) return target
  return target.map((size) => (size === -1 ? total / given : size))
}

/** Axes of an example, counted from 1. */
const permute: Lower = (layer, call, build) => {
  const x = inputOf(call)
  const dims = listOf(field(layer, 'dims'), 'dims')
  const isOrder = dims.length === rankOf(x) - 1 && [...dims].sort((a, b) => a - b).every((axis, i) => axis === i + 1)
  if (!isOrder) throw new NotLowered('Its order of axes does not fit its input.')
  return [transpose(build, x, [0, ...dims])]
}

const repeatVector: Lower = (layer, call, build) => {
  const x = inputOf(call)
  needRank(x, 2)
  return [tile(build, expandDims(build, x, 1), [1, sizesField(layer, 'n', 1, 1)[0], 1])]
}

type NumberPair = readonly [number, number]

/** Pairs of before and after for each dimension of space: `1`, `[1, 2]` or `[[1, 0], [2, 2]]`. */
function pairsOf(layer: KerasLayer, name: string, spatial: 1 | 2): readonly NumberPair[] {
  const value = field(layer, name) ?? 1
  const pair = (entry: unknown): NumberPair => {
    const [before, after] = wholeNumbers(entry, 2, name)
    return [before, after]
  }
  const pairs =
    spatial === 1 ? [pair(value)] : isArray(value) && value.length === 2 ? value.map(pair) : [pair(value), pair(value)]
  if (pairs.flat().every((amount) => amount >= 0)) return pairs
  throw new NotLowered(`Its “${name}” is negative.`)
}

/** Puts what is said of the dimensions of space into all dimensions. */
function spread<T>(layer: KerasLayer, entries: readonly T[], other: T): readonly T[] {
  return isChannelsFirst(layer) ? [other, other, ...entries] : [other, ...entries, other]
}

function zeroPadding(spatial: 1 | 2): Lower {
  return (layer, call, build) => {
    const x = inputOf(call)
    needRank(x, spatial + 2)
    return [pad(build, x, spread<NumberPair>(layer, pairsOf(layer, 'padding', spatial), [0, 0]))]
  }
}

function cropping(spatial: 1 | 2): Lower {
  return (layer, call, build) => {
    const x = inputOf(call)
    needRank(x, spatial + 2)
    const crops = spread<NumberPair>(layer, pairsOf(layer, 'cropping', spatial), [0, 0])
    const slices = crops.map(([before, after]) => ({
      start: before === 0 ? null : before,
      stop: after === 0 ? null : -after,
      step: 1,
    }))
    return [slice(build, x, slices)]
  }
}

const upSampling2D: Lower = (layer, call, build) => {
  const input = inputOf(call)
  needRank(input, 4)
  const factors = sizesField(layer, 'size', 2, 2)
  const method = choiceField(layer, 'interpolation', ['nearest', 'bilinear'], 'nearest')
  const scaled = channelsLast(layer, build, asFloat(build, input), (x) => {
    const size = [sizeOf(x, 1) * factors[0], sizeOf(x, 2) * factors[1]]
    return resize(build, x, method, sizes(build, size, 'size'))
  })
  return [roundedBack(build, scaled, input, layer.kerasVersion)]
}

/** Every step several times: each becomes a row of its copies, then the rows are joined. */
const upSampling1D: Lower = (layer, call, build) => {
  const x = inputOf(call)
  needRank(x, 3)
  const [factor] = sizesField(layer, 'size', 1, 2)
  const rows = tile(build, expandDims(build, x, 2), [1, 1, factor, 1])
  const steps: SizeOrAxis = sizeOf(x, 1) * factor
  return [reshape(build, rows, [sizeAt(x, 0), steps, sizeOf(x, 2)])]
}

/** Removes axes of size 1: those named, or all of the examples' that are. */
export function squeezed(build: Builder, x: Symbolic, axes: readonly number[] | null): Symbolic {
  const all = shapeOf(x).flatMap((size, axis) => (size === 1 ? axis : []))
  const wanted = axes ?? all
  return wanted.length === 0 ? x : squeeze(build, x, wanted)
}

/** A shape of all dimensions, batch included, as operations take it. */
export function reshapeTo(build: Builder, x: Symbolic, target: unknown): Symbolic {
  if (!isArray(target)) throw new NotLowered('It reshapes to a shape that is computed.')
  const entries = target.map((size) => (size === null ? -1 : size))
  if (!entries.every(isWhole)) throw new NotLowered('It reshapes to a shape that is computed.')
  return reshape(build, x, entries)
}

export const shapeLayers: ReadonlyMap<string, Lower> = new Map([
  ['Flatten', flatten],
  ['Reshape', reshapeLayer],
  ['Permute', permute],
  ['RepeatVector', repeatVector],
  ['ZeroPadding1D', zeroPadding(1)],
  ['ZeroPadding2D', zeroPadding(2)],
  ['Cropping1D', cropping(1)],
  ['Cropping2D', cropping(2)],
  ['UpSampling1D', upSampling1D],
  ['UpSampling2D', upSampling2D],
])
