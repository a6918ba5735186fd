import { expose, wrap } from 'comlink'
import { ComputeSession } from '../compute/session'
import { packFacts } from '../graph/packing/facts'
import { packGraph } from '../graph/packing/graph'
import type { Progress } from '../types'
import { carryErrors } from './errors'
import type { ImageApi } from './images'
import type { PackedFeed } from './view'

carryErrors()

/** The compute worker: one session for as long as the worker lives, and the wires to page, image and view worker. */
class ComputeService extends ComputeSession {
  readonly #listeners: Set<(progress: Progress) => void>

  constructor() {
    const listeners = new Set<(progress: Progress) => void>()
    super((progress) => listeners.forEach((listener) => listener(progress)))
    this.#listeners = listeners
  }

  /** Progress of all jobs goes to `listener`, a comlink proxy. */
  onProgress(listener: (progress: Progress) => void): void {
    this.#listeners.add(listener)
  }

  /** Connects the image worker, whose decoded pictures come straight here and not by way of the page. */
  connectImages(port: MessagePort): void {
    const images = wrap<ImageApi>(port)
    this.useDecoder((blob, target) => images.decode(blob, target))
  }

  /** Connects the view worker, to which graphs go straight and not by way of the page. */
  connectView(port: MessagePort): void {
    const view = wrap<PackedFeed>(port)
    this.useFeed({
      graph: (model, graph) => view.graph(model, packGraph(graph)),
      facts: (model, facts) => view.facts(model, packFacts(facts)),
    })
  }
}

expose(new ComputeService())
