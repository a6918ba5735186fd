import { boolAttribute, intAttribute, stringAttribute } from '../../graph/lookup/attributes'
import { splitTensor } from '../../graph/lookup/names'
import type { Attributes, GraphNode, WeightValues } from '../../graph/types'
import { createStore, describeLater, type StoredWeight } from '../weights/store'

/** How many steps the numbers of each type have, by the type Dequantize takes. */
const types = new Map([
  ['int8', { lowest: -128, highest: 127 }],
  ['uint8', { lowest: 0, highest: 255 }],
])

/**
 * 8-bit constants behind a Dequantize, as TensorFlow's old tools store weights, become the constants they stand for, under
 * the name of that node; their numbers are worked out when they are read.
 * https://www.tensorflow.org/api_docs/python/tf/quantization/dequantize
 */
export function dequantised(nodes: readonly GraphNode[], weights: Map<string, StoredWeight>): readonly GraphNode[] {
  const constants = new Map(nodes.filter(({ op }) => op === 'Const').map((node) => [node.name, node]))
  const folded = nodes.map((node): GraphNode => {
    if (node.op !== 'Dequantize') return node
    const ids = node.inputs.map((input) => constants.get(splitTensor(input).node)?.weight)
    const stored = ids.map((id) => (id === undefined ? undefined : weights.get(id)))
    const [levels, low, high] = stored
    const bounds = boundsOf(levels)
    if (!levels || !low || !high || !bounds) return node
    const axis = intAttribute(node, 'axis', -1)
    const ends = low.info.shape.reduce((product, size) => product * size, 1)
    if (axis < 0 ? ends !== 1 : levels.info.shape[axis] !== ends) return node
    const { shape } = levels.info
    const count = shape.reduce((product, size) => product * size, 1)
    const source = createStore(new Map([levels, low, high].map((weight, i) => [String(i), weight])))
    const read = async (): Promise<Uint8Array> => {
      const [values, lows, highs] = await Promise.all(['0', '1', '2'].map((id) => source.values(id)))
      const repeat = axis < 0 ? count : shape.slice(axis + 1).reduce((product, size) => product * size, 1)
      const rules = Array.from({ length: lows.length }, (_, i) =>
        ruleOf(node, bounds, Number(lows[i]), Number(highs[i])),
      )
      return new Uint8Array(numbers(values, rules, repeat).buffer)
    }
    weights.set(node.name, describeLater({ name: node.name, dtype: 'float32', shape }, 4 * count, read))
    return { name: node.name, op: 'Const', inputs: [], controlInputs: [], attributes, weight: node.name }
  })
  return withoutUnused(folded, nodes)
}

const attributes: Attributes = { dtype: { kind: 'dtype', value: 'float32' } }

/** Without the constants that only nodes which are gone took. */
function withoutUnused(nodes: readonly GraphNode[], before: readonly GraphNode[]): readonly GraphNode[] {
  const takenBy = (all: readonly GraphNode[]): Set<string> =>
    new Set(all.flatMap(({ inputs }) => inputs.map((input) => splitTensor(input).node)))
  const [then, now] = [takenBy(before), takenBy(nodes)]
  return nodes.filter(({ op, name }) => op !== 'Const' || now.has(name) || !then.has(name))
}

interface Bounds {
  readonly lowest: number
  readonly highest: number
}

function boundsOf(levels: StoredWeight | undefined): Bounds | undefined {
  return levels && types.get(levels.info.stored?.dtype ?? levels.info.dtype)
}

/** A number is `level * scale + offset`. */
interface LinearScale {
  readonly scale: number
  readonly offset: number
}

/** Source: dequantize_op.cc and quantization_utils.h in TensorFlow. */
function ruleOf(node: GraphNode, { lowest, highest }: Bounds, low: number, high: number): LinearScale {
  const scale = (high - low) / (highest - lowest)
  switch (stringAttribute(node, 'mode', 'MIN_COMBINED')) {
    case 'SCALED': {
      const most = high / highest
      const least = lowest + (boolAttribute(node, 'narrow_range', false) ? 1 : 0)
      return { scale: lowest === 0 ? most : Math.max(low / least, most), offset: 0 }
    }
    case 'MIN_FIRST': {
      const step = Math.fround(scale)
      return { scale, offset: Math.round(low / step) * step - lowest * scale }
    }
    default:
      return { scale, offset: low - lowest * scale }
  }
}

/** Each rule is for `repeat` numbers in a row, and then the next one, and after the last the first again. */
function numbers(values: WeightValues, rules: readonly LinearScale[], repeat: number): Float32Array {
  return Float32Array.from(values as ArrayLike<number>, (level, i) => {
    const { scale, offset } = rules[Math.floor(i / repeat) % rules.length]
    return level * scale + offset
  })
}
