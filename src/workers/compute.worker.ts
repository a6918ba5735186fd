import { expose, transfer } from 'comlink'
import { createSession, type ComputeSession } from '../compute/session/session'
import { packFacts } from '../graph/packing/facts'
import { packGraph } from '../graph/packing/graph'
import { openFeatureRows } from '../keeping/features'
import { openTrainings } from '../keeping/trainings'
import type { Progress } from '../types'
import type { ComputeApi, ComputeWires } from './compute'
import { carryErrors } from './errors'
import { announceFailure, holdLifeline } from './life/lifeline'
import type { ImageApi } from './images'
import { lastingDecoder } from './life/decoder'
import { callsOver } from './remote'
import type { PackedFeed } from './view'

holdLifeline()
carryErrors()

/** What the worker answers to: one session for as long as the worker lives, and its wires. */
function createService(): ComputeApi {
  const listeners = new Set<(progress: Progress) => void>()
  const session = createSession((progress) => listeners.forEach((listener) => listener(progress)), announceFailure)
  return { ...session, ...wiresOf(session, listeners) }
}

/** The wires of a session to page, image and view worker. */
function wiresOf(session: ComputeSession, listeners: Set<(progress: Progress) => void>): ComputeWires {
  const decoder = lastingDecoder()
  /** Ends what waits for an answer of a view worker whose place another has taken. */
  let endView = (): void => undefined
  return {
    onProgress: (listener) => void listeners.add(listener),
    connectImages(port) {
      const { api, end } = callsOver<ImageApi>(port)
      decoder.connect({
        end,
        decode: (picture, target, change) =>
          api.decode(picture instanceof ImageBitmap ? transfer(picture, [picture]) : picture, target, change),
      })
      session.useDecoder(decoder.decode)
    },
    async keepOnDisk() {
      // What is asked of trainings from now on waits for it.
      session.useTrainingShelf(openTrainings())
      session.useFeatureShelf(await openFeatureRows())
    },
    connectView(port) {
      endView()
      const { api, end } = callsOver<PackedFeed>(port)
      endView = end
      session.useFeed({
        graph: (model, graph) => api.graph(model, packGraph(graph)),
        facts: (model, facts) => api.facts(model, packFacts(facts)),
      })
    },
  }
}

expose(createService())
