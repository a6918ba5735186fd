import { badConfig } from '../keras/config/bad-config'
import { kerasVersion } from '../keras/config/keras-version'
import { namedWeights } from '../keras/weights/named'
import { readLayers } from '../keras/read-layers'
import { isRecord, own } from '../json'
import { readMetadata } from '../metadata'
import { modelName } from '../model-name'
import { readModelJson, readModelWeights } from '../tfjs-graph/model-json'
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
  const { model, topology } = await readModelJson(main, context, badConfig)
  const inner = own(topology, 'model_config')
  const { stored, bytes } = await readModelWeights(model, main, files, context)
  return readLayers({
    file,
    name: modelName(file),
    format: 'tfjs-layers',
    topology: isRecord(inner) ? inner : topology,
    kerasVersion: kerasVersion(own(topology, 'keras_version')),
    weightsOf: () => namedWeights([...stored].map(([path, weight]) => ({ path, stored: weight }))),
    bytes,
    metadata: (graph) => readMetadata(model, main, files, graph),
    context,
  })
}
