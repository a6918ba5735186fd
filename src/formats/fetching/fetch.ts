import { CutpointError } from '../../errors'
import { besideAddress, modelAddress, pathOf } from './address'
import { download, inParallel, withCancel } from './download'
import { isRecord, own, parseJson } from '../json'
import { checkSize, type SizeLimits } from '../limits'
import { recognise } from '../recognise'
import { blobFile, readText } from '../source'
import { leastBytes, readManifest } from '../tfjs-graph/manifest'
import { missingShards } from '../tfjs-graph/shards'
import type { ReadContext, SourceFile } from '../types'

/**
 * Fetches a model: `url` is that of a model.json, of a folder (ending in `/`) that holds one, of a zip, or of a model on
 * tfhub.dev. What came is decided by content; a graph model's weight files are fetched from beside it, with the query
 * (a signature, say) of its own address where they have none.
 * Throws CutpointError `url-status`, `url-unreachable`, `url-blocked`, `missing-shards`, `too-large` or `cancelled`.
 */
export function fetchSources(url: string, context: ReadContext, limits: SizeLimits = {}): Promise<SourceFile[]> {
  const address = modelAddress(url)
  return withCancel(context, async (signal) => {
    let bytes = 0
    let total = 0
    const expect = (size: number): void => {
      checkSize(pathOf(address), size, limits)
      total = size
    }
    const received = (more: number): void => {
      context.checkCancelled()
      bytes += more
      checkSize(pathOf(address), bytes, limits)
      context.progress('Downloading the model', bytes, total, 'bytes')
    }
    const main = blobFile(pathOf(address), await download(address, signal, { received, expected: expect }))
    if ((await recognise(main)) !== 'tfjs-graph') return [main]
    const named = await filesNamedIn(main)
    expect(Math.max(main.size + named.bytes, bytes))
    const shards = await inParallel(shardAddresses(main.path, address, named.shards), async (shard) =>
      blobFile(pathOf(shard), await download(shard, signal, { received })),
    )
    const labels = named.labels === null ? null : besideAddress(address, named.labels)
    return [main, ...shards, ...(labels ? await fetchIfThere(labels, signal, received) : [])]
  })
}

interface NamedFiles {
  readonly shards: readonly string[]
  /** Bytes of the shards together, at least. */
  readonly bytes: number
  readonly labels: string | null
}

async function filesNamedIn(main: SourceFile): Promise<NamedFiles> {
  const json = parseJson(await readText(main), main.path)
  const model = isRecord(json) ? json : {}
  const groups = readManifest(own(model, 'weightsManifest'), main.path)
  const metadata = own(model, 'userDefinedMetadata')
  const labels = isRecord(metadata) ? own(metadata, 'labels') : undefined
  return {
    shards: [...new Set(groups.flatMap((group) => group.paths))],
    bytes: groups.reduce((sum, group) => sum + leastBytes(group), 0),
    labels: typeof labels === 'string' ? labels : null,
  }
}

function shardAddresses(main: string, address: URL, shards: readonly string[]): URL[] {
  const found = shards.map((name) => ({ name, shard: besideAddress(address, name) }))
  const outside = found.filter(({ shard }) => shard === null).map(({ name }) => name)
  if (outside.length > 0) throw missingShards(main, outside)
  return found.flatMap(({ shard }) => shard ?? [])
}

/** Labels are welcome, but a model opens without them. */
async function fetchIfThere(
  address: URL,
  signal: AbortSignal,
  received: (bytes: number) => void,
): Promise<SourceFile[]> {
  try {
    return [blobFile(pathOf(address), await download(address, signal, { received }))]
  } catch (error) {
    if (error instanceof CutpointError && error.code.startsWith('url-')) return []
    throw error
  }
}
