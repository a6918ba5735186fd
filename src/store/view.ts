import type { Selection } from './selection'
import { setState } from './state'

/** Selects a node, scope or tensor on the graph, or nothing. */
export function select(selected: Selection | null): void {
  setState(({ view }) => ({ view: { ...view, selected } }))
}

/** Which scopes are unfolded. */
export function setUnfolded(unfolded: ReadonlySet<string>): void {
  setState(({ view }) => ({ view: { ...view, unfolded } }))
}

/** Selects something and brings it into view, unfolding what hides it. */
export function show(selection: Selection): void {
  setState(({ view }) => ({
    view: { ...view, selected: selection, focus: { selection, sequence: (view.focus?.sequence ?? 0) + 1 } },
  }))
}
