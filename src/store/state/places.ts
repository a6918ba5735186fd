import type { Direction } from '../../layout/types'
import type { Selection } from '../../view/selection'

/** What is looked at: the middle of the screen, in the layout's coordinates, and the zoom. */
export interface Spot {
  readonly x: number
  readonly y: number
  readonly zoom: number
}

/** Where the user was: what was selected, what was unfolded then, and what was on screen. */
export interface VisitedPlace {
  readonly selected: Selection | null
  readonly unfolded: ReadonlySet<string> | null
  /** null where nobody knows. */
  readonly spot: Spot | null
  /** How the graph was laid out then. */
  readonly direction: Direction
  readonly constants: boolean
}

/** Places left behind, the latest last, and those gone back from, the nearest last. */
export interface History {
  readonly past: readonly VisitedPlace[]
  readonly future: readonly VisitedPlace[]
}

/** No place to go back to, none to go forward to. */
export const noHistory: History = { past: [], future: [] }

/** More steps back than anybody takes. */
const mostPlaces = 100

/** Whether two selections are of the same thing. */
export function sameSelection(a: Selection | null, b: Selection | null): boolean {
  return a === b || (a !== null && b !== null && a.kind === b.kind && a.name === b.name)
}

/** Pixels on screen, and a ratio of zooms; nearer than that, two spots are the same. */
const near = { pixels: 250, zoom: 1.3 } as const

function sameSpot(a: Spot | null, b: Spot | null): boolean {
  if (!a || !b) return true
  const zoom = Math.max(a.zoom, b.zoom)
  return Math.hypot(a.x - b.x, a.y - b.y) * zoom < near.pixels && zoom / Math.min(a.zoom, b.zoom) < near.zoom
}

/**
 * Leaves a place for another selection. Where nothing is selected is a place at the beginning, and after the user has
 * moved away; a panel closed in between is no step of its own.
 */
export function leave(history: History, here: VisitedPlace, next: Selection | null): History {
  if (sameSelection(here.selected, next)) return history
  const last = history.past.at(-1)
  if (here.selected === null && last && sameSpot(last.spot, here.spot)) return { past: history.past, future: [] }
  return { past: [...history.past, here].slice(-mostPlaces), future: [] }
}

/** One step back from here; null where there is none. */
export function goBack(
  { past, future }: History,
  here: VisitedPlace,
): { place: VisitedPlace; history: History } | null {
  const place = past.at(-1)
  return place ? { place, history: { past: past.slice(0, -1), future: [...future, here] } } : null
}

/** One step forward again; null where there is none. */
export function goForward(
  { past, future }: History,
  here: VisitedPlace,
): { place: VisitedPlace; history: History } | null {
  const place = future.at(-1)
  return place ? { place, history: { past: [...past, here], future: future.slice(0, -1) } } : null
}
