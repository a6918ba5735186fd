import { asCutpointError, CutpointError } from '../errors'
import type { Fit, Preprocessing } from '../types'
import type { JobContext } from './jobs'
import type { TrunkRunner } from './trunk-runner'

/** Pictures that go through the trunk at once: to begin with, and at most. */
const firstBatch = 4
const largestBatch = 8

/** Larger batches while they are quick; smaller ones where a batch would keep a cancel waiting for over a second. */
function nextBatchSize(size: number, ms: number): number {
  if (ms > 1_000) return Math.max(1, Math.floor(size / 2))
  return ms < 500 ? Math.min(largestBatch, size * 2) : size
}

/** A picture as training sees it; its bytes lie with the image worker, under the hash of their content. */
export interface ImageSource {
  readonly id: string
  readonly name: string
  readonly hash: string
}

/**
 * Decodes and resizes one picture (its hash, or itself; a frame is closed) to RGB bytes `[height, width, 3]`; it lives
 * in the image worker.
 */
export type Decode = (
  picture: string | Blob | ImageBitmap,
  target: { width: number; height: number; fit: Fit },
) => Promise<Uint8Array>

/** Features by content, model, cut, preprocessing and backend; in memory, for as long as the worker lives. */
export class FeatureCache {
  readonly #rows = new Map<string, Float32Array>()

  get(key: string): Float32Array | undefined {
    return this.#rows.get(key)
  }

  set(key: string, row: Float32Array): void {
    this.#rows.set(key, row)
  }

  /** Bytes held. */
  get bytes(): number {
    let total = 0
    for (const row of this.#rows.values()) total += row.byteLength
    return total
  }

  clear(): void {
    this.#rows.clear()
  }
}

export interface FeatureRows {
  /** `[images, length]`, row major, in the order of the images. */
  readonly data: Float32Array
  readonly length: number
  readonly fromCache: number
  /** Milliseconds in the trunk. */
  readonly ms: number
  /** Milliseconds spent waiting for pictures to be decoded. */
  readonly decodeMs: number
}

interface Work {
  readonly runner: TrunkRunner
  readonly decode: Decode
  readonly cache: FeatureCache
  /** What the features depend on besides the picture. */
  readonly keyPrefix: string
  readonly preprocessing: Preprocessing
}

/**
 * Features of `images`, from the cache where they are known; the rest goes through the trunk in batches, the next
 * batch being decoded while one runs. Progress counts pictures; cancellable between batches, and what was computed
 * by then stays in the cache.
 */
export async function computeFeatures(
  images: readonly ImageSource[],
  { runner, decode, cache, keyPrefix, preprocessing }: Work,
  context: JobContext,
): Promise<FeatureRows> {
  const keyOf = (image: ImageSource): string => `${keyPrefix}|${image.hash}`
  const remembered = images.filter((image) => cache.get(keyOf(image))).length
  const missing = [
    ...new Map(images.filter((image) => !cache.get(keyOf(image))).map((image) => [image.hash, image])).values(),
  ]
  let size = firstBatch
  let next = 0
  const takeBatch = (): { batch: ImageSource[]; pictures: Promise<Uint8Array[]> } => {
    const batch = missing.slice(next, next + size)
    next += batch.length
    return { batch, pictures: Promise.all(batch.map((image) => decodeNamed(decode, image, preprocessing))) }
  }

  let ms = 0
  let decodeMs = 0
  let done = remembered
  let upcoming = takeBatch()
  while (upcoming.batch.length > 0) {
    context.progress('Looking at the photos', done, images.length)
    await settleOnError(context.breathe(), upcoming.pictures)
    const waiting = performance.now()
    const { batch } = upcoming
    const pictures = await upcoming.pictures
    upcoming = takeBatch()
    const start = performance.now()
    decodeMs += start - waiting
    const rows = await settleOnError(runner.features(join(pictures), batch.length, preprocessing), upcoming.pictures)
    const length = rows.length / batch.length
    batch.forEach((image, row) => cache.set(keyOf(image), rows.slice(row * length, (row + 1) * length)))
    const took = performance.now() - start
    ms += took
    size = nextBatchSize(size, took)
    done += images.filter((image) => batch.some(({ hash }) => hash === image.hash)).length
  }
  context.progress('Looking at the photos', images.length, images.length)

  const rows = images.map((image) => cache.get(keyOf(image)) ?? new Float32Array())
  const length = rows.at(0)?.length ?? 0
  const data = new Float32Array(images.length * length)
  rows.forEach((row, index) => data.set(row, index * length))
  return { data, length, fromCache: remembered, ms, decodeMs }
}

/** Decodes a picture; what fails is named, for the user to find it among many. */
async function decodeNamed(decode: Decode, image: ImageSource, target: Preprocessing): Promise<Uint8Array> {
  try {
    return await decode(image.hash, target)
  } catch (error) {
    const { code, message } = asCutpointError(error)
    throw new CutpointError(
      code,
      `“${image.name}” cannot be read any more: ${message}`,
      'Delete it from its label, or put the file back where it was, and train again.',
      { image: image.id },
    )
  }
}

/** Awaits `work`; if it fails, a decode still under way must not fail unseen beside it. */
async function settleOnError<T>(work: Promise<T>, other: Promise<unknown>): Promise<T> {
  try {
    return await work
  } catch (error) {
    await other.catch(() => undefined)
    throw error
  }
}

function join(pictures: readonly Uint8Array[]): Uint8Array {
  const size = pictures.at(0)?.length ?? 0
  const all = new Uint8Array(size * pictures.length)
  pictures.forEach((picture, index) => all.set(picture, index * size))
  return all
}
