import { describe, expect, it } from 'vitest'
import { LastingFeed } from '../compute/session/feed'
import type { CutpointError } from '../errors'
import { classifier } from '../graph/testing/networks'
import { unreachable } from '../lazy-module'
import { createViewEngine } from '../view/engine/engine'
import type { ViewEngine } from '../view/types'
import { createLastingView } from './lasting-view'
import { workerDied } from './life/lifeline'
import type { SceneRequest } from '../view/scene/types'

const facts = { infos: new Map<never, never>(), costs: new Map<never, never>(), verdicts: new Map<never, never>() }
const request: SceneRequest = { unfolded: [], direction: 'right', constants: false, cut: [] }

/** Views that die when told to, as workers do: what was asked is never answered, and all is forgotten. */
function mortals(diesOver: (life: number) => boolean = () => false, why = workerDied()) {
  let life = 0
  let die: () => void = () => undefined
  const lasting = new LastingFeed()
  const start = (onDied: (why: CutpointError) => void) => {
    const own = ++life
    const { engine, feed } = createViewEngine()
    let end: () => void = () => undefined
    const ended = new Promise<never>((_, reject) => {
      end = () => {
        reject(new Error('ended'))
        onDied(why)
      }
    })
    ended.catch(() => undefined)
    die = end
    const until = <T>(answer: Promise<T>): Promise<T> => Promise.race([ended, answer])
    const api: ViewEngine = {
      ...engine,
      opened: (model) => until(engine.opened(model)),
      understood: (model) => until(engine.understood(model)),
      scene: (model, wanted) => {
        if (diesOver(own)) queueMicrotask(end)
        return until(engine.scene(model, wanted))
      },
      marks: (model, cut) => until(engine.marks(model, cut)),
    }
    const connect = () =>
      lasting.use({
        graph: (model, graph) => Promise.resolve(feed.graph(model, graph)),
        facts: (model, known) => Promise.resolve(feed.facts(model, known)),
      })
    if (own === 1) connect()
    wires.push(connect)
    return { api, feed: () => new MessageChannel().port1 }
  }
  const wires: (() => void)[] = []
  const view = createLastingView(start, () => wires.at(-1)?.())
  return { view: view.api, lasting, die: () => die(), lives: () => life }
}

/** With a model that is drawn. */
async function drawn(diesOver?: (life: number) => boolean, why?: CutpointError) {
  const all = mortals(diesOver, why)
  void all.lasting.graph(1, classifier())
  await all.view.opened(1)
  void all.lasting.facts(1, facts)
  return all
}

describe('a view that dies', () => {
  it('is there again with the model, its facts and the scene that was shown', async () => {
    const { view, die, lives } = await drawn()
    const scene = await view.scene(1, request)
    const before = await view.marks(1, ['pool:0'])
    die()
    expect(await view.marks(1, ['pool:0'])).toEqual(before)
    expect(before?.lit?.length).toBeGreaterThan(0)
    expect(await view.understood(1)).toBe(true)
    expect(await view.scene(1, request)).toEqual(scene)
    expect(lives()).toBe(2)
  })

  it('answers what was under way when it died', async () => {
    const { view, die } = await drawn()
    const scene = view.scene(1, request)
    die()
    expect((await scene)?.boxes.length).toBeGreaterThan(0)
  })

  it('gives up what it dies over again, and answers the next', async () => {
    const { view } = await drawn((life) => life < 3)
    await expect(view.scene(1, request)).rejects.toMatchObject({ code: 'not-available' })
    expect((await view.scene(1, request))?.boxes.length).toBeGreaterThan(0)
  })

  it('is told as that when its script cannot be fetched', async () => {
    const { view } = await drawn(() => true, unreachable('What draws graphs', 'offline'))
    await expect(view.scene(1, request)).rejects.toMatchObject({ code: 'part-unreachable' })
  })

  it('does not wait for a model that was dropped', async () => {
    const { view, lasting, die } = await drawn()
    lasting.drop(1)
    await view.drop(1)
    die()
    void lasting.graph(2, classifier())
    expect((await view.opened(2))?.operations).toBeGreaterThan(0)
  })
})

describe('what is sent to a view', () => {
  it('is not sent again where it was seen, unless that view is gone', () => {
    const sent: string[] = []
    const feed = (name: string) => ({
      graph: (model: number) => Promise.resolve(void sent.push(`${name} graph ${model}`)),
      facts: (model: number) => Promise.resolve(void sent.push(`${name} facts ${model}`)),
    })
    const lasting = new LastingFeed()
    lasting.use(feed('first'))
    void lasting.graph(1, classifier(), true)
    expect(sent).toEqual([])
    lasting.use(feed('second'))
    void lasting.facts(1, facts, true)
    expect(sent).toEqual(['second graph 1', 'second facts 1'])
  })
})
