import { CutpointError } from '../../../errors'
import { indexGraph, producer, type GraphIndex } from '../../lookup/graph-index'
import { trunk } from '../../lookup/trunk'
import { runPasses } from '../../optimise'
import { sizeOf } from '../../optimise/constant'
import { inferShapes } from '../../shapes'
import { loosening } from '../../tail/loosen'
import { whyStopped } from '../../tail/reasons'
import { findTail } from '../../tail/tail'
import type { Tail } from '../../tail/types'
import type { Graph, Shape, TensorInfo, WeightStore } from '../../types'
import { lastDense } from './last-layer'
import { mostNodes, mostNumbers } from './stored'
import { structured, type Structured } from './structure'
import type { NetworkEnd, NetworkFacts } from './types'

/** A network that can be a head, and what is said of it but for its name and hash. */
export interface FoundNetwork extends Structured {
  readonly facts: Omit<NetworkFacts, 'name' | 'hash'>
}

/**
 * The network from its one input to the logits of its one output, taken apart so that it can learn. `graph` has present names of
 * operations. Throws CutpointError `cannot-join`, which says what is in the way.
 */
export async function findNetwork(graph: Graph, weights: WeightStore): Promise<FoundNetwork> {
  const { output, input } = endsOf(graph)
  const inputShape = inputSizes(inferShapes(graph).get(input), input)
  requireFew(graph)
  const whole = withInput(trunk(graph, [output]), input, inputShape)
  const work = { graph: whole, weights, batchFree: false }
  const loose = await runPasses(loosening, work, { evaluate: null, image: input })
  const { logits, end } = logitsOf(indexGraph(loose.graph), output)
  const outputs = outputSize(inferShapes(loose.graph).get(logits), output)
  const source = { graph: whole, weights, image: input }
  const { tail, refusal } = await findTail(source, { freeze: input, output: logits })
  if (!tail) throw refused(whyStopped(refusal), 'Take it out of the model, or choose another one.', { refusal })
  const made = await structured(tail, { inputShape, outputs })
  requireNumbers(tail, made)
  const lastInputs = lastDense(made.structure)?.inputs ?? null
  return { ...made, facts: { inputShape, outputs, parameters: tail.parameters, end, lastInputs } }
}

function endsOf(graph: Graph): { readonly input: string; readonly output: string } {
  const outputs = [...new Set(graph.outputs.map(({ tensor }) => tensor))]
  if (outputs.length !== 1) {
    throw refused(
      `It has ${outputs.length} outputs${named(outputs)}, and a head has one.`,
      'Save a model with one output.',
    )
  }
  const [output] = outputs
  const kept = trunk(graph, [output])
  const inputs = kept.nodes.filter(({ op, inputs: taken }) => op.startsWith('Placeholder') && taken.length === 0)
  if (inputs.length !== 1) {
    throw refused(
      `It has ${inputs.length} inputs${named(inputs.map(({ name }) => name))}, and a head takes one value.`,
      'Save a model with one input.',
    )
  }
  return { input: `${inputs[0].name}:0`, output }
}

const named = (names: readonly string[]): string =>
  names.length === 0
    ? ''
    : ` (${names
        .slice(0, 4)
        .map((name) => `“${name}”`)
        .join(', ')}${names.length > 4 ? ', …' : ''})`

function inputSizes(info: TensorInfo | undefined, input: string): readonly number[] {
  if (info && info.dtype !== 'float32') {
    throw refused(
      `Its input “${input}” takes ${info.dtype}, and the values at a cut are ordinary numbers (float32).`,
      'Save a model whose input is float32.',
    )
  }
  const sizes = info?.shape?.slice(1) ?? []
  const known = sizes.filter((size) => size !== null && size > 0)
  if (sizes.length < 1 || sizes.length > 3 || known.length < sizes.length) {
    throw refused(
      `Its input “${input}” has the shape ${shapeText(info?.shape)}, and a head takes [n] or [height, width, channels] of each photo.`,
      'Save a model whose input says how many numbers it takes.',
    )
  }
  return known as number[]
}

const shapeText = (shape: Shape | null | undefined): string =>
  shape ? `[${shape.map((size) => size ?? 'any').join(', ')}]` : 'that only shows when it runs'

function outputSize(info: TensorInfo | undefined, output: string): number {
  const size = info?.shape?.length === 2 ? info.shape[1] : null
  if (typeof size === 'number' && size > 0) return size
  throw refused(
    `Its output “${output}” has the shape ${shapeText(info?.shape)}, and a head gives one number for each label.`,
    'Let it end in a dense layer, or in a pooling over all places.',
  )
}

/** The input as it is taken here: its batch free, its sizes said. */
function withInput(graph: Graph, input: string, sizes: readonly number[]): Graph {
  const shape = [null, ...sizes]
  const nodes = graph.nodes.map((node) =>
    `${node.name}:0` === input
      ? {
          ...node,
          op: 'Placeholder',
          attributes: {
            dtype: { kind: 'dtype', value: 'float32' } as const,
            shape: { kind: 'shape', value: shape } as const,
          },
        }
      : node,
  )
  return { ...graph, nodes, inputs: [{ key: 'features', tensor: input, dtype: 'float32', shape }] }
}

/** The logits behind an output: what goes into its softmax or its sigmoid, or the output itself. */
function logitsOf(index: GraphIndex, output: string): { readonly logits: string; readonly end: NetworkEnd } {
  const tensor = through(index, output, ['Identity'])
  const node = producer(index, tensor)
  const end = endOf(node?.op)
  if (node && end !== 'none') return { logits: through(index, node.inputs[0], ['Identity']), end }
  const before = producer(index, through(index, tensor, ['Identity', 'Reshape', 'Squeeze', 'ExpandDims', 'Transpose']))
  if (endOf(before?.op) === 'none') return { logits: tensor, end }
  throw refused(
    `Its ${before?.op ?? ''} is not its last operation: another shape is made of the result.`,
    'Let it end in the softmax, or leave that out.',
  )
}

const endOf = (op: string | undefined): NetworkEnd =>
  op === 'Softmax' || op === 'LogSoftmax' ? 'softmax' : op === 'Sigmoid' ? 'sigmoid' : 'none'

function through(index: GraphIndex, tensor: string, ops: readonly string[]): string {
  let current = tensor
  for (let step = 0; step < 32; step++) {
    const node = producer(index, current)
    if (!node || !ops.includes(node.op)) return current
    current = node.inputs[0]
  }
  return current
}

/** Before its numbers are read. */
function requireFew({ nodes, weights }: Graph): void {
  const numbers = [...weights.values()].reduce((sum, { shape }) => sum + sizeOf(shape), 0)
  if (nodes.length <= mostNodes && numbers <= mostNumbers) return
  throw refused(
    `It has ${nodes.length.toLocaleString('en')} operations and ${numbers.toLocaleString('en')} numbers; as a head it may have ${mostNodes.toLocaleString('en')} and ${mostNumbers.toLocaleString('en')}.`,
    'Choose a smaller one, or have the values at the cut averaged before they go in.',
    { nodes: nodes.length, numbers },
  )
}

function requireNumbers({ graph }: Tail, { weights, structure }: Structured): void {
  if (weights.some((value) => Number.isNaN(value))) {
    throw refused('Some of its weights are not numbers (NaN): its training went out of bounds.', 'Train it again.')
  }
  const odd = structure.weights.find(
    ({ dtype, values }) => dtype === 'int64' || values?.some((n) => !Number.isFinite(n)),
  )
  if (odd) throw refused(`Its constant “${odd.id}” holds no ordinary numbers.`, 'Choose another model.')
  if (graph.functions.length > 0) throw refused('It calls functions of its own.', 'Save it without them.')
}

function refused(why: string, next: string, details: Readonly<Record<string, unknown>> = {}): CutpointError {
  return new CutpointError('cannot-join', `This model cannot be a head. ${why}`, next, details)
}
