import { readBinaryGraphDef } from '../graphdef/binary/read'
import { readMetadata } from '../metadata'
import { modelName } from '../model-name'
import type { ReadContext, ReadModel, SourceFile } from '../types'
import { createStore } from '../weights/store'
import { choosePart } from './choose'
import { kerasScopes } from './keras-scopes'
import { readMetaGraphs } from './meta-graphs'
import { entriesOf } from './signature'
import { bindGraph } from './with-variables'

const place = {
  prefix: 'variables/variables',
  next: 'Drop the whole folder of the model, with “variables” in it, or a zip of it.',
}

/**
 * Reads one signature of a SavedModel: `main` is its saved_model.pb, `files` hold its variables. Throws CutpointError.
 * https://www.tensorflow.org/guide/saved_model
 */
export async function readSavedModel(
  main: SourceFile,
  files: readonly SourceFile[],
  context: ReadContext,
): Promise<ReadModel> {
  context.checkSize?.(main.size)
  context.progress('Reading the graph', 0, 0)
  const metas = await readMetaGraphs(main)
  const { meta, key, signature, warnings } = choosePart(metas, main.path, context.part)
  const where = `${main.path}, signature “${key}”`
  const inputs = entriesOf(signature.inputs, where)
  const outputs = entriesOf(signature.outputs, where)
  const read = await readBinaryGraphDef(main, meta.graph, context)
  context.checkCancelled()
  const { checkpointName } = meta
  const { graph, stored, bytes } = await bindGraph(
    { main, read, inputs, outputs, checkpointName, place, missing: 'refuse' },
    files,
    context,
  )
  const scopes = await kerasScopes(main, files, graph.nodes)
  const metadata = await readMetadata({}, main, files, graph)
  return {
    name: modelName(main.path),
    format: 'saved-model',
    graph: { ...graph, scopes },
    weights: createStore(stored),
    bytes,
    labels: metadata.labels,
    preprocessing: metadata.preprocessing,
    warnings: [...warnings, ...metadata.warnings],
  }
}
