import { splitTensor, tensorName } from '../lookup/names'
import type { Attribute, Attributes, DType, GraphNode } from '../types'
import { constantNode, floatWeight, intWeight, type NewWeight, type NewWeights } from '../lookup/weights'

/**
 * Makes the nodes of a head in TensorFlow's ops, with all the attributes their definitions have. Methods take and
 * return tensors.
 */
export class HeadBuilder {
  readonly nodes: GraphNode[] = []
  readonly weights = new Map<string, NewWeight>()
  readonly #scope: string

  constructor(scope: string) {
    this.#scope = scope
  }

  /** A cut as float32. */
  float32(cut: string, dtype: DType, name: string): string {
    if (dtype === 'float32') return cut
    return this.#node('Cast', name, [cut], {
      SrcT: type(dtype),
      DstT: type('float32'),
      Truncate: flag(false),
    })
  }

  /** `[rows, length]` */
  flattened(name: string, values: string, length: number): string {
    return this.shaped(name, values, [-1, length])
  }

  /** The same dimensions in another order. */
  transposed(name: string, values: string, order: readonly number[]): string {
    const axes = this.#constant(intWeight(`${this.#scope}/${name}/perm`, order))
    return this.#node('Transpose', name, [values, axes], { T: type('float32'), Tperm: type('int32') })
  }

  /** Columns of rows from one on. */
  columns(name: string, rows: string, from: number, count: number): string {
    const begin = this.#constant(intWeight(`${this.#scope}/${name}/begin`, [0, from]))
    const size = this.#constant(intWeight(`${this.#scope}/${name}/size`, [-1, count]))
    return this.#node('Slice', name, [rows, begin, size], { T: type('float32'), Index: type('int32') })
  }

  /** The same numbers in another shape. */
  shaped(name: string, values: string, sizes: readonly number[]): string {
    const shape = this.#constant(intWeight(`${this.#scope}/${name}/shape`, sizes))
    return this.#node('Reshape', name, [values, shape], { T: type('float32'), Tshape: type('int32') })
  }

  /** Features of several cuts side by side. */
  joined(parts: readonly string[]): string {
    if (parts.length === 1) return parts[0]
    const axis = this.#constant(intWeight(`${this.#scope}/features/axis`, 1))
    return this.#node('ConcatV2', 'features', [...parts, axis], {
      N: { kind: 'int', value: parts.length },
      T: type('float32'),
      Tidx: type('int32'),
    })
  }

  /** A float32 constant. */
  constant(name: string, values: Float32Array, shape: readonly number[]): string {
    return this.#constant(floatWeight(`${this.#scope}/${name}`, values, shape))
  }

  /** `[rows, columns]` · `[columns, outputs]`, or its transpose. */
  matMul(name: string, left: string, right: string, transposed = false): string {
    return this.#node('MatMul', name, [left, right], {
      T: type('float32'),
      transpose_a: flag(false),
      transpose_b: flag(transposed),
    })
  }

  /** A map and a kernel `[height, width, channels, filters]`, by steps of 1; the map stays as large as it is. */
  conv2d(name: string, map: string, kernel: string): string {
    const ones: Attribute = { kind: 'list', items: [1, 1, 1, 1].map((value) => ({ kind: 'int', value })) }
    return this.#node('Conv2D', name, [map, kernel], {
      T: type('float32'),
      strides: ones,
      dilations: ones,
      padding: { kind: 'string', value: 'SAME' },
      explicit_paddings: { kind: 'list', items: [] },
      data_format: { kind: 'string', value: 'NHWC' },
      use_cudnn_on_gpu: flag(true),
    })
  }

  /** Adds a number to each column, or to each channel of a map. */
  biasAdd(name: string, values: string, bias: string): string {
    return this.#node('BiasAdd', name, [values, bias], {
      T: type('float32'),
      data_format: { kind: 'string', value: 'NHWC' },
    })
  }

  /** An operation of one float32 input and no attribute but its type. */
  unary(op: string, name: string, values: string): string {
    return this.#node(op, name, [values], { T: type('float32') })
  }

  /** The same of two inputs. */
  binary(op: string, name: string, left: string, right: string): string {
    return this.#node(op, name, [left, right], { T: type('float32') })
  }

  /** `Mean`, `Max` or `Sum` over `axes`. */
  reduce(op: 'Mean' | 'Max' | 'Sum', name: string, values: string, axes: readonly number[], keepDims: boolean): string {
    const indices = this.#constant(intWeight(`${this.#scope}/${name}/axes`, axes))
    return this.#node(op, name, [values, indices], {
      T: type('float32'),
      Tidx: type('int32'),
      keep_dims: flag(keepDims),
    })
  }

  /** `[rows, k]`: where the k largest values of each row stand, the largest first. */
  topIndices(name: string, values: string, k: number): string {
    const count = this.#constant(intWeight(`${this.#scope}/${name}/k`, k))
    const node = this.#node('TopKV2', name, [values, count], {
      T: type('float32'),
      Tk: type('int32'),
      index_type: type('int32'),
      sorted: flag(true),
    })
    return tensorName(splitTensor(node).node, 1)
  }

  /** The rows of `table` at `indices`, `[…indices, …row]`. */
  gatherRows(name: string, table: string, indices: string): string {
    const axis = this.#constant(intWeight(`${this.#scope}/${name}/axis`, 0))
    return this.#node('GatherV2', name, [table, indices, axis], {
      Tparams: type('float32'),
      Tindices: type('int32'),
      Taxis: type('int32'),
      batch_dims: { kind: 'int', value: 0 },
    })
  }

  /**
   * The nodes of another graph under `name`, which take tensors of this one where `given` says so. Gives what the tensors of that graph
   * are called here.
   */
  copied(
    name: string,
    nodes: readonly Omit<GraphNode, 'controlInputs'>[],
    { weights, given }: { readonly weights: NewWeights; readonly given: ReadonlyMap<string, string> },
  ): (tensor: string) => string {
    const path = `${this.#scope}/${name}`
    const renamed = (tensor: string): string => given.get(tensor) ?? `${path}/${tensor}`
    for (const node of nodes) {
      const { weight } = node
      const copy = { ...node, name: `${path}/${node.name}`, inputs: node.inputs.map(renamed), controlInputs: [] }
      this.nodes.push(weight === undefined ? copy : { ...copy, weight: `${path}/${weight}` })
    }
    for (const [id, { info, values }] of weights) {
      this.weights.set(`${path}/${id}`, { info: { ...info, id: `${path}/${id}` }, values })
    }
    return renamed
  }

  #constant(weight: NewWeight): string {
    this.weights.set(weight.info.id, weight)
    this.nodes.push(constantNode(weight))
    return tensorName(weight.info.id)
  }

  #node(op: string, name: string, inputs: readonly string[], attributes: Attributes): string {
    const path = `${this.#scope}/${name}`
    this.nodes.push({ name: path, op, inputs, controlInputs: [], attributes })
    return tensorName(path)
  }
}

function type(value: DType): Attribute {
  return { kind: 'dtype', value }
}

function flag(value: boolean): Attribute {
  return { kind: 'bool', value }
}
