import { create } from 'zustand'
import { runCommand } from './commands'
import type { Step } from '../../steps'

const storageKey = 'cutpoint.present'

/** What a narrow screen shows at a time; wide ones show all. */
export type Room = 'graph' | Exclude<Step, 'model'>

interface PageState {
  readonly room: Room
  /** The station to be brought into sight, with the keyboard's focus; a new object for each wish. */
  readonly wanted: { readonly step: Step } | null
  /** Large type and strong contrast, to be read from the back row. */
  readonly present: boolean
  /** Whether the list of keys is open. */
  readonly keys: boolean
}

/** How the page is shown, beside its colours. */
export const usePage = create<PageState>(() => ({
  room: 'graph',
  wanted: null,
  present: recallPresent(),
  keys: false,
}))

/** What a narrow screen shows from now on. */
export const setRoom = (room: Room): void => usePage.setState({ room })

/** Brings the graph into sight, and the keyboard to it. */
export function goToGraph(): void {
  setRoom('graph')
  // A narrow screen shows the graph only then.
  requestAnimationFrame(() => void runCommand('focus-graph'))
}

/** Brings a station into sight, and the keyboard to it. */
export function goToStation(step: Step): void {
  usePage.setState({ room: step === 'model' ? 'cut' : step, wanted: { step } })
}

/** Large type for a projector, until it is left or the tab is closed. */
export function setPresent(present: boolean): void {
  mark(present)
  usePage.setState({ present })
  try {
    sessionStorage.setItem(storageKey, String(present))
  } catch {
    // Storage may be switched off; then a reload goes back to usual type.
  }
}

/** Turns large type on or off, as `setPresent` does. */
export const togglePresent = (): void => setPresent(!usePage.getState().present)

/** Opens or closes the list of keys. */
export const setKeysOpen = (keys: boolean): void => usePage.setState({ keys })

/** Shows the page in large type from the beginning, where this tab was left so. */
export function startPresenting(): void {
  if (typeof document !== 'undefined') mark(usePage.getState().present)
}

function recallPresent(): boolean {
  try {
    return typeof sessionStorage !== 'undefined' && sessionStorage.getItem(storageKey) === 'true'
  } catch {
    return false
  }
}

function mark(present: boolean): void {
  document.documentElement.toggleAttribute('data-present', present)
}
