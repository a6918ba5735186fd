import * as tf from '@tensorflow/tfjs-core'
import { CutpointError } from '../../errors'
import { feedInside } from '../../graph/image/feed-inside'
import { splitTensor } from '../../graph/lookup/names'
import { optimise } from '../../graph/optimise'
import { trunk } from '../../graph/lookup/trunk'
import type { Graph } from '../../graph/types'
import type { TensorValue } from '../../types'
import { CompiledGraph } from './compiled-graph'
import { evaluateConstants } from './evaluate'
import { requireAsTaken } from './flags'
import { requireTensors } from '../model/analyse'
import type { AnalysedModel } from '../model/types'
import { supportedAnywhere } from '../backends/supported'
import { toTensor, toValue } from './tensors'

/** What of a model is asked for to run a part of it. */
export type RunnableModel = Pick<
  AnalysedModel,
  'read' | 'graph' | 'whole' | 'before' | 'image' | 'flags' | 'infos' | 'otherFeeds'
>

/** The part of a model that some fetches need, with the values it is to be run on. */
export interface PreparedRun {
  readonly graph: Graph
  readonly values: ReadonlyMap<string, TensorValue>
  /** The names that were asked for, in the order of the graph's outputs. */
  readonly fetches: readonly string[]
}

/**
 * What has to run for `fetches`, on `feeds` and the values set for other inputs. Throws CutpointError
 * `no-such-tensor`, or `bad-feed` if an input has no value, or takes encoded files, which are not decoded here.
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
  const { graph: fed, places } = feedInside(all, Object.keys(feeds))
  const place = (tensor: string): string => places.get(tensor) ?? tensor
  const asked = [...new Set(fetches)]
  const graph = trunk(fed, asked.map(place))
  if (fromFile) requireDecoded(graph, model)
  const inputs = new Set(graph.inputs.map((input) => input.tensor))
  const others = [...model.otherFeeds].filter(([name]) => inputs.has(name))
  const given = Object.entries(feeds).map(([tensor, value]) => [place(tensor), value] as const)
  const values = new Map([...others, ...given])
  const missing = [...inputs].find((name) => !values.has(name))
  if (missing !== undefined) {
    throw new CutpointError('bad-feed', `The input “${missing}” has no value.`, 'Give it one among the feeds.')
  }
  return { graph, values, fetches: asked }
}

/** Of what makes pictures ready, decoding cannot be run. */
function requireDecoded({ nodes }: Graph, { before, image }: RunnableModel): void {
  const blocked = nodes.find((node) => before.has(node.name) && supportedAnywhere(node) !== null)
  if (blocked === undefined) return
  throw new CutpointError(
    'bad-feed',
    `What is fed goes through “${blocked.name}” (${blocked.op}), which cannot be run here.`,
    `Give the picture itself, decoded and resized, at “${image ?? ''}”.`,
    { node: blocked.name, op: blocked.op, input: image },
  )
}

/**
 * Runs it on the current backend, as it is or optimised; results come by tensor name. Throws CutpointError `bad-feed` or
 * `run-failed`.
 */
export async function runPrepared(
  { graph, values, fetches }: PreparedRun,
  model: RunnableModel,
  options: { readonly optimise: boolean; readonly checkCancelled?: () => void },
): Promise<Record<string, TensorValue>> {
  const { weights } = model.read
  const work = options.optimise ? await optimise(graph, weights, evaluateConstants) : { graph, weights }
  const compiled = await CompiledGraph.compile(work.graph, work.weights)
  const present = new Set(work.graph.nodes.map(({ name }) => name))
  const tensors = new Map<string, tf.Tensor>()
  let results: tf.Tensor[] = []
  try {
    for (const [name, value] of values) {
      if (present.has(splitTensor(name).node)) tensors.set(name, toTensor(name, value))
    }
    results = await compiled.run(tensors, options.checkCancelled)
    const read = await Promise.all(results.map(toValue))
    return Object.fromEntries(fetches.map((name, index) => [name, read[index]]))
  } finally {
    tf.dispose([...tensors.values(), ...results])
    compiled.dispose()
  }
}
