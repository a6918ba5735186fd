import { GraphBuilder, boolOf, dtypeOf, intOf, intsOf, stringOf } from '../../graph/testing/build'
import type { Attributes, Graph } from '../../graph/types'

export interface NetworkSize {
  /** Residual blocks; a block is about 19 nodes, 9 of them operations. */
  readonly blocks: number
  /** Whether names are all on one level and made of the op and a number, `FusedBatchNormV3_17`. */
  readonly flat: boolean
  /** Blocks of one stage; each stage begins with a block of stride 2 without a skip connection. */
  readonly perStage?: number
}

/**
 * A classifier as a training script would build it: stages of blocks of three convolutions with batch norm and ReLU6 and
 * a skip connection, then pooling and a dense layer with softmax. Kernels are 1×1, 3×3 depthwise and 1×1.
 */
export function madeNetwork({ blocks, flat, perStage = 10 }: NetworkSize): Graph {
  const layers = new Layers(flat)
  let last = layers.build.input('image', [null, 224, 224, 3])
  last = layers.convolution('stem', last, { from: 3, to: 16, size: 3, stride: 2 })
  for (let block = 0; block < blocks; block++) {
    const stage = Math.floor(block / perStage)
    const scope = `stage_${stage}/block_${block % perStage}`
    const first = block % perStage === 0
    const wide = layers.convolution(`${scope}/expand`, last, { from: 16, to: 64, size: 1 })
    const deep = layers.depthwise(`${scope}/depthwise`, wide, { channels: 64, stride: first ? 2 : 1 })
    const narrow = layers.convolution(`${scope}/project`, deep, { from: 64, to: 16, size: 1, activation: false })
    last = first ? narrow : layers.add('AddV2', `${scope}/add`, [narrow, last])
  }
  const axes = layers.constant('head/pool/axes', [2], [1, 2])
  const pooled = layers.add('Mean', 'head/pool/Mean', [last, axes], { keep_dims: boolOf(false) })
  const product = layers.add('MatMul', 'head/dense/MatMul', [pooled, layers.constant('head/dense/kernel', [16, 10])])
  const logits = layers.add('BiasAdd', 'head/dense/BiasAdd', [product, layers.constant('head/dense/bias', [10])])
  return layers.build.graph(layers.add('Softmax', 'head/Softmax', [logits]))
}

interface ConvolutionSize {
  readonly from: number
  readonly to: number
  readonly size: number
  readonly stride?: number
  readonly activation?: boolean
}

class Layers {
  readonly build = new GraphBuilder()
  readonly #flat: boolean
  readonly #counts = new Map<string, number>()

  constructor(flat: boolean) {
    this.#flat = flat
  }

  add(op: string, name: string, inputs: readonly string[], attributes: Attributes = {}): string {
    return this.build.node(op, this.#name(op, name), inputs, attributes)
  }

  constant(name: string, shape: readonly number[], values?: readonly number[]): string {
    return this.build.constant(this.#name('Const', name), shape, values)
  }

  convolution(
    scope: string,
    input: string,
    { from, to, size, stride = 1, activation = true }: ConvolutionSize,
  ): string {
    const kernel = this.constant(`${scope}/kernel`, [size, size, from, to])
    const made = this.add('Conv2D', `${scope}/Conv2D`, [input, kernel], strided(stride))
    return this.#normalised(scope, made, to, activation)
  }

  depthwise(scope: string, input: string, { channels, stride }: { channels: number; stride: number }): string {
    const kernel = this.constant(`${scope}/kernel`, [3, 3, channels, 1])
    const made = this.add('DepthwiseConv2dNative', `${scope}/depthwise`, [input, kernel], strided(stride))
    return this.#normalised(scope, made, channels, true)
  }

  #normalised(scope: string, input: string, channels: number, activation: boolean): string {
    const parts = ['gamma', 'beta', 'mean', 'variance'].map((part) => this.constant(`${scope}/bn/${part}`, [channels]))
    const normalised = this.add('FusedBatchNormV3', `${scope}/bn/FusedBatchNormV3`, [input, ...parts], {
      is_training: boolOf(false),
    })
    return activation ? this.add('Relu6', `${scope}/Relu6`, [normalised]) : normalised
  }

  #name(op: string, scoped: string): string {
    if (!this.#flat) return scoped
    const count = this.#counts.get(op) ?? 0
    this.#counts.set(op, count + 1)
    return count === 0 ? op : `${op}_${count}`
  }
}

const strided = (stride: number): Attributes => ({
  strides: intsOf(1, stride, stride, 1),
  padding: stringOf('SAME'),
  data_format: stringOf('NHWC'),
})

/** A chain of `size` operations with flat names, no two stretches of it alike but by chance: nothing there but runs. */
export function formlessGraph(random: () => number, size: number): Graph {
  const build = new GraphBuilder()
  const ops = ['Abs', 'Cos', 'Exp', 'Floor', 'Neg', 'Round', 'Sign', 'Sin', 'Square', 'Tan', 'Maximum', 'Minimum']
  const tensors = [build.input('image', [null, 8])]
  for (let i = 0; i < size; i++) {
    const op = ops[Math.floor(random() * ops.length)]
    const back = 1 + Math.floor(random() * Math.min(9, tensors.length))
    const inputs = [tensors[tensors.length - 1]]
    if (op.endsWith('imum')) inputs.push(tensors[tensors.length - back])
    tensors.push(build.node(op, `n${i}`, inputs))
  }
  return build.graph(tensors[tensors.length - 1])
}

/**
 * A loop of TensorFlow 1: a counter and a sum go round until the counter is large enough. Names stand in a scope
 * `while`, or are flat.
 */
export function loopGraph(flat: boolean): Graph {
  const build = new GraphBuilder()
  const name = (own: string) => (flat ? own.replace('/', '_') : own)
  const frame: Attributes = { frame_name: stringOf('while/while_context') }
  const image = build.input('image', [null, 8])
  const start = build.node('Neg', 'before', [image])
  const enter = build.node('Enter', name('while/Enter'), [start], frame)
  const limit = build.node('Enter', name('while/Enter_1'), [build.constant('limit', [], [10])], frame)
  const merge = build.node('Merge', name('while/Merge'), [enter, `${name('while/NextIteration')}:0`])
  const less = build.node('Less', name('while/Less'), [merge, limit])
  const condition = build.node('LoopCond', name('while/LoopCond'), [less])
  build.node('Switch', name('while/Switch'), [merge, condition], { T: dtypeOf('float32'), N: intOf(2) })
  const body = build.node('Square', name('while/Square'), [`${name('while/Switch')}:1`])
  const next = build.node('Exp', name('while/Exp'), [body])
  build.node('NextIteration', name('while/NextIteration'), [next])
  const exit = build.node('Exit', name('while/Exit'), [`${name('while/Switch')}:0`])
  return build.graph(build.node('Sin', 'after', [exit]))
}
