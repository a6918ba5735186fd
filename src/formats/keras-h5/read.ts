import { CutpointError } from '../../errors'
import type { Hdf5File } from '../hdf5/types'
import { isRecord, own, parseJson, type JsonRecord } from '../json'
import { h5Layout, h5Weights, openKerasH5, type H5Layout } from '../keras/weights/h5'
import { kerasVersion } from '../keras/config/keras-version'
import { readLayers } from '../keras/read-layers'
import { readMetadata } from '../metadata'
import { modelName } from '../model-name'
import { recognise } from '../recognise'
import { fileName, readText } from '../source'
import type { ReadContext, ReadModel, SourceFile } from '../types'

/** What a model is made of, and what the file that says so says of itself. */
interface Topology {
  readonly model: JsonRecord
  readonly version: string | undefined
}

/**
 * Reads a Keras model in HDF5. One that holds weights alone is read with the JSON of `model.to_json()` among `files`.
 * Throws CutpointError.
 */
export async function readKerasH5(
  main: SourceFile,
  files: readonly SourceFile[],
  context: ReadContext,
): Promise<ReadModel> {
  context.checkSize?.(main.size)
  context.progress('Reading the model', 0, 0)
  const h5 = await openKerasH5(main, context)
  try {
    const layout = h5Layout(h5)
    const topology = topologyIn(h5, main) ?? (layout && (await topologyBeside(main, files)))
    if (!topology || layout === null) throw noTopology(main, layout, topology !== undefined && topology !== null)
    if (isFlipped(h5, topology)) throw flippedKernels(main)
    const model = await readLayers({
      file: main.path,
      name: modelName(main.path),
      format: 'keras-h5',
      topology: topology.model,
      kerasVersion: kerasVersion(topology.version, 1),
      weightsOf: (config) => h5Weights(h5, layout, config),
      bytes: main.size,
      metadata: (graph) => readMetadata({}, main, files, graph),
      context,
    })
    return { ...model, close: () => h5.close() }
  } catch (error) {
    await h5.close()
    throw error
  }
}

function topologyIn(h5: Hdf5File, main: SourceFile): Topology | undefined {
  const text = h5.text('/', 'model_config')
  if (text === undefined) return undefined
  const model = parseJson(text, `${main.path} (model_config)`)
  return isRecord(model) ? { model, version: h5.text('/', 'keras_version') } : undefined
}

/**
 * Theano's convolutions turn their kernels by 180°, so that those it trained are others' upside down.
 * Source: `_need_convert_kernel` in keras/engine/saving.py of Keras 2.2.
 */
function isFlipped(h5: Hdf5File, { model }: Topology): boolean {
  return (h5.text('/', 'backend') ?? '').startsWith('theano') && /"class_name":"\w*Conv/.test(JSON.stringify(model))
}

/** More than any configuration is long. */
const mostJsonBytes = 2 ** 26

/** The model of `model.to_json()` or a .keras' config.json, when there is just one such file. */
async function topologyBeside(main: SourceFile, files: readonly SourceFile[]): Promise<Topology | undefined> {
  const found: Topology[] = []
  for (const file of files) {
    if (file === main || file.size > mostJsonBytes || (await recognise(file)) !== 'json') continue
    const model = parseJson(await readText(file), file.path)
    if (!isRecord(model) || !isRecord(own(model, 'config')) || own(model, 'class_name') === undefined) continue
    const version = own(model, 'keras_version')
    const isKeras3 = typeof own(model, 'module') === 'string'
    found.push({ model, version: typeof version === 'string' ? version : isKeras3 ? '3.0' : undefined })
  }
  return found.length === 1 ? found[0] : undefined
}

function flippedKernels({ path }: SourceFile): CutpointError {
  return new CutpointError(
    'bad-weight',
    `${path} was saved by Keras on Theano, whose convolutions have their kernels the other way round.`,
    'In Python, load it with Keras on TensorFlow, which turns them, and save it again: model.save("model.h5").',
    { path, backend: 'theano' },
  )
}

function noTopology(main: SourceFile, layout: H5Layout, hasTopology: boolean): CutpointError {
  if (layout === null) {
    return new CutpointError(
      'not-a-model',
      hasTopology
        ? `${main.path} says what its model is made of, but holds no weights.`
        : `${main.path} is an HDF5 file, but it holds no Keras model.`,
      'Save the model with model.save("model.h5") or model.save("model.keras"), and drop that file.',
      { path: main.path, kind: 'hdf5' },
    )
  }
  return new CutpointError(
    'no-topology',
    `${main.path} holds the weights of a model, but not what the model is made of.`,
    `Drop it together with the JSON that model.to_json() gives${layout.kind === 'paths' ? ' (or the config.json of its .keras file)' : ''}, or save the model whole with model.save("model.keras").`,
    { path: main.path, name: fileName(main.path) },
  )
}
