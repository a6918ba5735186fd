import type { Overview, ViewEngine } from '../../view/types'
import { getState, setState, type State } from '../state/state'
import { viewWorker } from '../workers/workers'
import { nextGeneration } from './generation'

/** A model on its way to the screen. */
export interface Drawing {
  /** The number by which all threads know the model. */
  readonly id: number
  /** To be told what the model is called as soon as it is read. */
  readonly named: (name: string) => void
  /** Resolves when its graph is what is shown, or has been given up. */
  readonly shown: Promise<void>
  /** The model is open: the one that was open before it is forgotten; 0 where none was. */
  keep(before: number): void
  /** It did not open: what was shown before is shown again, as it was. */
  giveUp(): void
}

/**
 * Asks the view worker for a model's graph, which is shown in place of the open one as soon as it comes, long before
 * all is known of it.
 */
export function draw(engine: ViewEngine = viewWorker()): Drawing {
  const id = nextGeneration()
  let named: (name: string) => void = () => undefined
  const name = new Promise<string>((resolve) => (named = resolve))
  let before: Pick<State, 'graph' | 'view'> | null = null
  let wanted = true
  const show = (overview: Overview | null, called: string): void => {
    if (!wanted || !overview) return
    const { graph, view } = getState()
    before = { graph, view }
    setState({ graph: { id, overview, name: called, complete: false } })
    completeWhenUnderstood(engine, id)
  }
  const shown = Promise.all([engine.opened(id), name]).then(([overview, called]) => show(overview, called))
  // Whoever does not wait for it learns from the compute worker that it failed.
  shown.catch(() => undefined)
  return {
    id,
    named,
    shown,
    keep: (old) => drop(engine, old),
    giveUp: () => {
      wanted = false
      drop(engine, id)
      if (before === null || getState().graph?.id !== id) return
      setState({ graph: before.graph })
      // Another graph begins with another view; this one was only out of sight.
      setState({ view: before.view })
      if (before.graph && !before.graph.complete) completeWhenUnderstood(engine, before.graph.id)
    },
  }
}

/** Forgets the graph of the model of that number, which was the open one; 0 where none was. */
export function forgetDrawn(id: number, engine: () => ViewEngine = viewWorker): void {
  if (id > 0) drop(engine(), id)
  setState({ graph: null })
}

/** While `work` finds out more about the model, its graph counts as not yet understood. */
export async function withNewFacts<T>(id: number, work: () => Promise<T>): Promise<T> {
  setComplete(id, false)
  try {
    return await work()
  } finally {
    setComplete(id, true)
  }
}

function completeWhenUnderstood(engine: ViewEngine, id: number): void {
  engine.understood(id).then(
    (understood) => understood && setComplete(id, true),
    () => undefined,
  )
}

function setComplete(id: number, complete: boolean): void {
  setState(({ graph }) => (graph?.id === id ? { graph: { ...graph, complete } } : {}))
}

function drop(engine: ViewEngine, id: number): void {
  if (id > 0) engine.drop(id).catch(() => undefined)
}
