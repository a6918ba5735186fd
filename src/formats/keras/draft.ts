import { inferNode } from '../../graph/shapes'
import { nothing, publicShape, type Tensor } from '../../graph/shapes/tensor'
import { tensorName } from '../../graph/lookup/names'
import { uniqueName } from '../../graph/lookup/unique-name'
import type { Attributes, DType, GraphNode, ScopeInfo, Shape } from '../../graph/types'
import { describe, type StoredWeight } from '../weights/store'
import type { Numbers, NumberType, Symbolic } from './types'

/** A graph while it is made, operation by operation. */
export interface Draft {
  readonly nodes: GraphNode[]
  readonly weights: Map<string, StoredWeight>
  readonly scopes: Map<string, ScopeInfo>
  /** A scope of that path; where it is taken, or others want it, the same with a number. */
  openScope(wanted: string, reserved: ReadonlySet<string>, info: ScopeInfo): string
  /** A node whose name is made unique; its outputs, their shapes inferred. */
  add(node: NewNode): readonly Symbolic[]
  /** A constant; `id` is the wanted name of node and weight. */
  constant(id: string, stored: StoredWeight): Symbolic
  /** A constant of few values, in the shape of a number, a list or a matrix. */
  numbers(id: string, values: Numbers, dtype: NumberType): Symbolic
  /** Takes back all nodes but the first `count`; the tensors that are gone. */
  keepFirst(count: number): ReadonlySet<string>
  /** An input of the network. */
  placeholder(name: string, dtype: DType, shape: Shape | null): Symbolic
}

export interface NewNode {
  readonly name: string
  readonly op: string
  readonly inputs: readonly Symbolic[]
  readonly attributes: Attributes
}

/** An empty draft. */
export function createDraft(): Draft {
  const nodes: GraphNode[] = []
  const weights = new Map<string, StoredWeight>()
  const scopes = new Map<string, ScopeInfo>()
  const taken = new Set<string>()
  const known = new Map<string, Tensor>()

  const push = (node: GraphNode, weight?: StoredWeight): readonly Symbolic[] => {
    nodes.push(node)
    taken.add(node.name)
    const inputs = node.inputs.map((input) => known.get(input) ?? nothing)
    return inferNode(node, inputs, weight?.info).map((output, position) => {
      const tensor = tensorName(node.name, position)
      known.set(tensor, output)
      return { tensor, shape: publicShape(output.shape), dtype: output.dtype }
    })
  }
  const free = (wanted: string): string => uniqueName(wanted, (name) => taken.has(name))
  const constant = (id: string, stored: StoredWeight): Symbolic => {
    const name = free(id)
    const weight = { ...stored, info: { ...stored.info, id: name } }
    weights.set(name, weight)
    const attributes: Attributes = { dtype: { kind: 'dtype', value: weight.info.dtype } }
    return push({ name, op: 'Const', inputs: [], controlInputs: [], attributes, weight: name }, weight)[0]
  }
  return {
    nodes,
    weights,
    scopes,
    openScope: (wanted, reserved, info) => {
      const path = scopes.has(wanted) ? uniqueName(wanted, (name) => scopes.has(name) || reserved.has(name)) : wanted
      scopes.set(path, info)
      return path
    },
    add: ({ name, op, inputs, attributes }) =>
      push({
        name: free(name),
        op,
        inputs: inputs.map((input) => input.tensor),
        controlInputs: [],
        attributes: inputs.length > 0 ? { T: { kind: 'dtype', value: inputs[0].dtype }, ...attributes } : attributes,
      }),
    constant,
    numbers: (id, values, dtype) => {
      const spec = { name: id, dtype, shape: shapeOf(values) }
      return constant(id, describe(spec, numberBytes([values].flat(2), dtype)))
    },
    keepFirst: (count) => {
      const dropped = nodes.splice(count)
      for (const { name, weight } of dropped) {
        taken.delete(name)
        if (weight !== undefined) weights.delete(weight)
      }
      return new Set(dropped.map(({ name }) => tensorName(name)))
    },
    placeholder: (name, dtype, shape) => {
      const attributes: Attributes = { dtype: { kind: 'dtype', value: dtype }, shape: { kind: 'shape', value: shape } }
      return push({ name: free(name), op: 'Placeholder', inputs: [], controlInputs: [], attributes })[0]
    },
  }
}

function shapeOf(values: Numbers): readonly number[] {
  if (typeof values === 'number') return []
  const [first] = values
  return typeof first === 'object' ? [values.length, first.length] : [values.length]
}

function numberBytes(values: readonly number[], dtype: NumberType): Uint8Array {
  if (dtype === 'bool') return Uint8Array.from(values, (value) => (value === 0 ? 0 : 1))
  if (dtype === 'uint8') return Uint8Array.from(values)
  return new Uint8Array(dtype === 'float32' ? Float32Array.from(values).buffer : Int32Array.from(values).buffer)
}
