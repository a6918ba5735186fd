import { existsSync, readFileSync } from 'node:fs'
import { nodeCosts } from '../../graph/cost'
import { analyseCuts } from '../../graph/cuts/analyse'
import { findInputs } from '../../graph/image/input'
import { inferShapes } from '../../graph/shapes'
import { graphFromModelJson, type ModelJson } from '../../graph/testing/model-json'
import { sharedModel } from '../../graph/testing/tfjs-models'
import type { Graph } from '../../graph/types'
import { createViewEngine } from '../engine/engine'
import type { ModelFacts, Overview, ViewEngine, ViewFeed } from '../types'
import type { Scene, SceneBox, SceneRequest } from '../scene/types'

const folder = new URL('../../../public/models/efficientnet-lite0/', import.meta.url)

/** The model that comes with Cutpoint. */
export function builtInModel(): Graph {
  const model = JSON.parse(readFileSync(new URL('model.json', folder), 'utf8')) as ModelJson
  const shards = [1, 2, 3].map((shard) => readFileSync(new URL(`group1-shard${shard}of3.bin`, folder)))
  return graphFromModelJson(model, Buffer.concat(shards))
}

/** The built-in model and those of the shared folder that are there. */
export function realModels(): [name: string, graph: Graph][] {
  const shared = existsSync(new URL('../../../../shared/models/tfjs/', import.meta.url))
    ? ['posenet', 'movenet-lightning', 'facemesh-attention']
    : []
  return [
    ['efficientnet-lite0', builtInModel()],
    ...shared.flatMap((name): [string, Graph][] => {
      const graph = sharedModel(name)
      return graph ? [[name, graph]] : []
    }),
  ]
}

/** All that the compute worker would find out. */
export function factsOf(graph: Graph): ModelFacts {
  const infos = inferShapes(graph)
  const question = {
    image: findInputs(graph, infos).image,
    output: graph.outputs.at(0)?.tensor ?? null,
    supported: () => null,
  }
  return { infos, costs: nodeCosts(graph, infos), ...analyseCuts(graph, infos, question) }
}

export interface OpenedEngine {
  readonly engine: ViewEngine
  readonly feed: ViewFeed
  readonly overview: Overview
  readonly facts: ModelFacts
}

/** An engine that has this graph and all facts as model 1. */
export async function openedEngine(graph: Graph): Promise<OpenedEngine> {
  const { engine, feed } = createViewEngine()
  const facts = factsOf(graph)
  feed.graph(1, graph)
  feed.facts(1, facts)
  return { engine, feed, overview: present(await engine.opened(1)), facts }
}

/** A request for a scene; folded, downwards and uncut where nothing else is said. */
export function asked(request: Partial<SceneRequest> = {}): SceneRequest {
  return { unfolded: [], direction: 'down', constants: false, cut: [], ...request }
}

/** The value, which must not be null or undefined. Throws otherwise. */
export function present<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('it is not there')
  return value
}

/** The box of a scene with this id. Throws where there is none. */
export const boxOf = (scene: Scene, id: string): SceneBox => present(scene.boxes.find((box) => box.id === id))
