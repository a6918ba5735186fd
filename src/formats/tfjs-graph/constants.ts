import type { Attribute, GraphNode, Shape, WeightInfo } from '../../graph/types'
import { readInlineTensor } from '../graphdef/inline-tensor'
import type { ReadNode } from '../graphdef/nodes'
import { readShape } from '../graphdef/shapes'
import { isRecord, own, protoField } from '../json'
import { describe, type StoredWeight } from '../weights/store'
import { badWeight } from './manifest'

/**
 * Joins constants with their data: by node name from the weight files, else from the value that stands in the node.
 * Data found in a node is added to `weights`. Other nodes come back as they are.
 * Throws CutpointError `bad-weight` for a constant without data, or whose data has another shape than it says.
 */
export function bindConstant({ node, value }: ReadNode, weights: Map<string, StoredWeight>, file: string): GraphNode {
  const { name, op, inputs, controlInputs, attributes } = node
  if (op !== 'Const') return node
  const tensor = tensorOf(value)
  const stored = weights.get(name)
  if (stored) {
    requireShape(tensor, stored.info, file)
    const declared = asDeclared(stored, attributes.dtype)
    if (declared !== stored) weights.set(name, declared)
  } else {
    const inline = readInlineTensor(tensor, `${file}, node “${name}”`)
    if (inline === null) {
      throw badWeight(file, `the constant “${name}” has no data, in the weight files or in the graph`, { weight: name })
    }
    weights.set(name, describe({ ...inline, name }, inline.bytes))
  }
  return { name, op, inputs, controlInputs, attributes, weight: name }
}

/** The same for a constant of a function's body; one whose value stands in the node is carried along as it is. */
export function bindBodyConstant(node: GraphNode, weights: ReadonlyMap<string, StoredWeight>, file: string): GraphNode {
  if (node.op !== 'Const') return node
  const { value, ...attributes } = node.attributes
  const stored = weights.get(node.name)
  if (stored) {
    requireShape(tensorOf(value), stored.info, file)
    return { ...node, attributes, weight: node.name }
  }
  if (readInlineTensor(tensorOf(value), `${file}, node “${node.name}”`) !== null) return node
  throw badWeight(file, `the constant “${node.name}” of a function has no data`, { weight: node.name })
}

function tensorOf(value: Attribute | undefined): unknown {
  return value?.kind === 'opaque' && isRecord(value.json) ? own(value.json, 'tensor') : undefined
}

/** A constant that states sizes must have as many values as its data. */
function requireShape(tensor: unknown, info: WeightInfo, file: string): void {
  const stated = isRecord(tensor) ? readShape(protoField(tensor, 'tensorShape'), `${file}, node “${info.id}”`) : null
  if (stated === null || stated.length === 0 || countOf(stated) === countOf(info.shape)) return
  throw badWeight(
    file,
    `the constant “${info.id}” says its shape is [${stated.join(', ')}], but its data has [${info.shape.join(', ')}]`,
    { weight: info.id, stated, found: info.shape },
  )
}

const countOf = (shape: Shape): number => shape.reduce<number>((count, size) => count * (size ?? -1), 1)

/**
 * tfjs has no uint8 weights of its own: they are written as int32 stored in uint8 as they are, and a constant whose
 * node says uint8 becomes that again.
 */
function asDeclared(weight: StoredWeight, declared: Attribute | undefined): StoredWeight {
  if (declared?.kind !== 'dtype' || declared.value !== 'uint8') return weight
  const { stored, ...info } = weight.info
  const asIs = info.dtype === 'int32' && stored?.dtype === 'uint8' && stored.scale === 1 && stored.min === 0
  return asIs ? { ...weight, info: { ...info, dtype: 'uint8' } } : weight
}
