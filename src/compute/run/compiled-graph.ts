import * as tf from '@tensorflow/tfjs-core'
import { loadGraphModel, type GraphModel } from '@tensorflow/tfjs-converter'
import { CutpointError } from '../../errors'
import { toArtifacts } from '../../formats/tfjs-graph'
import { splitTensor } from '../../graph/lookup/names'
import { needed, runPasses } from '../../graph/optimise'
import type { Graph, WeightStore } from '../../graph/types'
import { correctKernels } from '../corrections'
import { ownOpsDone } from '../corrections/own-op'
import { opRuns } from '../ops'
import { forgetFailed, sendRecorded } from '../backends/gpu-errors'
import { keepingResults } from './made-tensors'
import { yieldingWhenRead } from './patched'

/** A graph on tfjs' current backend. It lives until `dispose` and never outlives a change of backend. */
export class CompiledGraph {
  readonly #model: GraphModel
  readonly #fetches: readonly string[]
  readonly #dynamic: boolean

  private constructor(model: GraphModel, graph: Graph) {
    this.#model = model
    this.#fetches = graph.outputs.map((output) => output.tensor)
    this.#dynamic = graph.nodes.some(({ op }) => opRuns.get(op)?.dynamic === true)
  }

  /** Puts the weights of `graph` on the backend, one after the other; what it fetches are its signature's outputs, in their order. */
  static async compile(graph: Graph, weights: WeightStore): Promise<CompiledGraph> {
    correctKernels()
    // Without its signature: values are fed and fetched by the graph's own names.
    const work = await runPasses(needed, { graph, weights, batchFree: false }, { evaluate: null, image: null })
    const { modelTopology, weightSpecs, getWeightStream } = toArtifacts(work.graph, work.weights)
    try {
      const model = await loadGraphModel(tf.io.fromMemory({ modelTopology, weightSpecs, getWeightStream }))
      return new CompiledGraph(model, graph)
    } catch (error) {
      throw asRunFailed(error)
    }
  }

  /**
   * Runs the graph. `feeds` are tensors by name (`images:0`) and stay the caller's; so are the results, in the order
   * of the fetches. Throws CutpointError `run-failed` with tfjs' own reason, or what `checkCancelled` throws, which is
   * asked in loops.
   */
  async run(feeds: ReadonlyMap<string, tf.Tensor>, checkCancelled = (): void => undefined): Promise<tf.Tensor[]> {
    sendRecorded()
    try {
      if (!this.#dynamic) return tf.tidy(() => this.runNow(feeds))
      return await keepingResults(() => this.#executeDynamic(namedBy(feeds), [...this.#fetches], checkCancelled))
    } catch (error) {
      forgetFailed()
      throw asRunFailed(error)
    }
  }

  /**
   * Runs a graph of which nothing is only known while running, at once and within the caller's scope, so that slopes can be
   * found of what it gives. Throws what TensorFlow.js throws.
   */
  runNow(feeds: ReadonlyMap<string, tf.Tensor>): tf.Tensor[] {
    return this.#whole([this.#model.execute(namedBy(feeds), [...this.#fetches])].flat())
  }

  async #executeDynamic(
    feeds: Record<string, tf.Tensor>,
    fetches: string[],
    checkCancelled: () => void,
  ): Promise<tf.Tensor[]> {
    try {
      const results = await yieldingWhenRead(checkCancelled, () => this.#model.executeAsync(feeds, fetches))
      return this.#whole([results].flat())
    } finally {
      // Where another operation failed, they still read tensors that are disposed of next, and make others.
      await ownOpsDone()
    }
  }

  /**
   * TensorFlow.js gives nothing for an output that no operation made, as that of a branch that was not taken, and for a
   * list of tensors a handle that is gone.
   */
  #whole(results: readonly (tf.Tensor | undefined)[]): tf.Tensor[] {
    const made = results.filter((result): result is tf.Tensor => result?.isDisposed === false)
    if (made.length === this.#fetches.length) return made
    const missing = this.#fetches.find((_, position) => results[position]?.isDisposed !== false) ?? ''
    throw new CutpointError(
      'run-failed',
      `“${missing}” has no value in this run: it is a list of tensors, or in a branch that was not taken.`,
      'Ask for a tensor that is made in every run.',
      { tensor: missing },
    )
  }

  dispose(): void {
    this.#model.dispose()
  }
}

/** Values by the names that TensorFlow.js has for tensors. */
const namedBy = (feeds: ReadonlyMap<string, tf.Tensor>): Record<string, tf.Tensor> =>
  Object.fromEntries(
    [...feeds].map(([tensor, value]) => [tensor.endsWith(':0') ? splitTensor(tensor).node : tensor, value]),
  )

/** What TensorFlow.js throws, as CutpointError `run-failed` with its own words; a CutpointError as it is. */
export function asRunFailed(error: unknown): CutpointError {
  if (error instanceof CutpointError) return error
  const reason = error instanceof Error ? error.message : String(error)
  return new CutpointError(
    'run-failed',
    `The network could not be run on the ${tf.getBackend()} backend: ${reason}`,
    'Try another cut, or pictures of another size where it takes any.',
    { backend: tf.getBackend() },
  )
}
