const listeners = new Set<(id: string) => void>()

/** Asks for a photo to be shown among the photos, with the keyboard on it. */
export function showPhoto(id: string): void {
  for (const show of listeners) show(id)
}

/** Says how a photo is shown, until the returned function is called; for an effect of what shows photos. */
export function onShowPhoto(show: (id: string) => void): () => void {
  listeners.add(show)
  return () => {
    listeners.delete(show)
  }
}
