import { normaliseTensor, tensorName } from '../lookup/names'
import type { Attribute, Attributes, DType, Graph, GraphNode, Shape, SignatureEntry, WeightInfo } from '../types'

/** Builds small graphs by hand in tests; each method returns the name of the tensor it made. */
export class GraphBuilder {
  readonly #nodes: GraphNode[] = []
  readonly #weights = new Map<string, WeightInfo>()
  readonly #inputs: SignatureEntry[] = []

  /** A Placeholder that also stands in the signature. */
  input(name: string, shape: Shape | null, dtype: DType = 'float32'): string {
    this.#inputs.push({ key: name, tensor: tensorName(name), dtype, shape })
    return this.placeholder(name, shape, dtype)
  }

  /** A Placeholder that the signature does not name. */
  placeholder(name: string, shape: Shape | null, dtype: DType = 'float32'): string {
    return this.node('Placeholder', name, [], { dtype: dtypeOf(dtype), shape: shapeOf(shape) })
  }

  /** A constant; `values` are what shape inference may read. */
  constant(name: string, shape: readonly number[], values?: readonly number[], dtype?: DType): string {
    const kind = dtype ?? (values ? 'int32' : 'float32')
    const elements = shape.reduce((product, size) => product * size, 1)
    const info: WeightInfo = { id: name, dtype: kind, shape, bytes: 4 * elements }
    this.#weights.set(name, values ? { ...info, small: values } : info)
    return this.#add({
      name,
      op: 'Const',
      inputs: [],
      controlInputs: [],
      attributes: { dtype: dtypeOf(kind) },
      weight: name,
    })
  }

  /** Inputs are tensors, or node names for their first output; `^name` is a control input. */
  node(op: string, name: string, inputs: readonly string[], attributes: Attributes = {}): string {
    return this.#add({
      name,
      op,
      inputs: inputs.filter((input) => !input.startsWith('^')).map(normaliseTensor),
      controlInputs: inputs.filter((input) => input.startsWith('^')).map((input) => input.slice(1)),
      attributes,
    })
  }

  graph(...outputs: readonly string[]): Graph {
    return {
      nodes: [...this.#nodes],
      weights: new Map(this.#weights),
      inputs: [...this.#inputs],
      outputs: outputs.map((tensor) => ({
        key: tensor,
        tensor: normaliseTensor(tensor),
        dtype: 'float32',
        shape: null,
      })),
      functions: [],
      scopes: new Map(),
    }
  }

  #add(node: GraphNode): string {
    this.#nodes.push(node)
    return tensorName(node.name)
  }
}

/** An integer attribute. */
export const intOf = (value: number): Attribute => ({ kind: 'int', value })
/** A boolean attribute. */
export const boolOf = (value: boolean): Attribute => ({ kind: 'bool', value })
/** A string attribute. */
export const stringOf = (value: string): Attribute => ({ kind: 'string', value })
/** A data type attribute. */
export const dtypeOf = (value: DType): Attribute => ({ kind: 'dtype', value })
/** A shape attribute; null is an unknown rank. */
export const shapeOf = (value: Shape | null): Attribute => ({ kind: 'shape', value })
/** An attribute that is a list of integers. */
export const intsOf = (...values: number[]): Attribute => ({ kind: 'list', items: values.map(intOf) })
/** An attribute that is a list of strings. */
export const stringsOf = (...values: string[]): Attribute => ({ kind: 'list', items: values.map(stringOf) })
