export type EventName = 'progress' | 'model' | 'cut' | 'images' | 'trained' | 'error'

const listeners = new Map<EventName, Set<(detail: unknown) => void>>()

/** Calls `listener` on every `event` until the function returned is called. */
export function on(event: EventName, listener: (detail: unknown) => void): () => void {
  const known = listeners.get(event) ?? new Set()
  listeners.set(event, known.add(listener))
  return () => known.delete(listener)
}

/** Tells what `make` gives, which is worked out only where somebody listens. */
export function emitMade(event: EventName, make: () => unknown): void {
  if ((listeners.get(event)?.size ?? 0) > 0) emit(event, make())
}

/** Tells all listeners; one that throws does not keep the others from hearing it. */
export function emit(event: EventName, detail: unknown): void {
  for (const listener of listeners.get(event) ?? []) {
    try {
      listener(detail)
    } catch (error) {
      reportError(error)
    }
  }
}
