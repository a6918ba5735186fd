import { checkGraph } from '../../graph/check'
import type { Graph } from '../../graph/types'
import type { Metadata } from '../metadata'
import { naming } from '../naming'
import type { ReadContext, ReadModel } from '../types'
import { createStore } from '../weights/store'
import { lowerings } from './layers'
import { lowerModel } from './lower-model'
import type { FindWeights } from './lowering'
import { readModelConfig, type ModelConfig } from './config/model'

/** What a container of a Keras model holds. */
export interface LayersFile {
  readonly file: string
  readonly name: string
  readonly format: string
  /** `{class_name, config}` of the model. */
  readonly topology: unknown
  readonly kerasVersion: number
  /** Where the layers of the model find their weights. */
  readonly weightsOf: (model: ModelConfig) => FindWeights
  readonly bytes: number
  /** What the files around it say of its graph. */
  readonly metadata: (graph: Graph) => Promise<Metadata>
  readonly context: ReadContext
}

/** A model of layers from any container, lowered to operations. Throws CutpointError. */
export async function readLayers(layersFile: LayersFile): Promise<ReadModel> {
  const { file, format, topology, weightsOf, bytes, context } = layersFile
  context.checkCancelled()
  context.progress('Turning layers into operations', 0, 0)
  const config = readModelConfig(topology, file, layersFile.kerasVersion)
  const { graph, weights, warnings } = lowerModel(config, {
    file,
    kerasVersion: layersFile.kerasVersion,
    lowerings,
    findWeights: weightsOf(config),
    ...(context.told && { told: context.told }),
  })
  naming(file, () => {
    checkGraph(graph)
  })
  const metadata = await layersFile.metadata(graph)
  return {
    name: layersFile.name,
    format,
    graph,
    weights: createStore(weights),
    bytes,
    labels: metadata.labels,
    preprocessing: metadata.preprocessing,
    warnings: [...warnings, ...metadata.warnings],
  }
}
