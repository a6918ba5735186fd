// What the benchmark runs in the page, bundled as for it.
import * as tf from '@tensorflow/tfjs-core'
import { startBackend } from '../src/compute/backends/start'
import { CompiledGraph } from '../src/compute/run/compiled-graph'
import { evaluateConstants } from '../src/compute/run/evaluate'
import { openModel } from '../src/formats'
import { blobFile } from '../src/formats/source'
import { findInputs } from '../src/graph/image/input'
import { optimise } from '../src/graph/optimise'
import { inferShapes } from '../src/graph/shapes'
import { trunk } from '../src/graph/lookup/trunk'
import type { Graph, WeightStore } from '../src/graph/types'
import type { BackendName } from '../src/types'

export interface Question {
  readonly files: File[]
  readonly backend: BackendName
  readonly size: readonly [height: number, width: number]
  readonly batch: number
  readonly repeats: number
}

/** Milliseconds an image and what comes out, of the graph as it is and optimised. */
export async function compare({ files, backend, size, batch, repeats }: Question) {
  await startBackend(backend)
  const quiet = { progress: () => undefined, checkCancelled: () => undefined }
  const model = await openModel(
    files.map((file) => blobFile(file.name, file)),
    quiet,
  )
  const image = findInputs(model.graph, inferShapes(model.graph)).image
  if (image === null) throw new Error('no image input')
  const graph = trunk(
    model.graph,
    model.graph.outputs.slice(0, 1).map(({ tensor }) => tensor),
  )
  const input = tf.randomUniform([batch, ...size, 3], -1, 1, 'float32', 7)
  const began = performance.now()
  const { graph: better, weights, batchFree } = await optimise(graph, model.weights, evaluateConstants, image)
  const optimiseMs = performance.now() - began
  const plain = await Timing.of(graph, model.weights, image, input)
  const optimised = await Timing.of(better, weights, image, input)
  // In turn, so that what else the machine does hits both.
  for (let i = 0; i < repeats; i++) {
    await plain.pass()
    await optimised.pass()
  }
  const result = { plain: plain.end(), optimised: optimised.end(), optimiseMs, batchFree }
  return { ...result, difference: difference(optimised.values, plain.values) }
}

class Timing {
  readonly #compiled: CompiledGraph
  readonly #nodes: number
  readonly #feeds: ReadonlyMap<string, tf.Tensor>
  readonly #batch: number
  readonly #times: number[] = []
  values = new Float32Array()

  private constructor(compiled: CompiledGraph, graph: Graph, image: string, input: tf.Tensor) {
    this.#compiled = compiled
    this.#nodes = graph.nodes.filter(({ op }) => op !== 'Const').length
    this.#feeds = new Map([[image, input]])
    this.#batch = input.shape[0] ?? 1
  }

  static async of(graph: Graph, weights: WeightStore, image: string, input: tf.Tensor): Promise<Timing> {
    const timing = new Timing(await CompiledGraph.compile(graph, weights), graph, image, input)
    await timing.pass()
    await timing.pass()
    timing.#times.length = 0
    return timing
  }

  async pass(): Promise<void> {
    const began = performance.now()
    const results = await this.#compiled.run(this.#feeds)
    this.values = new Float32Array(await results[0].data<'float32'>())
    this.#times.push(performance.now() - began)
    tf.dispose(results)
  }

  /** Milliseconds an image, the median. */
  end(): { ms: number; nodes: number } {
    this.#compiled.dispose()
    const sorted = this.#times.sort((a, b) => a - b)
    return { ms: sorted[sorted.length >> 1] / this.#batch, nodes: this.#nodes }
  }
}

/** max|a−b| / max|b| */
function difference(a: Float32Array, b: Float32Array): number {
  let most = 0
  let scale = 0
  b.forEach((value, i) => {
    most = Math.max(most, Math.abs(value - a[i]))
    scale = Math.max(scale, Math.abs(value))
  })
  return most / scale
}
