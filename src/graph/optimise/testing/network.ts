import { boolOf, GraphBuilder, intsOf, stringOf } from '../../testing/build'
import { seeded } from '../../testing/random'
import type { Attributes, GraphNode, Shape } from '../../types'
import { floatWeight, intWeight, overlayWeights, type NewWeight } from '../../lookup/weights'
import type { Work } from '../types'

const noWeights = { raw: () => Promise.reject(new Error('none')), values: () => Promise.reject(new Error('none')) }

/** Builds small networks with seeded weights in tests; each method returns the name of the tensor it made. */
export class NetworkBuilder {
  readonly #build = new GraphBuilder()
  readonly #weights = new Map<string, NewWeight>()
  readonly random: () => number

  constructor(seed = 1) {
    this.random = seeded(seed)
  }

  image(shape: Shape | null): string {
    return this.#build.input('image', shape)
  }

  node(op: string, name: string, inputs: readonly string[], attributes: Attributes = {}): string {
    return this.#build.node(op, name, inputs, attributes)
  }

  /** A float32 constant; without `values`, seeded ones in [low, high). */
  floats(name: string, shape: readonly number[], values?: readonly number[], low = -1, high = 1): string {
    const size = shape.reduce((product, length) => product * length, 1)
    const data = values ?? Array.from({ length: size }, () => low + (high - low) * this.random())
    this.#weights.set(name, floatWeight(name, Float32Array.from(data), shape))
    return this.#build.constant(name, shape)
  }

  /** An int32 constant of rank 1, or of the shape given. */
  ints(name: string, values: readonly number[], shape: readonly number[] = [values.length]): string {
    const weight = intWeight(name, values)
    this.#weights.set(name, { ...weight, info: { ...weight.info, shape } })
    return this.#build.constant(name, shape, values)
  }

  conv(name: string, input: string, kernel: readonly number[], attributes: Attributes = {}, op = 'Conv2D'): string {
    const weights = this.floats(`${name}/kernel`, kernel)
    return this.node(op, name, [input, weights], { ...convolution, ...attributes })
  }

  depthwise(name: string, input: string, kernel: readonly number[], attributes: Attributes = {}): string {
    return this.conv(name, input, kernel, attributes, 'DepthwiseConv2dNative')
  }

  bias(name: string, input: string, channels: number): string {
    return this.node('BiasAdd', name, [input, this.floats(`${name}/bias`, [channels])])
  }

  /** A FusedBatchNormV3 with statistics of its own. */
  norm(name: string, input: string, channels: number): string {
    return this.node('FusedBatchNormV3', name, [input, ...this.#statistics(name, channels)], {
      is_training: boolOf(false),
      epsilon: { kind: 'float', value: 1e-3 },
      data_format: stringOf('NHWC'),
    })
  }

  /** The same in single operations, as TensorFlow's slim wrote it. */
  spelledNorm(name: string, input: string, channels: number): string {
    const [gamma, beta, mean, variance] = this.#statistics(name, channels)
    const sum = this.node('Add', `${name}/add`, [variance, this.floats(`${name}/add/y`, [], [1e-3])])
    const scale = this.node('Mul', `${name}/mul`, [this.node('Rsqrt', `${name}/Rsqrt`, [sum]), gamma])
    const shift = this.node('Sub', `${name}/sub`, [beta, this.node('Mul', `${name}/mul_2`, [mean, scale])])
    return this.node('Add', name, [this.node('Mul', `${name}/mul_1`, [input, scale]), shift])
  }

  work(...outputs: readonly string[]): Work {
    return {
      graph: this.#build.graph(...outputs),
      weights: overlayWeights(noWeights, this.#weights),
      batchFree: false,
    }
  }

  #statistics(name: string, channels: number): string[] {
    return [
      this.floats(`${name}/gamma`, [channels], undefined, 0.5, 2),
      this.floats(`${name}/beta`, [channels]),
      this.floats(`${name}/mean`, [channels]),
      this.floats(`${name}/variance`, [channels], undefined, 0.2, 3),
    ]
  }
}

/** Attributes of a convolution with stride 1 that keeps the size. */
export const convolution: Attributes = {
  strides: intsOf(1, 1, 1, 1),
  dilations: intsOf(1, 1, 1, 1),
  padding: stringOf('SAME'),
  data_format: stringOf('NHWC'),
}

/** The node of that name. */
export function nodeOf({ graph }: Work, name: string): GraphNode | undefined {
  return graph.nodes.find((node) => node.name === name)
}

/** Ops of everything but constants, in the order of the graph. */
export const opsOf = ({ graph }: Work): string[] => graph.nodes.filter(({ op }) => op !== 'Const').map(({ op }) => op)

/** Values of the constant that a node takes as one of its inputs. */
export async function constantInput(work: Work, name: string, input: number): Promise<number[]> {
  const maker = nodeOf(work, nodeOf(work, name)?.inputs[input].replace(/:0$/, '') ?? '')
  return Array.from(await work.weights.values(maker?.weight ?? ''), Number)
}
