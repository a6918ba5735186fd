import { tensorName } from '../lookup/names'
import { activations, type Activation } from './activations'
import type { Attribute, Attributes, DType, GraphNode } from '../types'
import { constantNode, floatWeight, intWeight, type NewWeight } from '../lookup/weights'

export interface HeadLayer {
  /** `[inputs, outputs]`, row by row. */
  readonly kernel: Float32Array
  /** `[outputs]` */
  readonly bias: Float32Array
  readonly outputs: number
  readonly activation: Activation
}

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

  /** `[batch, features]` of a cut: its mean over `axes`, as float32. */
  pooled(cut: string, dtype: DType, axes: readonly number[], suffix: string): string {
    const values =
      dtype === 'float32'
        ? cut
        : this.#node('Cast', `cast${suffix}`, [cut], {
            SrcT: type(dtype),
            DstT: type('float32'),
            Truncate: flag(false),
          })
    if (axes.length === 0) return values
    const indices = this.#constant(intWeight(`${this.#scope}/pool${suffix}/axes`, axes))
    return this.#node('Mean', `pool${suffix}`, [values, indices], {
      T: type('float32'),
      Tidx: type('int32'),
      keep_dims: flag(false),
    })
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

  /** activation(features · kernel + bias), `[batch, outputs]`. */
  layer(features: string, { kernel, bias, outputs, activation }: HeadLayer, name: string): string {
    const path = `${this.#scope}/${name}`
    const kernelTensor = this.#constant(floatWeight(`${path}/kernel`, kernel, [kernel.length / outputs, outputs]))
    const biasTensor = this.#constant(floatWeight(`${path}/bias`, bias, [outputs]))
    const product = this.#node('MatMul', `${name}/MatMul`, [features, kernelTensor], {
      T: type('float32'),
      transpose_a: flag(false),
      transpose_b: flag(false),
    })
    const logits = this.#node('BiasAdd', `${name}/BiasAdd`, [product, biasTensor], {
      T: type('float32'),
      data_format: { kind: 'string', value: 'NHWC' },
    })
    const op = activations[activation]
    return op === null ? logits : this.#node(op, `${name}/${op}`, [logits], { T: type('float32') })
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
