import { CutpointError } from '../errors'
import type { ViewEngine } from '../view/types'
import type { SceneRequest } from '../view/scene/types'

/** A view that may die. */
export interface MortalView {
  readonly api: ViewEngine
  /** A new port on which it takes what there is to see. */
  feed(): MessagePort
}

export interface LastingView {
  /** A plain object, so that it may be handed to components as a prop. */
  readonly api: ViewEngine
  feed(): MessagePort
}

/** One life of the view. */
interface Life {
  readonly view: MortalView
  /** What it died of. */
  dead: CutpointError | null
  /** Whether it has answered anything: one that never did cannot be brought to by starting it again. */
  answered: boolean
  /** Models that are being brought back to where they were in the life before. */
  readonly back: ReadonlyMap<number, Promise<unknown>>
}

/** A call and how often it may die with the view: what kills it twice would do so again. */
const mostLives = 2

/**
 * A view that is there again after it died. `start` starts one; `wire` has the graphs of all models that are open sent
 * to a new one. Calls that were under way are asked again, after the last scene of their model, so that the page need
 * not know.
 */
export function createLastingView(
  start: (onDied: (why: CutpointError) => void) => MortalView,
  wire: (port: MessagePort) => void,
): LastingView {
  /** Models that are there, with the last scene that was made of each. */
  const models = new Map<number, SceneRequest | null>()
  let now = begin(new Map())

  function begin(back: ReadonlyMap<number, Promise<unknown>>): Life {
    const view = start((why) => {
      life.dead = why
      if (now === life && life.answered) revive()
    })
    const life: Life = { view, dead: null, answered: false, back }
    return life
  }

  function revive(): void {
    const back = new Map<number, Promise<unknown>>()
    now = begin(back)
    const { view } = now
    wire(view.feed())
    for (const [model, scene] of models) {
      const restored = view.api.opened(model).then(() => scene && view.api.scene(model, scene))
      restored.catch(() => undefined)
      back.set(model, restored)
    }
  }

  /** Asks about a model, again where the view dies over it. */
  async function ask<T>(model: number, call: (api: ViewEngine) => Promise<T>): Promise<T> {
    for (let lives = 1; ; lives++) {
      if (now.dead) revive()
      const life = now
      try {
        await life.back.get(model)
        const answer = await call(life.view.api)
        life.answered = true
        return answer
      } catch (error) {
        if (!life.dead) throw error
        if (life.dead.code === 'part-unreachable') throw life.dead
        if (lives === mostLives) throw tooMuch()
      }
    }
  }

  const api: ViewEngine = {
    async opened(model) {
      const overview = await ask(model, (view) => view.opened(model))
      if (overview) models.set(model, models.get(model) ?? null)
      return overview
    },
    understood: (model) => ask(model, (view) => view.understood(model)),
    drop(model) {
      models.delete(model)
      return now.view.api.drop(model)
    },
    async scene(model, request) {
      const scene = await ask(model, (view) => view.scene(model, request))
      if (scene && models.has(model)) models.set(model, request)
      return scene
    },
    marks: (model, cut) => ask(model, (view) => view.marks(model, cut)),
    describe: (model, selection) => ask(model, (view) => view.describe(model, selection)),
    find: (model, query, limit) => ask(model, (view) => view.find(model, query, limit)),
    locate: (model, selection) => ask(model, (view) => view.locate(model, selection)),
    inside: (model, path) => ask(model, (view) => view.inside(model, path)),
    preview: (model, tensors) => ask(model, (view) => view.preview(model, tensors)),
    profile: (model, bars) => ask(model, (view) => view.profile(model, bars)),
    depths: (model, tensors) => ask(model, (view) => view.depths(model, tensors)),
    picture: (model, request, look) => ask(model, (view) => view.picture(model, request, look)),
  }
  return { api, feed: () => now.view.feed() }
}

function tooMuch(): CutpointError {
  return new CutpointError(
    'not-available',
    'The graph could not be drawn like this; the browser may have run out of memory.',
    'Fold some groups, or close other tabs, and try again.',
  )
}
