import type { Graph, WeightStore } from '../../graph/types'
import type { WrittenFile } from '../types'
import { encodeGraph, type WeightEntry } from './encode'

export interface ModelMeta {
  readonly generatedBy: string
  readonly convertedBy?: string
  readonly userDefinedMetadata?: Readonly<Record<string, unknown>>
  /** Most bytes of one weight file; 4 MiB as the official converter writes. */
  readonly shardBytes?: number
}

/** What `tf.io.fromMemory` of tfjs 4 takes. */
export interface GraphArtifacts {
  modelTopology: object
  weightSpecs: WeightEntry[]
  getWeightStream: () => ReadableStream<ArrayBuffer>
  signature: object
}

/**
 * Writes a graph as a tfjs graph model: `model.json` and `group1-shard1ofN.bin`, … Weights keep the bytes they have,
 * quantised ones too. Throws CutpointError `bad-weight` or `unknown-dtype`.
 */
export async function writeTfjsGraph(graph: Graph, weights: WeightStore, meta: ModelMeta): Promise<WrittenFile[]> {
  const { modelTopology, signature, weightSpecs, data: stored } = encodeGraph(graph, weights)
  const data = await Promise.all(stored.map((read) => read()))
  const shards = shard(data, meta.shardBytes ?? 4 * 2 ** 20)
  const paths = shards.map((_, index) => `group1-shard${index + 1}of${shards.length}.bin`)
  const model = {
    format: 'graph-model',
    generatedBy: meta.generatedBy,
    convertedBy: meta.convertedBy ?? null,
    signature,
    ...(meta.userDefinedMetadata && { userDefinedMetadata: meta.userDefinedMetadata }),
    modelTopology,
    weightsManifest: weightSpecs.length > 0 ? [{ paths, weights: weightSpecs }] : [],
  }
  return [
    { path: 'model.json', bytes: new TextEncoder().encode(JSON.stringify(model)) },
    ...shards.map((bytes, index) => ({ path: paths[index], bytes })),
  ]
}

/**
 * A graph as tfjs loads it from memory. Weights come one after the other, each read when the one before is taken, so that
 * never more than one of them is held here.
 */
export function toArtifacts(graph: Graph, weights: WeightStore): GraphArtifacts {
  const { modelTopology, signature, weightSpecs, data } = encodeGraph(graph, weights)
  return { modelTopology, weightSpecs, signature, getWeightStream: () => streamOf(data) }
}

function streamOf(data: readonly (() => Promise<Uint8Array>)[]): ReadableStream<ArrayBuffer> {
  let next = 0
  return new ReadableStream<ArrayBuffer>(
    {
      async pull(controller) {
        if (next === data.length) return controller.close()
        controller.enqueue(wholeBuffer(await data[next]()))
        next += 1
      },
    },
    { highWaterMark: 0 },
  )
}

/** The bytes alone in a buffer: their own if they are, else a copy. */
function wholeBuffer(bytes: Uint8Array): ArrayBuffer {
  const { buffer } = bytes
  return buffer instanceof ArrayBuffer && buffer.byteLength === bytes.length ? buffer : new Uint8Array(bytes).buffer
}

/** The data one after the other, in pieces of at most `most` bytes; one empty piece where there is no data. */
function shard(data: readonly Uint8Array[], most: number): Uint8Array<ArrayBuffer>[] {
  const total = data.reduce((sum, bytes) => sum + bytes.length, 0)
  const count = Math.max(1, Math.ceil(total / most))
  const shards = Array.from({ length: count }, (_, index) => {
    const start = count === 1 ? 0 : index * most
    return new Uint8Array(Math.min(total - start, most))
  })
  let position = 0
  for (const bytes of data) {
    for (let from = 0; from < bytes.length;) {
      const index = count === 1 ? 0 : Math.floor(position / most)
      const offset = count === 1 ? position : position % most
      const piece = bytes.subarray(from, from + shards[index].length - offset)
      shards[index].set(piece, offset)
      from += piece.length
      position += piece.length
    }
  }
  return shards
}
