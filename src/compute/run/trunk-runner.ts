import * as tf from '@tensorflow/tfjs-core'
import { CutpointError } from '../../errors'
import { endsOf } from '../../graph/graft/map-at'
import type { Pool } from '../../graph/graft/pools'
import { layoutOfPicture, type ImageLayout } from '../../graph/image/layout'
import { indexGraph } from '../../graph/lookup/graph-index'
import { tensorName } from '../../graph/lookup/names'
import { optimise } from '../../graph/optimise'
import { poolingAxes } from '../../graph/lookup/pooling'
import { trunk } from '../../graph/lookup/trunk'
import type { TensorInfo } from '../../graph/types'
import { toInput } from '../../images/tensor'
import type { Preprocessing } from '../../types'
import { asRunFailed, CompiledGraph } from './compiled-graph'
import { evaluateConstants } from './evaluate'
import { readValues } from '../backends/gpu-loss'
import { imageTensor } from './image-tensor'
import type { AnalysedModel } from '../model/types'
import { OtherFeeds } from './other-feeds'

/** Largest relative difference between a picture run in a batch and run alone at which batches are trusted. */
const batchTolerance = 1e-3

/** Where a trunk ends, and how what it gives there becomes features. */
export interface PooledCut {
  readonly cut: readonly string[]
  readonly pool: Pool
}

interface Pooling {
  readonly pool: Pool
  /** For each cut, the dimensions it is pooled over. */
  readonly axes: readonly (readonly number[])[]
}

/**
 * The trunk up to a cut, compiled for the current backend: pictures in, features out. It lives until `dispose`.
 */
export class TrunkRunner {
  readonly #graph: CompiledGraph
  readonly #model: AnalysedModel
  readonly #layout: ImageLayout
  readonly #image: TensorInfo
  readonly #feeds: OtherFeeds
  readonly #pooling: Pooling
  #oneByOne: boolean

  private constructor(
    graph: CompiledGraph,
    model: AnalysedModel,
    image: TensorInfo,
    feeds: OtherFeeds,
    pooling: Pooling,
    oneByOne: boolean,
  ) {
    this.#graph = graph
    this.#model = model
    this.#image = image
    this.#layout = layoutOfPicture(image.shape)
    this.#feeds = feeds
    this.#pooling = pooling
    this.#oneByOne = oneByOne
  }

  /** Prunes the model to the cuts, frees its batch if it can, optimises it, and puts it on the current backend. */
  static async create(
    model: AnalysedModel,
    image: string,
    { cut, pool }: PooledCut,
    checkCancelled?: () => void,
  ): Promise<TrunkRunner> {
    const cuts = endsOf(model.graph, model.infos, cut, pool)
    const pruned = trunk(model.graph, cuts, model.infos)
    const optimised = await optimise(pruned, model.read.weights, evaluateConstants, image)
    const graph = await CompiledGraph.compile(optimised.graph, optimised.weights)
    const present = new Set(optimised.graph.nodes.map((node) => tensorName(node.name)))
    const feeds = new OtherFeeds(
      [...model.otherFeeds].filter(([name]) => present.has(name)),
      model.infos,
    )
    const index = indexGraph(pruned)
    const pooling = { pool, axes: cuts.map((cut) => poolingAxes(index, model.infos, cut)) }
    const info = model.infos.get(image) ?? { shape: null, dtype: 'float32' as const }
    const runner = new TrunkRunner(graph, model, info, feeds, pooling, !optimised.batchFree)
    const wasBakedIn = info.shape?.at(0) !== null
    try {
      const doubtful = optimised.batchFree ? wasBakedIn || feeds.repeats : false
      if (doubtful && !(await runner.#batchesAgree(checkCancelled))) runner.#oneByOne = true
    } catch (error) {
      runner.dispose()
      throw error
    }
    return runner
  }

  /** Whether pictures go through one by one: the network bakes in a batch of one, or gives others for several at once. */
  get oneByOne(): boolean {
    return this.#oneByOne
  }

  /**
   * Features of a batch of pictures. `pixels` are RGB bytes `[images, height, width, 3]`; the result is
   * `[images, length]`: each cut pooled to one row an image, several cuts side by side. Throws what `checkCancelled` throws,
   * which is asked in loops.
   */
  async features(
    pixels: Uint8Array,
    images: number,
    preprocessing: Preprocessing,
    checkCancelled?: () => void,
  ): Promise<Float32Array> {
    if (!this.#oneByOne) return this.#run(pixels, images, preprocessing, checkCancelled)
    const size = pixels.length / images
    const rows: Float32Array[] = []
    for (let image = 0; image < images; image++) {
      rows.push(await this.#run(pixels.subarray(image * size, (image + 1) * size), 1, preprocessing, checkCancelled))
    }
    return concatenate(rows)
  }

  dispose(): void {
    this.#graph.dispose()
    this.#feeds.dispose()
  }

  async #run(
    pixels: Uint8Array,
    images: number,
    preprocessing: Preprocessing,
    checkCancelled?: () => void,
  ): Promise<Float32Array> {
    const values = toInput(pixels, preprocessing.range, preprocessing.order, this.#layout.channels)
    const size = { images, height: preprocessing.height, width: preprocessing.width }
    let input: tf.Tensor | null = null
    let others = new Map<string, tf.Tensor>()
    let results: tf.Tensor[] = []
    let rows: tf.Tensor | null = null
    try {
      input = imageTensor(values, size, this.#layout, this.#image.dtype)
      others = this.#feeds.forPictures(images)
      results = await this.#graph.run(new Map([...others, [this.#imageName, input]]), checkCancelled)
      const made = results
      rows = tf.tidy(() => pooled(made, this.#pooling, images))
      return await readValues(rows)
    } catch (error) {
      throw asRunFailed(error)
    } finally {
      tf.dispose([...results, ...others.values(), ...[input, rows].filter((tensor) => tensor !== null)])
    }
  }

  get #imageName(): string {
    return this.#model.image ?? ''
  }

  /** Whether two different pictures give the same features together as each alone. */
  async #batchesAgree(checkCancelled?: () => void): Promise<boolean> {
    const { height, width } = this.#layout
    const preprocessing: Preprocessing = {
      input: this.#imageName,
      height: height ?? 224,
      width: width ?? 224,
      fit: 'stretch',
      range: this.#image.dtype === 'float32' ? 'minus1to1' : '0to255',
      order: 'rgb',
      how: 'test pictures',
    }
    const size = preprocessing.height * preprocessing.width * 3
    const pixels = Uint8Array.from({ length: 2 * size }, (_, index) => (index * 2654435761) >>> 24)
    try {
      const together = await this.#run(pixels, 2, preprocessing, checkCancelled)
      const first = await this.#run(pixels.subarray(0, size), 1, preprocessing, checkCancelled)
      const second = await this.#run(pixels.subarray(size), 1, preprocessing, checkCancelled)
      return largestDifference(together, concatenate([first, second])) <= batchTolerance
    } catch (error) {
      if (error instanceof CutpointError && error.code === 'cancelled') throw error
      return false
    }
  }
}

/** One row of features an image: each tensor pooled over its axes, all put side by side. */
function pooled(tensors: readonly tf.Tensor[], { pool, axes }: Pooling, images: number): tf.Tensor2D {
  const rows = tensors.map((tensor, index) => {
    const values = tensor.dtype === 'float32' ? tensor : tf.cast(tensor, 'float32')
    const over = [...axes[index]]
    if (pool === 'map' && over.includes(3)) return tf.reshape(tf.transpose(values, [0, 2, 3, 1]), [images, -1])
    if (pool === 'flatten' || pool === 'map') return tf.reshape(values, [images, -1])
    if (over.length === 0) return values
    return pool === 'max' ? tf.max(values, over) : tf.mean(values, over)
  })
  return tf.reshape(rows.length === 1 ? rows[0] : tf.concat(rows, 1), [images, -1])
}

function concatenate(rows: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(rows.reduce((length, row) => length + row.length, 0))
  let offset = 0
  for (const row of rows) {
    all.set(row, offset)
    offset += row.length
  }
  return all
}

/** max|a−b| / max|b|; infinite where the lengths differ. */
function largestDifference(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return Infinity
  let difference = 0
  let scale = 0
  for (let i = 0; i < a.length; i++) {
    difference = Math.max(difference, Math.abs(a[i] - b[i]))
    scale = Math.max(scale, Math.abs(b[i]))
  }
  return difference / Math.max(scale, Number.MIN_VALUE)
}
