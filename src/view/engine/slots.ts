import { nextTask } from '../../next-task'
import type { Graph } from '../../graph/types'
import { hold, learn, type Held, type Pause } from './model-state'
import type { ModelFacts } from '../types'

/** A model from when it is first heard of until it is dropped. */
export interface Slot {
  /** null if it is dropped before its graph comes. */
  readonly held: Promise<Held | null>
  /** False if it is dropped before its facts come. */
  readonly understood: Promise<boolean>
  /** Once it can be drawn. */
  ready: Held | null
  dropped: boolean
  /** How many scenes and searches were requested: a newer one overtakes an older. */
  scenes: number
  searches: number
  /** Whether work is done ahead in idle time. */
  busy: boolean
}

/** Work was given up: a newer request came, or the model was dropped. */
export class Overtaken extends Error {}

/** Milliseconds of work between two chances for newer messages to come in. */
const patience = 12

/** A pause that lets messages in now and then, and ends work that is no longer wanted. */
export function pauseWhile(wanted: () => boolean): Pause {
  let rested = performance.now()
  return async () => {
    if (performance.now() - rested < patience) return
    await letIn(wanted)
    rested = performance.now()
  }
}

/** Lets messages that wait in, and ends work that is no longer wanted. */
export async function letIn(wanted: () => boolean): Promise<void> {
  await nextTask()
  if (!wanted()) throw new Overtaken()
}

/** The value, or null where work was given up. */
export async function unlessOvertaken<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work
  } catch (error) {
    if (error instanceof Overtaken) return null
    throw error
  }
}

/** The models by the number under which the page opened them. */
export interface Slots {
  /** Made when first heard of; undefined for one that was dropped. */
  at(model: number): Slot | undefined
  /** Of a model given twice the first graph counts: the other is the same, read again by a worker that was restarted. */
  graph(model: number, graph: Graph): void
  facts(model: number, facts: ModelFacts): void
  drop(model: number): void
}

/** Slots without models. The number of one that was dropped is never taken again. */
export function createSlots(): Slots {
  const slots = new Map<number, GrowingSlot>()
  const gone = new Set<number>()
  const at = (model: number): GrowingSlot | undefined => {
    if (gone.has(model)) return undefined
    let slot = slots.get(model)
    if (!slot) slots.set(model, (slot = newSlot()))
    return slot
  }
  return {
    at,
    graph: (model, graph) => at(model)?.giveGraph(graph),
    facts: (model, facts) => at(model)?.giveFacts(facts),
    drop(model) {
      gone.add(model)
      slots.get(model)?.end()
      slots.delete(model)
    },
  }
}

interface GrowingSlot extends Slot {
  giveGraph(graph: Graph): void
  giveFacts(facts: ModelFacts): void
  end(): void
}

function newSlot(): GrowingSlot {
  const graph = deferred<Graph | null>()
  const understood = deferred<boolean>()
  let latest: ModelFacts | null = null
  const prepare = async (): Promise<Held | null> => {
    const given = await graph.promise
    if (!given) return null
    const held = await unlessOvertaken(
      hold(
        given,
        pauseWhile(() => !slot.dropped),
      ),
    )
    if (!held || slot.dropped) return null
    if (latest) learn(held, latest)
    slot.ready = held
    return held
  }
  const slot: GrowingSlot = {
    held: prepare(),
    understood: understood.promise,
    ready: null,
    dropped: false,
    scenes: 0,
    searches: 0,
    busy: false,
    giveGraph: (given) => graph.resolve(given),
    giveFacts(facts) {
      latest = facts
      if (slot.ready) learn(slot.ready, facts)
      understood.resolve(true)
    },
    end() {
      slot.dropped = true
      graph.resolve(null)
      understood.resolve(false)
    },
  }
  // Whoever awaits it gets the error; this keeps one that nobody awaits from counting as unhandled.
  slot.held.catch(() => undefined)
  return slot
}

interface Deferred<T> {
  readonly promise: Promise<T>
  resolve(value: T): void
}

function deferred<T>(): Deferred<T> {
  let resolve: (value: T) => void = () => undefined
  const promise = new Promise<T>((done) => (resolve = done))
  return { promise, resolve: (value) => resolve(value) }
}
