import * as tf from '@tensorflow/tfjs-core'
import { CutpointError } from '../errors'
import { feedInside } from '../graph/feed-inside'
import { splitTensor } from '../graph/names'
import { optimise } from '../graph/optimise'
import { trunk } from '../graph/trunk'
import type { Graph } from '../graph/types'
import type { TensorValue } from '../types'
import { CompiledGraph } from './compiled'
import { evaluateConstants } from './evaluate'
import { requireAsTaken } from './flags'
import { requireTensors, type AnalysedModel } from './opened'
import { toTensor, toValue } from './tensors'

/** What of a model is asked for to run a part of it. */
export type RunnableModel = Pick<
  AnalysedModel,
  'read' | 'graph' | 'whole' | 'before' | 'flags' | 'infos' | 'otherFeeds'
>

/** The part of a model that some fetches need, with the values it is to be run on. */
export interface PreparedRun {
  readonly graph: Graph
  readonly values: ReadonlyMap<string, TensorValue>
  /** Whether the graph may be rewritten: every value goes in at a node of its own. */
  readonly canOptimise: boolean
}

/**
 * What has to run for `fetches`, on `feeds` and the values set for other inputs. Throws CutpointError
 * `no-such-tensor`, or `bad-feed` if an input has no value.
 */
export function prepareRun(
  model: RunnableModel,
  feeds: Record<string, TensorValue>,
  fetches: readonly string[],
): PreparedRun {
  requireTensors(model, [...Object.keys(feeds), ...fetches])
  for (const [tensor, value] of Object.entries(feeds)) requireAsTaken(model, tensor, value)
  // Fed by the file's own input, what makes pictures ready runs too.
  const fromFile = Object.keys(feeds).some((tensor) => model.before.has(splitTensor(tensor).node))
  const all = fromFile ? model.whole : model.graph
  const fed = feedInside(all, Object.keys(feeds))
  const graph = trunk(fed ?? all, [...new Set(fetches)])
  const inputs = new Set(graph.inputs.map((input) => input.tensor))
  const others = [...model.otherFeeds].filter(([name]) => inputs.has(name))
  const values = new Map([...others, ...Object.entries(feeds)])
  const missing = [...inputs].find((name) => !values.has(name))
  // Where a value goes in beside others of its node, an input may be needless; then TensorFlow.js decides.
  if (missing !== undefined && fed) {
    throw new CutpointError('bad-feed', `The input “${missing}” has no value.`, 'Give it one among the feeds.')
  }
  return { graph, values, canOptimise: fed !== null }
}

/**
 * Runs it on the current backend, as it is or optimised; results come by tensor name. Throws CutpointError `bad-feed` or
 * `run-failed`.
 */
export async function runPrepared(
  { graph, values, canOptimise }: PreparedRun,
  model: RunnableModel,
  options: { readonly optimise: boolean },
): Promise<Record<string, TensorValue>> {
  const { weights } = model.read
  const work = options.optimise && canOptimise ? await optimise(graph, weights, evaluateConstants) : { graph, weights }
  const compiled = await CompiledGraph.compile(work.graph, work.weights)
  const present = new Set(work.graph.nodes.map(({ name }) => name))
  const tensors = new Map<string, tf.Tensor>()
  let results: tf.Tensor[] = []
  try {
    for (const [name, value] of values) {
      if (present.has(splitTensor(name).node)) tensors.set(name, toTensor(name, value))
    }
    results = await compiled.run(tensors)
    const read = await Promise.all(results.map(toValue))
    return Object.fromEntries(graph.outputs.map((output, index) => [output.tensor, read[index]]))
  } finally {
    tf.dispose([...tensors.values(), ...results])
    compiled.dispose()
  }
}
