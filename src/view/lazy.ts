/** Something that takes a while to work out: bit by bit in idle time, or at once where it is needed before. */
export interface Lazy<T> {
  get(): T
  /** Works on for a bit; true when done. */
  step(): boolean
}

/** @param work yields after each bit of a few milliseconds */
export function lazily<T>(work: () => Generator<void, T>): Lazy<T> {
  let running: Generator<void, T> | null = null
  let made: { readonly value: T } | null = null
  const step = (): boolean => {
    if (made) return true
    running ??= work()
    const next = running.next()
    if (next.done !== true) return false
    made = { value: next.value }
    running = null
    return true
  }
  return {
    step,
    get() {
      while (!made) step()
      return made.value
    },
  }
}

/** Nodes worked on between two yields. */
export const slice = 4000
