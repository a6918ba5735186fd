import { isArray, isRecord, own } from '../../../json'
import { isSymbolic, NotLowered, type Symbolic } from '../../types'
import {
  asFloat,
  cast,
  concat,
  expandDims,
  moved,
  pad,
  resize,
  roundedBack,
  split,
  squeeze,
  stack,
  tile,
  transpose,
} from '../ops'
import { flagParameter, isOfTensorFlow, listed, numberParameter, parameter, subject, type Run } from './operands'
import { axesOf, axisOf, isWhole, listOf, needRank, rankOf, shapeOf, sizeOf, wholeNumbers } from '../read'
import { reshapeTo, squeezed } from '../shape'
import { slice, type DimensionSlice } from '../slice'
import { reshape, sizeAt, sizes } from '../sizes'

const transposed: Run = (operation) => {
  const x = subject(operation)
  const axes = parameter(operation, ['axes', 'perm', 'pattern'], 1)
  const reversed = Array.from({ length: rankOf(x) }, (_, place) => rankOf(x) - 1 - place)
  const order = axes === undefined ? reversed : axesOf(axes, rankOf(x))
  if (order.length !== rankOf(x)) throw new NotLowered('Its order of axes does not fit its input.')
  return transpose(operation.build, x, order)
}

const joined: Run = (operation) => {
  const parts = listed(operation)
  return concat(operation.build, parts, axisOf(parameter(operation, ['axis'], 1) ?? 0, rankOf(parts[0])))
}

const stacked: Run = (operation) => {
  const parts = listed(operation)
  return stack(operation.build, parts, axisOf(parameter(operation, ['axis'], 1) ?? 0, rankOf(parts[0]) + 1))
}

const divided: Run = (operation) => {
  const { build } = operation
  const x = subject(operation)
  const count = parameter(operation, ['indices_or_sections', 'num_or_size_splits'], 1)
  const axis = axisOf(parameter(operation, ['axis'], 2) ?? 0, rankOf(x))
  if (!isWhole(count) || count < 1 || sizeOf(x, axis) % count !== 0) {
    throw new NotLowered('It divides into parts that are not equal.')
  }
  return split(build, x, count, axis)
}

const unstacked: Run = (operation) => {
  const { build } = operation
  const x = subject(operation)
  const axis = axisOf(parameter(operation, ['axis'], 2) ?? 0, rankOf(x))
  const num = sizeOf(x, axis)
  if (num > 1024) throw new NotLowered('It divides into more parts than Cutpoint draws.')
  return split(build, x, num, axis).map((part) => squeeze(build, part, [axis]))
}

const widened: Run = (operation) => {
  const x = subject(operation)
  const axis = parameter(operation, ['axis'], 1) ?? 0
  return axesOf(axis, rankOf(x) + 1).reduce((widest, place) => expandDims(operation.build, widest, place), x)
}

const narrowed: Run = (operation) => {
  const x = subject(operation)
  const axis = parameter(operation, ['axis'], 1)
  return squeezed(operation.build, x, axis === undefined ? null : axesOf(axis, rankOf(x)))
}

const padded: Run = (operation) => {
  const x = subject(operation)
  const mode = parameter(operation, ['mode'], 2) ?? 'constant'
  if (typeof mode !== 'string' || mode.toLowerCase() !== 'constant')
    throw new NotLowered('It pads other than by a constant.')
  const given = parameter(operation, ['pad_width', 'paddings'], 1)
  const list = isArray(given) && given.every(isArray) ? given : null
  if (list?.length !== rankOf(x)) throw new NotLowered('Its padding does not fit its input.')
  const amounts = list.map((entry) => {
    const [before, after] = wholeNumbers(entry, 2, 'paddings')
    return [before, after] as const
  })
  if (amounts.flat().some((amount) => amount < 0)) throw new NotLowered('It pads by less than nothing.')
  return pad(operation.build, x, amounts, numberParameter(operation, ['constant_values'], 3, 0))
}

/** By the names of Keras 3, or of `tf.image.resize`. */
const resized: Run = (operation) => {
  const { build } = operation
  const input = subject(operation)
  const x = asFloat(build, input)
  needRank(x, 4)
  const odd = ['antialias', 'crop_to_aspect_ratio', 'pad_to_aspect_ratio', 'preserve_aspect_ratio']
  if (odd.some((name) => flagParameter(operation, [name], 99))) throw new NotLowered('It scales in an unusual way.')
  const method = parameter(operation, ['interpolation', 'method'], 2) ?? 'bilinear'
  if (method !== 'bilinear' && method !== 'nearest') throw new NotLowered('It scales other than bilinear or nearest.')
  const size = wholeNumbers(parameter(operation, ['size'], 1), 2, 'size')
  const version = isOfTensorFlow(operation) ? 2 : operation.layer.kerasVersion
  // Of the nearest pixels, TensorFlow keeps the type.
  const back = (scaled: Symbolic): Symbolic =>
    method === 'nearest' ? cast(build, scaled, input.dtype) : roundedBack(build, scaled, input, version)
  if (parameter(operation, ['data_format'], 99) === 'channels_first') {
    const turned = transpose(build, x, [0, 2, 3, 1])
    return back(transpose(build, resize(build, turned, method, sizes(build, size, 'size')), [0, 3, 1, 2]))
  }
  return back(resize(build, x, method, sizes(build, size, 'size')))
}

/** Python's subscripts: `[:, 1:-1, ..., None, 0]`. */
const subscripted: Run = (operation) => {
  const x = subject(operation)
  const key = parameter(operation, ['key', 'slice_spec'], 1)
  const entries = (isArray(key) ? key : [key]).map(subscript)
  const named = entries.filter((entry) => entry !== 'new' && entry !== 'rest').length
  const rest = rankOf(x) - named
  if (rest < 0 || entries.filter((entry) => entry === 'rest').length > 1) {
    throw new NotLowered('It takes more dimensions than there are.')
  }
  const whole: readonly DimensionSlice[] = Array.from({ length: rest }, () => ({ start: null, stop: null, step: 1 }))
  return slice(
    operation.build,
    x,
    entries.flatMap((entry) => (entry === 'rest' ? whole : [entry])),
  )
}

function subscript(entry: unknown): DimensionSlice | 'rest' {
  if (entry === null || entry === undefined) return 'new'
  if (isWhole(entry)) return { index: entry }
  if (isRecord(entry) && !isSymbolic(entry)) {
    const className = own(entry, 'class_name')
    if (className === '__ellipsis__') return 'rest'
    const config = own(entry, 'config')
    const spec = isRecord(config) ? config : entry
    const [start, stop, step] = ['start', 'stop', 'step'].map((name) => own(spec, name) ?? null)
    // Other things of Python, such as an array, are written as records too.
    if (!['start', 'stop', 'step'].some((name) => own(spec, name) !== undefined)) throw notFixed()
    const isBound = (value: unknown): value is number | null => value === null || isWhole(value)
    if (isBound(start) && isBound(stop) && isBound(step) && step !== 0) return { start, stop, step: step ?? 1 }
  }
  throw notFixed()
}

const notFixed = (): NotLowered => new NotLowered('It takes what is computed only when it runs.')

const repeated: Run = (operation) => {
  const { build } = operation
  const x = subject(operation)
  const count = numberParameter(operation, ['repeats', 'rep'], 1, 1)
  const axis = axisOf(parameter(operation, ['axis'], 2), rankOf(x))
  if (!isWhole(count) || count < 1) throw new NotLowered('It repeats each entry another number of times.')
  const multiples = Array.from({ length: rankOf(x) + 1 }, (_, place) => (place === axis + 1 ? count : 1))
  const rows = tile(build, expandDims(build, x, axis + 1), multiples)
  const shape = shapeOf(x).map((_, place) => (place === axis ? sizeOf(x, axis) * count : sizeAt(x, place)))
  return reshape(build, rows, shape)
}

const tiled: Run = (operation) => {
  const x = subject(operation)
  const multiples = listOf(parameter(operation, ['repeats', 'multiples'], 1), 'repeats')
  if (multiples.length !== rankOf(x) || multiples.some((count) => count < 1)) {
    throw new NotLowered('It repeats other dimensions than there are.')
  }
  return tile(operation.build, x, multiples)
}

const axisMoved: Run = (operation) => {
  const x = subject(operation)
  const rank = rankOf(x)
  const from = axisOf(parameter(operation, ['source'], 1), rank)
  return transpose(operation.build, x, moved(rank, from, axisOf(parameter(operation, ['destination'], 2), rank)))
}

const axesSwapped: Run = (operation) => {
  const x = subject(operation)
  const rank = rankOf(x)
  const [a, b] = [axisOf(parameter(operation, ['axis1'], 1), rank), axisOf(parameter(operation, ['axis2'], 2), rank)]
  const order = Array.from({ length: rank }, (_, axis) => (axis === a ? b : axis === b ? a : axis))
  return transpose(operation.build, x, order)
}

const flipped: Run = (operation) => {
  const x = subject(operation)
  const axes = axesOf(parameter(operation, ['axis'], 1), rankOf(x))
  return operation.build.op('ReverseV2', 'ReverseV2', [x, operation.build.numbers('ReverseV2/axis', axes)], {
    Tidx: { kind: 'dtype', value: 'int32' },
  })
}

/** Blocks of pixels to channels: [batch, h, block, w, block, c] in another order, in four dimensions at a time. */
const spaceToDepth: Run = (operation) => {
  const { build } = operation
  const x = subject(operation)
  needRank(x, 4)
  const block = numberParameter(operation, ['block_size'], 1, 2)
  const [height, width, channels] = [sizeOf(x, 1), sizeOf(x, 2), sizeOf(x, 3)]
  if (!isWhole(block) || block < 1 || height % block !== 0 || width % block !== 0) {
    throw new NotLowered('Its blocks do not divide the image.')
  }
  const rows = reshape(build, x, [-1, block, width / block, block * channels])
  const turned = transpose(build, rows, [0, 2, 1, 3])
  return reshape(build, turned, [sizeAt(x, 0), height / block, width / block, block * block * channels])
}

const depthToSpace: Run = (operation) => {
  const { build } = operation
  const x = subject(operation)
  needRank(x, 4)
  return build.op('DepthToSpace', 'DepthToSpace', [x], {
    block_size: { kind: 'int', value: numberParameter(operation, ['block_size'], 1, 2) },
    data_format: { kind: 'string', value: 'NHWC' },
  })
}

/** Operations that move values and compute none. */
export const shapeOperations: readonly (readonly [name: string, run: Run])[] = [
  ['transpose', transposed],
  ['concatenate', joined],
  ['stack', stacked],
  ['split', divided],
  ['unstack', unstacked],
  ['expand_dims', widened],
  ['squeeze', narrowed],
  [
    'reshape',
    (operation) => reshapeTo(operation.build, subject(operation), parameter(operation, ['newshape', 'shape'], 1)),
  ],
  ['ravel', (operation) => reshape(operation.build, subject(operation), [-1])],
  ['pad', padded],
  ['resize', resized],
  ['get_item', subscripted],
  ['repeat', repeated],
  ['tile', tiled],
  ['moveaxis', axisMoved],
  ['swapaxes', axesSwapped],
  ['flip', flipped],
  ['reverse', flipped],
  ['space_to_depth', spaceToDepth],
  ['depth_to_space', depthToSpace],
]
