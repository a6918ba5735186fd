import { newId } from './ids'
import { getState, setState, type Tried } from './state'

/** Photos shown with their predictions; the oldest go first. */
const shownAtMost = 12

/** Shows what was said of a photo, the newest first. */
export function showTried(image: Blob, name: string, predictions: Tried['predictions']): void {
  const entry = { id: newId('tried'), name, url: URL.createObjectURL(image), predictions }
  const all = [entry, ...getState().tried]
  all.slice(shownAtMost).forEach((old) => URL.revokeObjectURL(old.url))
  setState({ tried: all.slice(0, shownAtMost) })
}

/** Takes all tried photos off the screen. */
export function clearTried(): void {
  getState().tried.forEach((entry) => URL.revokeObjectURL(entry.url))
  setState({ tried: [] })
}
