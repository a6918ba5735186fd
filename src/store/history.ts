import type { Selection } from '../view/types'

/** Where the user was: what was selected, and what was unfolded then. */
export interface Place {
  readonly selected: Selection | null
  readonly unfolded: ReadonlySet<string> | null
}

/** Places left behind, the latest last, and those gone back from, the nearest last. */
export interface History {
  readonly past: readonly Place[]
  readonly future: readonly Place[]
}

export const noHistory: History = { past: [], future: [] }

/** More steps back than anybody takes. */
const mostPlaces = 100

/** Whether two selections are of the same thing. */
export function sameSelection(a: Selection | null, b: Selection | null): boolean {
  return a === b || (a !== null && b !== null && a.kind === b.kind && a.name === b.name)
}

/**
 * Leaves a place for another selection. The overview counts as a place only at the beginning; a panel closed in between
 * is no step of its own.
 */
export function leave(history: History, here: Place, next: Selection | null): History {
  if (sameSelection(here.selected, next)) return history
  if (here.selected === null && history.past.length > 0) return { past: history.past, future: [] }
  return { past: [...history.past, here].slice(-mostPlaces), future: [] }
}

/** One step back from here; null where there is none. */
export function goBack({ past, future }: History, here: Place): { place: Place; history: History } | null {
  const place = past.at(-1)
  return place ? { place, history: { past: past.slice(0, -1), future: [...future, here] } } : null
}

/** One step forward again; null where there is none. */
export function goForward({ past, future }: History, here: Place): { place: Place; history: History } | null {
  const place = future.at(-1)
  return place ? { place, history: { past: [...past, here], future: future.slice(0, -1) } } : null
}
