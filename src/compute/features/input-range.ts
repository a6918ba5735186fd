import * as tf from '@tensorflow/tfjs-core'
import { layoutOfPicture, type ImageLayout } from '../../graph/image/layout'
import { constantNumbers } from '../../graph/image/values'
import { indexGraph } from '../../graph/lookup/graph-index'
import { trunk } from '../../graph/lookup/trunk'
import type { Graph, TensorInfo } from '../../graph/types'
import { toInput } from '../../images/tensor'
import { inputRanges } from '../../input-ranges'
import type { ChannelOrder, InputRange, Preprocessing } from '../../types'
import { CompiledGraph } from '../run/compiled-graph'
import type { Decode, ImageSource } from './features'
import { imageTensor } from '../run/image-tensor'
import { readValues } from '../backends/gpu-loss'
import type { JobContext } from '../jobs'
import type { AnalysedModel } from '../model/types'
import { toTensor } from '../run/tensors'

/** How well photos in one range fit what a network was trained on. */
export interface RangeFit {
  readonly range: InputRange
  readonly order: ChannelOrder
  /** Kullback-Leibler divergence from the batch norm's moving statistics, a channel's on average; 0 is a perfect fit. */
  readonly divergence: number
}

/** What was measured, the best fit first. */
export interface RangeMeasurement {
  readonly fits: readonly RangeFit[]
  readonly photos: number
}

/** Mean and variance of each channel. */
export interface Statistics {
  readonly mean: readonly number[]
  readonly variance: readonly number[]
}

/** What batch norms add to a variance, so that channels which hardly vary do not decide. */
const epsilon = 1e-3

/** So many photos are enough to tell; more are looked at while all together have no more pixels than this. */
const enoughPhotos = 8
const mostPixels = 16 * 224 * 224

/** What has to run to measure the range: up to the first batch norm. Null where the model has none. */
export function measuringGraph({ graph, preparation, infos }: AnalysedModel): Graph | null {
  return preparation?.norm ? trunk(graph, [preparation.norm.input], infos) : null
}

/**
 * Runs photos through the first convolution in each range, on the current backend, and compares the mean and variance of
 * what comes out with the moving mean and variance of the batch norm behind it; then the best range with red and blue
 * swapped. Large pictures are fewer.
 *
 * @param photos decodes the photos one by one to RGB bytes `[height, width, 3]`
 * @returns null where the model has no such batch norm, or there are no photos
 */
export async function measureInputRange(
  model: AnalysedModel,
  photos: AsyncIterable<Uint8Array>,
  size: Pick<Preprocessing, 'height' | 'width'>,
  context: JobContext,
): Promise<RangeMeasurement | null> {
  const graph = measuringGraph(model)
  const expected = await movingStatistics(model)
  if (!graph || !expected) return null
  const convolution = await FirstConvolution.create(model, graph, size, expected.mean.length)
  try {
    const rgb = inputRanges.map((range) => new RangeCandidate(range, 'rgb'))
    const looked: Uint8Array[] = []
    for await (const pixels of photos) {
      for (const candidate of rgb) await candidate.look(pixels, convolution)
      looked.push(pixels)
      await context.yieldTurn()
      if (looked.length >= enoughPhotos && (looked.length + 1) * size.width * size.height > mostPixels) break
    }
    if (looked.length === 0) return null
    const [best] = rgb.map((candidate) => candidate.fit(expected)).sort(byDivergence)
    const swapped = new RangeCandidate(best.range, 'bgr')
    for (const pixels of looked) await swapped.look(pixels, convolution)
    await context.yieldTurn()
    const fits = [...rgb, swapped].map((candidate) => candidate.fit(expected)).sort(byDivergence)
    return { fits, photos: looked.length }
  } finally {
    convolution.dispose()
  }
}

const byDivergence = (a: RangeFit, b: RangeFit): number => a.divergence - b.divergence

/** The network up to its first batch norm, on the current backend; it lives until `dispose`. */
class FirstConvolution {
  readonly #compiled: CompiledGraph
  readonly #image: string
  readonly #info: TensorInfo
  readonly layout: ImageLayout
  readonly #size: Pick<Preprocessing, 'height' | 'width'>
  readonly #channels: number
  readonly #others: ReadonlyMap<string, tf.Tensor>

  private constructor(
    compiled: CompiledGraph,
    { image, infos, otherFeeds }: AnalysedModel,
    inputs: ReadonlySet<string>,
    size: Pick<Preprocessing, 'height' | 'width'>,
    channels: number,
  ) {
    this.#compiled = compiled
    this.#image = image ?? ''
    this.#info = infos.get(this.#image) ?? { shape: null, dtype: 'float32' }
    this.layout = layoutOfPicture(this.#info.shape)
    this.#size = size
    this.#channels = channels
    const feeds = [...otherFeeds].filter(([name]) => inputs.has(name) && name !== image)
    this.#others = new Map(feeds.map(([name, value]) => [name, toTensor(name, value)]))
  }

  static async create(
    model: AnalysedModel,
    graph: Graph,
    size: Pick<Preprocessing, 'height' | 'width'>,
    channels: number,
  ): Promise<FirstConvolution> {
    const compiled = await CompiledGraph.compile(graph, model.read.weights)
    return new FirstConvolution(compiled, model, new Set(graph.inputs.map(({ tensor }) => tensor)), size, channels)
  }

  /** Statistics of what it makes of one picture, `[1, height, width, channels]`. */
  async statistics(values: Float32Array): Promise<Statistics> {
    const input = imageTensor(values, { images: 1, ...this.#size }, this.layout, this.#info.dtype)
    try {
      const [result] = await this.#compiled.run(new Map([...this.#others, [this.#image, input]]))
      return await statisticsOf(result, this.#channels)
    } finally {
      input.dispose()
    }
  }

  dispose(): void {
    this.#compiled.dispose()
    tf.dispose([...this.#others.values()])
  }
}

/** A range and order that may be the right one, with what the photos give in it. */
class RangeCandidate {
  readonly #range: InputRange
  readonly #order: ChannelOrder
  readonly #seen: Statistics[] = []

  constructor(range: InputRange, order: ChannelOrder) {
    this.#range = range
    this.#order = order
  }

  async look(pixels: Uint8Array, convolution: FirstConvolution): Promise<void> {
    this.#seen.push(
      await convolution.statistics(toInput(pixels, this.#range, this.#order, convolution.layout.channels)),
    )
  }

  fit(expected: Statistics): RangeFit {
    return { range: this.#range, order: this.#order, divergence: divergence(together(this.#seen), expected) }
  }
}

/** Decodes pictures one after another, as they are asked for; those that cannot be read any more are passed over. */
export async function* decodeAll(
  images: readonly ImageSource[],
  decode: Decode,
  target: Preprocessing,
): AsyncGenerator<Uint8Array> {
  for (const { hash } of images) {
    const pixels = await decode(hash, target).catch(() => null)
    if (pixels) yield pixels
  }
}

async function movingStatistics({ graph, preparation, read }: AnalysedModel): Promise<Statistics | null> {
  if (!preparation?.norm) return null
  const index = indexGraph(graph)
  const mean = await constantNumbers(index, read.weights, preparation.norm.mean)
  const variance = await constantNumbers(index, read.weights, preparation.norm.variance)
  return mean !== null && mean.length === variance?.length ? { mean, variance } : null
}

/** Of each channel of `[1, height, width, channels]` or `[1, channels, height, width]`, which is disposed of. */
async function statisticsOf(result: tf.Tensor, channels: number): Promise<Statistics> {
  const axis = result.shape.at(-1) === channels ? [0, 1, 2] : [0, 2, 3]
  const moments = tf.tidy(() => {
    const { mean, variance } = tf.moments(result, axis)
    return tf.stack([mean, variance])
  })
  result.dispose()
  const values = await readValues(moments)
  moments.dispose()
  return { mean: [...values.subarray(0, channels)], variance: [...values.subarray(channels)] }
}

/** Statistics of several pictures of one size, put together: the variance is that within pictures and between their means. */
export function together(pictures: readonly Statistics[]): Statistics {
  const average = (of: (one: Statistics) => number): number =>
    pictures.reduce((sum, one) => sum + of(one), 0) / pictures.length
  const mean = pictures[0].mean.map((_, channel) => average((one) => one.mean[channel]))
  const variance = mean.map((centre, channel) =>
    average((one) => one.variance[channel] + (one.mean[channel] - centre) ** 2),
  )
  return { mean, variance }
}

/** Kullback-Leibler divergence of normal distributions, `seen` from `expected`, averaged over channels. */
export function divergence(seen: Statistics, expected: Statistics): number {
  const each = seen.mean.map((mean, channel) => {
    const variance = expected.variance[channel] + epsilon
    const ratio = (seen.variance[channel] + epsilon) / variance
    return (ratio + (mean - expected.mean[channel]) ** 2 / variance - 1 - Math.log(ratio)) / 2
  })
  return each.reduce((sum, value) => sum + value, 0) / each.length
}
