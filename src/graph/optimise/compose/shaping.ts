import { boolAttribute, dtypeAttribute, intAttribute, intsAttribute, stringAttribute } from '../../lookup/attributes'
import { tensorName } from '../../lookup/names'
import type { Attributes } from '../../types'
import { int } from '../attributes'
import { noMasks, typed, type Compose, type Composition } from './types'

const int32: Attributes[string] = { kind: 'dtype', value: 'int32' }

/** TensorFlow.js puts what is hot into the last dimension, whatever the axis. */
export const oneHot: Compose = (made) => {
  const { node } = made
  const axis = intAttribute(node, 'axis', -1)
  const rank = made.shapeOf(node.inputs[0])?.length
  if (axis === -1 || rank === undefined || axis === rank) return false
  const hot = made.add('last', 'OneHot', node.inputs, { ...node.attributes, axis: int(-1) })
  const order = Array.from({ length: rank }, (_, dimension) => dimension)
  order.splice(axis, 0, rank)
  transpose(made, hot, order)
  return true
}

function transpose(made: Composition, tensor: string, order: readonly number[]): void {
  made.finish('Transpose', [tensor, made.ints('order', order)], { ...typed(made.type), Tperm: int32 })
}

/** TensorFlow.js loses the shape where the axis is counted from the end. */
export const running: Compose = (made) => {
  const { node } = made
  const axis = made.integers(node.inputs.at(1))?.at(0)
  const rank = made.shapeOf(node.inputs[0])?.length
  if (axis === undefined || axis >= 0 || rank === undefined) return false
  made.finish(node.op, [node.inputs[0], made.ints('axis', axis + rank)], node.attributes)
  return true
}

/** TensorFlow.js cannot read the shape; it only checks. */
export const ensureShape: Compose = (made) => {
  made.finish('Identity', made.node.inputs)
  return true
}

/** TensorFlow.js gives floats. */
export const shapeN: Compose = (made) => {
  const shapes = made.node.inputs.map((tensor, at) =>
    made.add(`shape_${at}`, 'Shape', [tensor], { ...typed(made.type), out_type: int32 }),
  )
  made.finish('IdentityN', shapes, {
    T: { kind: 'list', items: shapes.map(() => ({ kind: 'dtype', value: 'int32' })) },
  })
  return true
}

/** The third result says how many boxes there are; TensorFlow.js gives two. */
export const nonMaxSuppression: Compose = (made) => {
  const { node } = made
  if (boolAttribute(node, 'pad_to_max_output_size', false) || !made.isTaken(2)) return false
  made.add('boxes', node.op, node.inputs, node.attributes)
  const boxes = `${node.name}/boxes`
  const count = made.add('count', 'Size', [tensorName(boxes)], { T: int32, out_type: int32 })
  const types = (['int32', 'float32', 'int32'] as const).map((value) => ({ kind: 'dtype', value }) as const)
  made.finish('IdentityN', [tensorName(boxes), tensorName(boxes, 1), count], { T: { kind: 'list', items: types } })
  return true
}

/** One truth for each row: TensorFlow.js takes it for one each column. */
export const select: Compose = (made) => {
  const { node } = made
  const [condition, first] = node.inputs
  const rank = made.shapeOf(first)?.length ?? 1
  if (made.shapeOf(condition)?.length !== 1 || rank < 2) return false
  const rows = made.ints('rows', [-1, ...Array.from({ length: rank - 1 }, () => 1)])
  const each = made.add('each', 'Reshape', [condition, rows], { ...typed('bool'), Tshape: int32 })
  made.finish('SelectV2', node.inputs.with(0, each))
  return true
}

/** Pads of a size of their own are filled with the least number there is. */
export const maxPool: Compose = (made) => {
  const { node } = made
  if (stringAttribute(node, 'padding', '') !== 'EXPLICIT') return false
  const paddings = made.ints('paddings', intsAttribute(node, 'explicit_paddings', []), [4, 2])
  const padded = made.add('padded', 'PadV2', [node.inputs[0], paddings, made.float('least', -3.4028234663852886e38)], {
    ...typed(made.type),
    Tpaddings: int32,
  })
  made.finish('MaxPool', [padded], {
    ...node.attributes,
    padding: { kind: 'string', value: 'VALID' },
    explicit_paddings: { kind: 'list', items: [] },
  })
  return true
}

/** TensorFlow.js reads both widths of the band from the first. */
export const bandPart: Compose = (made) => {
  const { node } = made
  const [value, lower, upper] = node.inputs
  const whole = typed('int32')
  const sizes = made.add('sizes', 'Shape', [value], { ...typed(made.type), out_type: int32 })
  const one = made.ints('one', [1])
  const size = (part: string, begin: number, end: number): string =>
    made.add(part, 'StridedSlice', [sizes, made.ints(`${part}_at`, [begin]), made.ints(`${part}_end`, [end]), one], {
      ...whole,
      Index: int32,
      ...noMasks,
      end_mask: int(end === 0 ? 1 : 0),
      shrink_axis_mask: int(1),
    })
  const [zero, step] = [made.ints('zero', 0), made.ints('step', 1)]
  const numbers = (part: string, count: string): string => made.add(part, 'Range', [zero, count, step], { Tidx: int32 })
  const rows = numbers('row_numbers', size('rows', -2, -1))
  const column = made.add('row', 'ExpandDims', [rows, step], { ...whole, Tdim: int32 })
  const below = made.add('below', 'Sub', [column, numbers('column_numbers', size('columns', -1, 0))], whole)
  const within = (part: string, distance: string, width: string): string =>
    made.add(
      part,
      'LogicalOr',
      [
        made.add(`${part}_near`, 'LessEqual', [distance, asInt32(made, `${part}_width`, width)], whole),
        made.add(`${part}_all`, 'Less', [asInt32(made, `${part}_sign`, width), zero], whole),
      ],
      {},
    )
  const above = made.add('above', 'Neg', [below], whole)
  const band = made.add('band', 'LogicalAnd', [within('lower', below, lower), within('upper', above, upper)], {})
  made.finish('SelectV2', [band, value, made.add('zeros', 'ZerosLike', [value])])
  return true
}

function asInt32(made: Composition, part: string, tensor: string): string {
  const type = dtypeAttribute(made.node, 'Tindex', 'int64')
  if (type === 'int32') return tensor
  return made.add(part, 'Cast', [tensor], { SrcT: { kind: 'dtype', value: type }, DstT: int32 })
}
