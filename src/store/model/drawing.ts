import type { Overview, ViewEngine } from '../../view/types'
import { getState, setState, type State } from '../state/state'
import { viewWorker } from '../workers/workers'

/** A model on its way to the screen. */
export interface Drawing {
  /** The number by which all threads know the model. */
  readonly id: number
  /** To be told what the model is called as soon as it is read. */
  readonly named: (name: string) => void
  /** Resolves when its graph is what is shown, or has been given up. */
  readonly shown: Promise<void>
  /** The model is open: the one before it is forgotten. */
  keep(): void
  /** It did not open: what was shown before is shown again, as it was. */
  giveUp(): void
}

let numbers = 0
/** The model that is open, and who draws it. */
let open: { readonly id: number; readonly engine: ViewEngine } | null = null

/**
 * Asks the view worker for a model's graph, which is shown in place of the open one as soon as it comes, long before
 * all is known of it.
 */
export function draw(engine: ViewEngine = viewWorker()): Drawing {
  const id = ++numbers
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
    keep: () => {
      const old = open
      open = { id, engine }
      if (old) drop(old.engine, old.id)
    },
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

/** Forgets the open model's graph. */
export function forgetDrawn(): void {
  if (open) drop(open.engine, open.id)
  open = null
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
  engine.drop(id).catch(() => undefined)
}
