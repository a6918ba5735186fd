import { expose, transfer } from 'comlink'
import { ComputeSession } from '../compute/session/session'
import { packFacts } from '../graph/packing/facts'
import { packGraph } from '../graph/packing/graph'
import { openFeatureRows } from '../keeping/features'
import type { Progress } from '../types'
import { carryErrors } from './errors'
import { announceFailure, holdLifeline } from './life/lifeline'
import type { ImageApi } from './images'
import { lastingDecoder } from './life/decoder'
import { callsOver } from './remote'
import type { PackedFeed } from './view'

holdLifeline()
carryErrors()

/** The compute worker: one session for as long as the worker lives, and the wires to page, image and view worker. */
class ComputeService extends ComputeSession {
  readonly #listeners: Set<(progress: Progress) => void>
  readonly #decoder = lastingDecoder()
  /** Ends what waits for an answer of a view worker whose place another has taken. */
  #endView = (): void => undefined

  constructor() {
    const listeners = new Set<(progress: Progress) => void>()
    super((progress) => listeners.forEach((listener) => listener(progress)), announceFailure)
    this.#listeners = listeners
  }

  /** Progress of all jobs goes to `listener`, a comlink proxy. */
  onProgress(listener: (progress: Progress) => void): void {
    this.#listeners.add(listener)
  }

  /** Connects the image worker, whose decoded pictures come straight here and not by way of the page. */
  connectImages(port: MessagePort): void {
    const { api, end } = callsOver<ImageApi>(port)
    this.#decoder.connect({
      end,
      decode: (picture, target, change) =>
        api.decode(picture instanceof ImageBitmap ? transfer(picture, [picture]) : picture, target, change),
    })
    this.useDecoder(this.#decoder.decode)
  }

  /** Keeps features on disk, where they are there for the next visit. */
  async keepFeatures(): Promise<void> {
    this.useFeatureShelf(await openFeatureRows())
  }

  /** Connects the view worker, to which graphs go straight and not by way of the page. */
  connectView(port: MessagePort): void {
    this.#endView()
    const { api, end } = callsOver<PackedFeed>(port)
    this.#endView = end
    this.useFeed({
      graph: (model, graph) => api.graph(model, packGraph(graph)),
      facts: (model, facts) => api.facts(model, packFacts(facts)),
    })
  }
}

expose(new ComputeService())
