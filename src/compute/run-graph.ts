import * as tf from '@tensorflow/tfjs-core'
import { CutpointError } from '../errors'
import { trunk } from '../graph/trunk'
import type { Graph } from '../graph/types'
import type { TensorValue } from '../types'
import { CompiledGraph } from './compiled'
import { requireTensors, type AnalysedModel } from './opened'
import { toTensor, toValue } from './tensors'

/** The part of a model that some fetches need, with the values it is to be run on. */
export interface PreparedRun {
  readonly graph: Graph
  readonly values: ReadonlyMap<string, TensorValue>
}

/**
 * What has to run for `fetches`, on `feeds` and the values set for other inputs. Throws CutpointError
 * `no-such-tensor`, or `bad-feed` if an input has no value.
 */
export function prepareRun(
  model: AnalysedModel,
  feeds: Record<string, TensorValue>,
  fetches: readonly string[],
): PreparedRun {
  requireTensors(model, [...Object.keys(feeds), ...fetches])
  const graph = trunk(model.graph, [...new Set(fetches)])
  const inputs = new Set(graph.inputs.map((input) => input.tensor))
  const others = [...model.otherFeeds].filter(([name]) => inputs.has(name))
  const values = new Map([...others, ...Object.entries(feeds)])
  const missing = [...inputs].find((name) => !values.has(name))
  // A feed inside the graph may make an input needless; then TensorFlow.js decides.
  if (missing !== undefined && Object.keys(feeds).every((name) => inputs.has(name))) {
    throw new CutpointError('bad-feed', `The input “${missing}” has no value.`, 'Give it one among the feeds.')
  }
  return { graph, values }
}

/** Runs it on the current backend; results come by tensor name. Throws CutpointError `bad-feed` or `run-failed`. */
export async function runPrepared(
  { graph, values }: PreparedRun,
  model: AnalysedModel,
): Promise<Record<string, TensorValue>> {
  const compiled = await CompiledGraph.compile(graph, model.read.weights)
  const tensors = new Map<string, tf.Tensor>()
  let results: tf.Tensor[] = []
  try {
    for (const [name, value] of values) tensors.set(name, toTensor(name, value))
    results = await compiled.run(tensors)
    const read = await Promise.all(results.map(toValue))
    return Object.fromEntries(graph.outputs.map((output, index) => [output.tensor, read[index]]))
  } finally {
    tf.dispose([...tensors.values(), ...results])
    compiled.dispose()
  }
}
