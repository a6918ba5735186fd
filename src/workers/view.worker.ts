import { expose } from 'comlink'
import { unpackFacts } from '../graph/packing/facts'
import { unpackGraph } from '../graph/packing/graph'
import { createViewEngine } from '../view/engine/engine'
import { carryErrors } from './errors'
import { holdLifeline } from './life/lifeline'
import { inPieces, type ScenePiece } from './scene-pieces'
import type { PackedFeed, ViewApi } from './view'

holdLifeline()
carryErrors()

const { engine, feed } = createViewEngine()

const packedFeed: PackedFeed = {
  graph: async (model, graph) => {
    feed.graph(model, unpackGraph(graph))
    await engine.opened(model)
  },
  facts: (model, facts) => feed.facts(model, unpackFacts(facts)),
}

let scenes = 0
/** What is still to be fetched of the last scene. */
let waiting: { readonly number: number; readonly rest: readonly ScenePiece[] } = { number: 0, rest: [] }

const api: ViewApi = {
  ...engine,
  scene: async (model, request) => {
    const scene = await engine.scene(model, request)
    if (!scene) return null
    const { first, rest } = inPieces(scene, ++scenes)
    waiting = { number: first.number, rest }
    return first
  },
  piece: (number, index) => Promise.resolve(waiting.number === number ? waiting.rest[index] : null),
  connectFeed: (port) => expose(packedFeed, port),
}

expose(api)
