/** Calls `listen` whenever the page is put away or comes back into sight; where there is no page, never. */
export function whenPutAway(listen: () => void): void {
  if (typeof window === 'undefined') return
  window.addEventListener('pagehide', listen)
  document.addEventListener('visibilitychange', listen)
}

/** Calls `listen` whenever the page is looked at again; where there is no page, never. */
export function whenLookedAt(listen: () => void): void {
  if (typeof document === 'undefined') return
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') listen()
  })
}
