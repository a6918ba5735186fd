import { recognise } from '../recognise'
import type { Format, SourceFile } from '../types'
import { readTfjsGraph } from './read'

export { toArtifacts, writeTfjsGraph, type GraphArtifacts, type ModelMeta } from './model-files'

/** TensorFlow.js graph models, as `tensorflowjs_converter --output_format=tfjs_graph_model` writes them. */
export const tfjsGraph: Format = {
  id: 'tfjs-graph',
  label: 'TensorFlow.js graph model (model.json)',
  match: async (files) => {
    const found: SourceFile[] = []
    for (const file of files) if ((await recognise(file)) === 'tfjs-graph') found.push(file)
    return found
  },
  read: readTfjsGraph,
}
