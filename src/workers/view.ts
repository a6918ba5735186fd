import { transfer } from 'comlink'
import type { PackedFacts } from '../graph/packing/facts'
import type { PackedGraph } from '../graph/packing/graph'
import type { ViewEngine } from '../view/types'
import type { LifeEvents } from './life/lifeline'
import { callsOf } from './remote'
import { fromPieces, type FirstPiece, type ScenePiece } from './scene-pieces'

/** What the view worker answers to. */
export interface ViewApi extends Omit<ViewEngine, 'scene'> {
  scene(...request: Parameters<ViewEngine['scene']>): Promise<FirstPiece | null>
  /** Another piece of the last scene; null where a newer one took its place. */
  piece(scene: number, index: number): Promise<ScenePiece | null>
  /** Takes graphs and facts over another port, from the compute worker. */
  connectFeed(port: MessagePort): void
}

/** `ViewFeed` as it goes over the port: packed, since copies of large graphs as they are take seconds. */
export interface PackedFeed {
  graph(model: number, graph: PackedGraph): Promise<void>
  facts(model: number, facts: PackedFacts): void
}

export interface ViewWorker {
  readonly api: ViewEngine
  /** A new port on which the worker takes what there is to see, to be handed to the compute worker. */
  feed(): MessagePort
  terminate(): void
}

/** Starts a view worker. */
export function createViewWorker(events: LifeEvents): ViewWorker {
  const { api, terminate } = callsOf<ViewApi>(
    {
      what: 'What draws graphs',
      start: () => new Worker(new URL('./view.worker.ts', import.meta.url), { type: 'module' }),
    },
    events,
  )
  return {
    api: {
      opened: (model) => api.opened(model),
      understood: (model) => api.understood(model),
      drop: (model) => api.drop(model),
      scene: async (model, request) => {
        const first = await api.scene(model, request)
        return first && fromPieces(first, (index) => api.piece(first.number, index))
      },
      marks: (model, cut) => api.marks(model, cut),
      describe: (model, selection) => api.describe(model, selection),
      find: (model, query, limit) => api.find(model, query, limit),
      locate: (model, selection) => api.locate(model, selection),
      inside: (model, path) => api.inside(model, path),
      preview: (model, tensors) => api.preview(model, tensors),
      profile: (model, bars) => api.profile(model, bars),
      depths: (model, tensors) => api.depths(model, tensors),
      picture: (model, request, look) => api.picture(model, request, look),
    },
    feed() {
      const channel = new MessageChannel()
      api.connectFeed(transfer(channel.port1, [channel.port1])).catch(() => undefined)
      return channel.port2
    },
    terminate,
  }
}
