import type { LaidOut } from '../../layout/types'
import { nextTask } from '../../next-task'
import { describe } from '../describe/describe'
import type { Lazy } from '../lazy'
import { fold, idleWork, type Folding, type Held, type Pause } from './model-state'
import { createSlots, letIn, pauseWhile, unlessOvertaken, type Slot } from './slots'
import { find } from '../find/find'
import { inside } from '../inside'
import { locate } from '../locate'
import { marksOf, standing, type Standing } from '../scene/marks'
import { trunkSize } from '../describe/trunk-size'
import { depthsOf, profile } from '../describe/profile'
import { makeScene } from '../scene/scene'
import { drawSvg } from '../svg/draw'
import type { ViewEngine, ViewFeed } from '../types'
import type { Scene, SceneRequest } from '../scene/types'

/** What the view worker does: it holds graphs, groups them, lays them out and answers questions about them. */
export function createViewEngine(): { engine: ViewEngine; feed: ViewFeed } {
  const slots = createSlots()
  const readyAt = (model: number): Held | null => slots.at(model)?.ready ?? null

  const engine: ViewEngine = {
    async opened(model) {
      return (await slots.at(model)?.held)?.overview ?? null
    },
    async understood(model) {
      return (await slots.at(model)?.understood) ?? false
    },
    drop(model) {
      slots.drop(model)
      return Promise.resolve()
    },
    async scene(model, request) {
      const slot = slots.at(model)
      const held = slot?.ready
      if (!slot || !held) return null
      const turn = ++slot.scenes
      const wanted = () => !slot.dropped && slot.scenes === turn
      const work = async () => {
        const pause = pauseWhile(wanted)
        const folding = await foldingFor(held, request.constants, pause)
        const laid = await layOut(folding, request, pause)
        const scene = await sceneOf(held, folding, laid, request, pause)
        held.shown = { folding, boxes: laid.boxes }
        return scene
      }
      const scene = await unlessOvertaken(work())
      if (scene) workAhead(slot, held)
      return scene
    },
    async marks(model, cut) {
      const held = readyAt(model)
      if (!held) return null
      const { folding, boxes } = held.shown
      if (!boxes) return null
      const at = await standingOf(held, folding, cut, nextTask)
      return marksOf(boxes, at, partsOf(held, folding))
    },
    async describe(model, selection) {
      const held = readyAt(model)
      return Promise.resolve(held && describe(held.shown.folding.viewed, selection))
    },
    async find(model, query, limit) {
      const slot = slots.at(model)
      if (!slot?.ready) return null
      const turn = ++slot.searches
      const wanted = () => !slot.dropped && slot.searches === turn
      const { folding } = slot.ready.shown
      const work = async () => {
        // Newer queries that wait come in first; then this one is overtaken before its work begins.
        await letIn(wanted)
        await finish(folding.search, pauseWhile(wanted))
        return find(folding.viewed, query, limit)
      }
      return unlessOvertaken(work())
    },
    async locate(model, selection) {
      const held = readyAt(model)
      return Promise.resolve(held && locate(held.shown.folding.viewed, selection))
    },
    async inside(model, path) {
      const held = readyAt(model)
      return Promise.resolve(held && inside(held.shown.folding.grouping, path))
    },
    async preview(model, tensors) {
      const held = readyAt(model)
      if (!held) return null
      return Promise.resolve(
        trunkSize(tensors, held.network.get(), held.plain.tree.get(), held.known?.weighed.get() ?? null),
      )
    },
    async profile(model, bars) {
      const held = readyAt(model)
      return Promise.resolve(held && profile(held.plain.viewed, bars))
    },
    async depths(model, tensors) {
      const held = readyAt(model)
      return Promise.resolve(held && depthsOf(held.plain.viewed, tensors))
    },
    async picture(model, request, look) {
      const slot = slots.at(model)
      const held = slot?.ready
      if (!slot || !held) return null
      const work = async () => {
        const pause = pauseWhile(() => !slot.dropped)
        const folding = await foldingFor(held, request.constants, pause)
        const laid = await layOut(folding, request, pause)
        return drawSvg(await sceneOf(held, folding, laid, request, pause), look, request.cut)
      }
      return unlessOvertaken(work())
    },
  }
  return {
    engine,
    feed: {
      graph(model, graph) {
        slots.graph(model, graph)
        const slot = slots.at(model)
        if (slot) void unlessOvertaken(layOutAhead(slot)).catch(() => undefined)
      },
      facts: (model, facts) => slots.facts(model, facts),
    },
  }
}

/** Works out what the first scene most likely needs, before the page asks for it. */
async function layOutAhead(slot: Slot): Promise<void> {
  const held = await slot.held
  if (!held) return
  const pause = pauseWhile(() => !slot.dropped && slot.scenes === 0)
  await nextTask()
  await pause()
  await held.plain.layouter.layout(new Set(held.overview.opening), 'down', pause)
  for (const lazy of [held.plain.tree, held.plain.shares]) await finish(lazy, pause)
}

async function foldingFor(held: Held, constants: boolean, pause: Pause): Promise<Folding> {
  if (!constants) return held.plain
  return (held.full ??= await fold(held, true, pause))
}

const layOut = (folding: Folding, { unfolded, direction }: SceneRequest, pause: Pause): Promise<LaidOut> =>
  folding.layouter.layout(new Set(unfolded), direction, pause)

async function sceneOf(
  held: Held,
  folding: Folding,
  laid: LaidOut,
  { direction, cut }: SceneRequest,
  pause: Pause,
): Promise<Scene> {
  const at = await standingOf(held, folding, cut, pause)
  for (const lazy of [folding.tree, folding.shares]) await finish(lazy, pause)
  if (folding.costs) await finish(folding.costs, pause)
  const marks = marksOf(laid.boxes, at, partsOf(held, folding))
  return makeScene(laid, direction, marks, {
    model: folding.viewed,
    tree: folding.tree.get(),
    shares: folding.shares.get(),
    costs: folding.costs?.get() ?? null,
    ways: folding.ways,
  })
}

async function standingOf(
  held: Held,
  folding: Folding,
  cut: readonly string[],
  pause: Pause,
): Promise<Standing | null> {
  if (cut.length === 0) return null
  const key = cut.join('\n')
  if (folding.standing?.cut !== key) {
    for (const lazy of [held.network, folding.tree]) await finish(lazy, pause)
    folding.standing = { cut: key, at: standing(held.network.get(), folding.tree.get(), cut) }
  }
  return folding.standing.at
}

const partsOf = (held: Held, folding: Folding) => ({
  grouping: folding.grouping,
  get network() {
    return held.network.get()
  },
  get tree() {
    return folding.tree.get()
  },
})

async function finish(lazy: Lazy<unknown>, pause: Pause): Promise<void> {
  while (!lazy.step()) await pause()
}

/** Works out in idle time, step by step, what the next requests will need. */
function workAhead(slot: Slot, held: Held): void {
  if (slot.busy) return
  slot.busy = true
  const work = async () => {
    // The list is made again for each step: facts that arrive replace what was begun without them.
    while (!slot.dropped && idleWork(held).some((lazy) => !lazy.step())) await nextTask()
  }
  void work().finally(() => (slot.busy = false))
}
