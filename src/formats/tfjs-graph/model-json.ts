import type { CutpointError } from '../../errors'
import { isRecord, own, parseJson, type JsonRecord } from '../json'
import { readText } from '../source'
import type { ReadContext, SourceFile } from '../types'
import type { StoredWeight } from '../weights/store'
import { readManifest } from './manifest'
import { findShards } from './shards'
import { readWeights } from './weights'

/**
 * A model.json of TensorFlow.js, of graph and layers models alike, and its topology. Throws CutpointError `bad-json`,
 * `too-large`, or what `bad` makes where there is no topology.
 */
export async function readModelJson(
  main: SourceFile,
  context: ReadContext,
  bad: (file: string, what: string) => CutpointError,
): Promise<{ model: JsonRecord; topology: JsonRecord }> {
  context.checkSize?.(main.size)
  context.progress('Reading the graph', 0, 0)
  const model = parseJson(await readText(main), main.path)
  context.checkCancelled()
  const topology = isRecord(model) ? own(model, 'modelTopology') : undefined
  if (!isRecord(model) || !isRecord(topology)) throw bad(main.path, 'it has no modelTopology')
  return { model, topology }
}

/** The weights that a model.json lists, from the files around it, and the bytes of all. Throws CutpointError. */
export async function readModelWeights(
  model: JsonRecord,
  main: SourceFile,
  files: readonly SourceFile[],
  context: ReadContext,
): Promise<{ stored: Map<string, StoredWeight>; bytes: number }> {
  const groups = readManifest(own(model, 'weightsManifest'), main.path)
  const shards = findShards(groups, main, files)
  const bytes = main.size + shards.flat().reduce((sum, shard) => sum + shard.size, 0)
  context.checkSize?.(bytes)
  return { stored: await readWeights(groups, shards, context), bytes }
}
