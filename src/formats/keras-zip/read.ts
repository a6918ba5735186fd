import { isRecord, own, parseJson } from '../json'
import { badConfig } from '../keras/config/bad-config'
import { h5Layout, h5Weights, openKerasH5 } from '../keras/weights/h5'
import { kerasVersion } from '../keras/config/keras-version'
import { readLayers } from '../keras/read-layers'
import { readMetadata } from '../metadata'
import { modelName } from '../model-name'
import { missingShards } from '../tfjs-graph/shards'
import { folderOf, readText } from '../source'
import type { ReadContext, ReadModel, SourceFile } from '../types'
import { findBeside, weightsName } from './archive'

/** Reads a .keras archive that was unpacked; `main` is its config.json. Throws CutpointError. */
export async function readKerasZip(
  main: SourceFile,
  files: readonly SourceFile[],
  context: ReadContext,
): Promise<ReadModel> {
  const archive = folderOf(main.path)
  const weights = findBeside(main, weightsName, files)
  if (weights === undefined) throw missingShards(main.path, [weightsName])
  const bytes = main.size + weights.size
  context.checkSize?.(bytes)
  context.progress('Reading the model', 0, 0)
  const topology = parseJson(await readText(main), main.path)
  const version = await statedVersion(main, files)
  const h5 = await openKerasH5(weights, context)
  try {
    const layout = h5Layout(h5)
    const model = await readLayers({
      file: archive === '' ? main.path : archive,
      name: modelName(archive === '' ? main.path : archive),
      format: 'keras',
      topology,
      kerasVersion: kerasVersion(version, 3),
      weightsOf: (config) => {
        if (layout) return h5Weights(h5, layout, config)
        if (h5.names('/').length === 0) return () => []
        throw badConfig(weights.path, 'it does not hold the weights of a Keras model')
      },
      bytes,
      metadata: (graph) => readMetadata({}, main, files, graph),
      context,
    })
    return { ...model, close: () => h5.close() }
  } catch (error) {
    await h5.close()
    throw error
  }
}

/** The version of Keras that metadata.json states. */
async function statedVersion(main: SourceFile, files: readonly SourceFile[]): Promise<unknown> {
  const file = findBeside(main, 'metadata.json', files)
  if (file === undefined) return undefined
  const metadata = parseJson(await readText(file), file.path)
  return isRecord(metadata) ? own(metadata, 'keras_version') : undefined
}
