import type { Direction } from '../layout/types'
import type { Selection } from '../view/types'
import { goBack, goForward, leave, type Place } from './history'
import { getState, setState, useStore, type State } from './state'
import { fingerprint, keepSettings, keepUnfolded, recallUnfolded } from './view-memory'
import { freshView, type ColourBy, type ViewSettings, type ViewState } from './view-state'

export type { ColourBy } from './view-state'

/** Selects a node, scope or tensor on the graph, or nothing. */
export function select(selected: Selection | null): void {
  change((view) => ({ selected, history: leave(view.history, placeOf(view), selected) }))
}

/** Selects something and brings it into view, unfolding what hides it. */
export function show(selection: Selection): void {
  change((view) => ({
    selected: selection,
    focus: focusOn(selection, view),
    history: leave(view.history, placeOf(view), selection),
  }))
}

/** Which groups are unfolded; kept for the next time the model is opened. */
export function setUnfolded(unfolded: ReadonlySet<string>): void {
  change(() => ({ unfolded }))
  keepSoon()
}

/** Which way the data flows on screen. */
export function setDirection(direction: Direction): void {
  settle({ direction })
}

/** Whether constants and weights get boxes of their own. */
export function setConstants(constants: boolean): void {
  settle({ constants })
}

/** What the boxes' colours stand for. */
export function setColourBy(colourBy: ColourBy): void {
  settle({ colourBy })
}

/** Whether the chart stands beside the graph. */
export function setChart(chart: boolean): void {
  settle({ chart })
}

/** Goes to where the user was before. */
export function back(): void {
  const { view } = getState()
  goTo(goBack(view.history, placeOf(view)))
}

/** Goes to where the user went back from. */
export function forward(): void {
  const { view } = getState()
  goTo(goForward(view.history, placeOf(view)))
}

export const canGoBack = (state: State): boolean => state.view.history.past.length > 0
export const canGoForward = (state: State): boolean => state.view.history.future.length > 0

const placeOf = ({ selected, unfolded }: ViewState): Place => ({ selected, unfolded })

const focusOn = (selection: Selection, view: ViewState): ViewState['focus'] => ({
  selection,
  sequence: (view.focus?.sequence ?? 0) + 1,
})

function goTo(step: ReturnType<typeof goBack>): void {
  if (!step) return
  const { place, history } = step
  change((view) => ({ ...place, history, focus: place.selected ? focusOn(place.selected, view) : view.focus }))
  keepSoon()
}

function change(part: (view: ViewState) => Partial<ViewState>): void {
  setState(({ view }) => ({ view: { ...view, ...part(view) } }))
}

const settingsOf = ({ direction, constants, colourBy, chart }: ViewState) => ({ direction, constants, colourBy, chart })

function settle(settings: Partial<ViewSettings>): void {
  change(() => settings)
  keepSettings(settingsOf(getState().view))
}

/** Milliseconds after the last change of what is unfolded until it is kept. */
const keepAfter = 400
let waiting: ReturnType<typeof setTimeout> | undefined

function keepSoon(): void {
  clearTimeout(waiting)
  waiting = setTimeout(keepNow, keepAfter)
}

function keepNow(): void {
  clearTimeout(waiting)
  waiting = undefined
  const { graph, view } = getState()
  if (graph) keepUnfolded(fingerprintOf(graph), view.unfolded)
}

function fingerprintOf({ name, overview }: NonNullable<State['graph']>): string {
  return fingerprint(name, overview.operations + overview.constants)
}

// Another graph is drawn: its view begins as it was left, and the one before is kept as it is.
useStore.subscribe(({ graph }, before) => {
  if (graph?.id === before.graph?.id) return
  if (waiting !== undefined && before.graph) {
    clearTimeout(waiting)
    waiting = undefined
    keepUnfolded(fingerprintOf(before.graph), before.view.unfolded)
  }
  const unfolded = graph && recallUnfolded(fingerprintOf(graph))
  setState({ view: { ...freshView(unfolded), ...settingsOf(before.view) } })
})
