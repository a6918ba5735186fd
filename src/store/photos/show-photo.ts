import { goToStation } from '../page/page'
import { select } from './selection'

const listeners = new Set<(id: string) => void>()

/** Leads to a photo among the photos: it is selected, brought into sight, and has the keyboard. */
export function showPhoto(id: string): void {
  select([id])
  goToStation('photos')
  // A narrow screen shows the photos only then.
  requestAnimationFrame(() => {
    for (const show of listeners) show(id)
  })
}

/** Says how a photo is brought into sight, until the returned function is called; for an effect of what shows photos. */
export function onShowPhoto(show: (id: string) => void): () => void {
  listeners.add(show)
  return () => {
    listeners.delete(show)
  }
}
