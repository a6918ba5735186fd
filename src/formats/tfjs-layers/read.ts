import { badConfig } from '../keras/bad-config'
import { kerasVersion } from '../keras/keras-version'
import { namedWeights } from '../keras/named-weights'
import { readLayers } from '../keras/read-layers'
import { isRecord, own, parseJson } from '../json'
import { readMetadata } from '../metadata'
import { modelName } from '../model-name'
import { readText } from '../source'
import { readManifest } from '../tfjs-graph/manifest'
import { findShards } from '../tfjs-graph/shards'
import { readWeights } from '../tfjs-graph/weights'
import type { ReadContext, ReadModel, SourceFile } from '../types'

/**
 * Reads a tfjs layers model: `main` is its model.json, `files` hold its weights. Source of the layout: LayersModel in
 * tfjs-layers, src/models.ts. Throws CutpointError.
 */
export async function readTfjsLayers(
  main: SourceFile,
  files: readonly SourceFile[],
  context: ReadContext,
): Promise<ReadModel> {
  const file = main.path
  context.checkSize?.(main.size)
  context.progress('Reading the graph', 0, 0)
  const model = parseJson(await readText(main), file)
  context.checkCancelled()
  const stated = isRecord(model) ? own(model, 'modelTopology') : undefined
  if (!isRecord(model) || !isRecord(stated)) throw badConfig(file, 'it has no modelTopology')
  const inner = own(stated, 'model_config')
  const groups = readManifest(own(model, 'weightsManifest'), file)
  const shards = findShards(groups, main, files)
  const bytes = main.size + shards.flat().reduce((sum, shard) => sum + shard.size, 0)
  context.checkSize?.(bytes)
  const stored = await readWeights(groups, shards, context)
  const metadata = await readMetadata(model, main, files)
  return readLayers({
    file,
    name: modelName(file),
    format: 'tfjs-layers',
    topology: isRecord(inner) ? inner : stated,
    kerasVersion: kerasVersion(own(stated, 'keras_version')),
    weightsOf: () => namedWeights([...stored].map(([path, weight]) => ({ path, stored: weight }))),
    bytes,
    metadata,
    context,
  })
}
