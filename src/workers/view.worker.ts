import { expose } from 'comlink'
import { unpackFacts } from '../graph/packing/facts'
import { unpackGraph } from '../graph/packing/graph'
import { createViewEngine } from '../view/engine'
import { carryErrors } from './errors'
import type { PackedFeed, ViewApi } from './view'

carryErrors()

const { engine, feed } = createViewEngine()

const packedFeed: PackedFeed = {
  graph: (model, graph) => feed.graph(model, unpackGraph(graph)),
  facts: (model, facts) => feed.facts(model, unpackFacts(facts)),
}

const api: ViewApi = { ...engine, connectFeed: (port) => expose(packedFeed, port) }

expose(api)
