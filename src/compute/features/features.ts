import { asCutpointError, CutpointError } from '../../errors'
import { changeKey, type CopyChange } from '../../images/augment'
import type { Fit, Preprocessing } from '../../types'
import type { FeatureCache } from './feature-cache'
import type { JobContext } from '../jobs'
import type { TrunkRunner } from '../run/trunk-runner'

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

/** A row of features that is wanted: of a picture, or of a changed copy of it. */
export interface FeatureSource extends ImageSource {
  readonly change?: CopyChange | null
}

/**
 * Decodes and resizes one picture (its hash, or itself; a frame is closed) to RGB bytes `[height, width, 3]`, or a
 * changed copy of it; it lives in the image worker.
 */
export type Decode = (
  picture: string | Blob | ImageBitmap,
  target: { width: number; height: number; fit: Fit },
  change?: CopyChange | null,
) => Promise<Uint8Array>

export interface FeatureRows {
  /** `[images, length]`, row major, in the order of the images. */
  readonly data: Float32Array
  readonly length: number
  readonly fromCache: number
  /** Milliseconds in the trunk. */
  readonly ms: number
  /** Milliseconds spent waiting for pictures to be decoded. */
  readonly decodeMs: number
  /** Whether each picture went through the trunk alone, since it may not be trusted with several. */
  readonly oneByOne: boolean
}

interface Work {
  readonly runner: Pick<TrunkRunner, 'features' | 'oneByOne'>
  readonly decode: Decode
  readonly cache: Pick<FeatureCache, 'recall' | 'add'>
  /** What the features depend on besides the picture. */
  readonly keyPrefix: string
  readonly preprocessing: Preprocessing
}

/**
 * Features of `sources`, from the cache where they are known; the rest goes through the trunk in batches, the next
 * batch being decoded while one runs. Progress counts sources; cancellable between batches, and what was computed
 * by then stays in the cache.
 */
export async function computeFeatures(
  sources: readonly FeatureSource[],
  { runner, decode, cache, keyPrefix, preprocessing }: Work,
  context: JobContext,
): Promise<FeatureRows> {
  const wanted = byContent(sources)
  const known = await cache.recall(keyPrefix, [...wanted.keys()])
  const missing = [...wanted.keys()].filter((key) => !known.has(key))
  const table = new GrowingRows(sources.length)
  for (const [key, row] of known) table.put(row, wanted.get(key) ?? [])
  const fromCache = table.filled

  let size = firstBatch
  let next = 0
  const takeBatch = (): { batch: string[]; pictures: Promise<Uint8Array[]> } => {
    const batch = missing.slice(next, next + size)
    next += batch.length
    const first = (key: string): FeatureSource => sources[wanted.get(key)?.[0] ?? 0]
    return { batch, pictures: Promise.all(batch.map((key) => decodeNamed(decode, first(key), preprocessing))) }
  }

  let ms = 0
  let decodeMs = 0
  let upcoming = takeBatch()
  while (upcoming.batch.length > 0) {
    context.progress('Looking at the photos', table.filled, sources.length)
    await settleOnError(context.yieldTurn(), upcoming.pictures)
    const waiting = performance.now()
    const { batch } = upcoming
    const pictures = await upcoming.pictures
    upcoming = takeBatch()
    const start = performance.now()
    decodeMs += start - waiting
    const made = await settleOnError(
      runner.features(join(pictures), batch.length, preprocessing, () => context.checkCancelled()),
      upcoming.pictures,
    )
    const length = made.length / batch.length
    const rows = new Map(batch.map((key, row) => [key, made.slice(row * length, (row + 1) * length)]))
    cache.add(keyPrefix, rows)
    for (const [key, row] of rows) table.put(row, wanted.get(key) ?? [])
    const took = performance.now() - start
    ms += took
    size = nextBatchSize(size, took)
  }
  context.progress('Looking at the photos', sources.length, sources.length)
  return { data: table.data, length: table.length, fromCache, ms, decodeMs, oneByOne: runner.oneByOne }
}

/**
 * Where in `sources` each different picture or copy stands, by a key that says its content. A photo's copies follow it,
 * so that they are decoded together.
 */
function byContent(sources: readonly FeatureSource[]): Map<string, number[]> {
  const photos = new Map<string, Map<string, number[]>>()
  sources.forEach(({ hash, change }, index) => {
    const copies = photos.get(hash) ?? new Map<string, number[]>()
    photos.set(hash, copies)
    const key = change ? `${hash}~${changeKey(change)}` : hash
    const places = copies.get(key)
    if (places) places.push(index)
    else copies.set(key, [index])
  })
  return new Map([...photos.values()].flatMap((copies) => [...copies]))
}

/** All rows in one array, made when the first one says how long they are. */
class GrowingRows {
  readonly #rows: number
  data = new Float32Array()
  length = 0
  /** Rows put so far. */
  filled = 0

  constructor(rows: number) {
    this.#rows = rows
  }

  put(row: Float32Array, places: readonly number[]): void {
    if (this.filled === 0) {
      this.length = row.length
      this.data = new Float32Array(this.#rows * row.length)
    }
    for (const place of places) this.data.set(row, place * this.length)
    this.filled += places.length
  }
}

/** Decodes a picture; what fails is named, for the user to find it among many. */
async function decodeNamed(decode: Decode, image: FeatureSource, target: Preprocessing): Promise<Uint8Array> {
  try {
    return await decode(image.hash, target, image.change)
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
