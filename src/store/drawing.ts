import type { Overview } from '../view/types'
import { getState, setState, type State } from './state'
import { viewWorker } from './workers'

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
/** The model that is open, as the view worker knows it. */
let open: number | null = null

/**
 * Asks the view worker for a model's graph, which is shown in place of the open one as soon as it comes, long before
 * all is known of it.
 */
export function draw(): Drawing {
  const id = ++numbers
  const { promise: name, resolve: named } = Promise.withResolvers<string>()
  let before: Pick<State, 'graph' | 'view'> | null = null
  let wanted = true
  const show = (overview: Overview | null, called: string): void => {
    if (!wanted || !overview) return
    const { graph, view } = getState()
    before = { graph, view }
    setState({ graph: { id, overview, name: called, complete: false } })
    completeWhenUnderstood(id)
  }
  const shown = Promise.all([viewWorker().opened(id), name]).then(([overview, called]) => show(overview, called))
  // Whoever does not wait for it learns from the compute worker that it failed.
  shown.catch(() => undefined)
  return {
    id,
    named,
    shown,
    keep: () => {
      const old = open
      open = id
      if (old !== null) drop(old)
    },
    giveUp: () => {
      wanted = false
      drop(id)
      if (before === null || getState().graph?.id !== id) return
      setState({ graph: before.graph })
      // Another graph begins with another view; this one was only out of sight.
      setState({ view: before.view })
      if (before.graph && !before.graph.complete) completeWhenUnderstood(before.graph.id)
    },
  }
}

/** Forgets the open model's graph. */
export function forgetDrawn(): void {
  if (open !== null) drop(open)
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

function completeWhenUnderstood(id: number): void {
  viewWorker()
    .understood(id)
    .then(
      (understood) => understood && setComplete(id, true),
      () => undefined,
    )
}

function setComplete(id: number, complete: boolean): void {
  setState(({ graph }) => (graph?.id === id ? { graph: { ...graph, complete } } : {}))
}

function drop(id: number): void {
  viewWorker()
    .drop(id)
    .catch(() => undefined)
}
