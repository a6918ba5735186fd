import type { Direction } from '../../layout/types'
import { goBack, goForward, leave, type VisitedPlace, type Spot } from '../state/places'
import { whenPutAway } from '../page/visibility'
import { getState, setState, useStore, type State } from '../state/state'
import { fingerprint, keepSettings, keepUnfolded, recallUnfolded } from '../state/kept-view'
import { freshView, type ColourBy, type Focus, type ViewSettings, type ViewState } from '../state/view-state'
import type { Selection } from '../../view/selection'

export type { ColourBy, Focus } from '../state/view-state'

let lookedAt: () => Spot | null = () => null

/** Tells the history of places how to find out what is on screen; returns how to take that back. */
export function setLookedAt(read: () => Spot | null): () => void {
  lookedAt = read
  return () => {
    if (lookedAt === read) lookedAt = () => null
  }
}

let seen: (tensor: string) => boolean = () => false

/** Tells how to find out whether a tensor is seen on the graph; returns how to take that back. */
export function setInSight(see: (tensor: string) => boolean): () => void {
  seen = see
  return () => {
    if (seen === see) seen = () => false
  }
}

/** Whether a tensor is seen on the graph. */
export const isInSight = (tensor: string): boolean => seen(tensor)

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

/** Whether there is a place that was visited before this one. */
export const canGoBack = (state: State): boolean => state.view.history.past.length > 0
/** Whether there is a place that the user went back from. */
export const canGoForward = (state: State): boolean => state.view.history.future.length > 0

const placeOf = ({ selected, unfolded, direction, constants }: ViewState): VisitedPlace => ({
  selected,
  unfolded,
  spot: lookedAt(),
  ...{ direction, constants },
})

function focusOn(selection: Selection | null, view: ViewState, spot: Spot | null = null): Focus {
  return { selection, sequence: (view.focus?.sequence ?? 0) + 1, ...(spot ? { spot } : {}) }
}

function goTo(step: ReturnType<typeof goBack>): void {
  if (!step) return
  const { selected, unfolded, spot, direction, constants } = step.place
  change((view) => {
    // Laid out otherwise, everything is elsewhere.
    const there = direction === view.direction && constants === view.constants ? spot : null
    const focus = selected || there ? focusOn(selected, view, there) : view.focus
    return { selected, unfolded, focus, history: step.history }
  })
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
  waiting = setTimeout(() => keepNow(), keepAfter)
}

function keepNow({ graph, view }: Pick<State, 'graph' | 'view'> = getState()): void {
  clearTimeout(waiting)
  waiting = undefined
  if (graph) keepUnfolded(fingerprintOf(graph), view.unfolded, graph.overview.opening)
}

/** Keeps at once what waits to be kept. */
function keepWaiting(state?: State): void {
  if (waiting !== undefined) keepNow(state)
}

function fingerprintOf({ name, overview }: NonNullable<State['graph']>): string {
  return fingerprint(name, overview.operations + overview.constants)
}

/** Begins the view of each graph that is drawn from now on as it was left, and keeps that of the one before as it is. */
export function startKeepingViews(): void {
  // A page that is put away may never run again.
  whenPutAway(() => keepWaiting())
  useStore.subscribe(({ graph }, before) => {
    if (graph?.id === before.graph?.id) return
    keepWaiting(before)
    const unfolded = graph && recallUnfolded(fingerprintOf(graph), graph.overview.opening)
    setState({ view: { ...freshView(unfolded), ...settingsOf(before.view) } })
  })
}
