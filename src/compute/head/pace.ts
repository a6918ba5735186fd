import { nextTask } from '../../next-task'

/** Milliseconds of work between two chances for messages to come in. */
const interval = 30

/** Multiply-adds between two looks at the clock: one to ten milliseconds. */
const workPerLook = 8e6

/** Lets the event loop run now and then during long work. */
export interface Pace {
  /** Resolves at once, or after the event loop had its turn; throws what `checkCancelled` throws. */
  yieldTurn(): Promise<void>
}

/** Gives the event loop its turn every `interval` milliseconds, and then calls `checkCancelled`. */
export function createPace(checkCancelled?: () => void): Pace {
  let last = performance.now()
  return {
    async yieldTurn() {
      if (performance.now() - last < interval) return
      await nextTask()
      last = performance.now()
      checkCancelled?.()
    },
  }
}

/** Runs `work(from, to)` over `count` items in pieces of a few milliseconds, yielding after each. */
export async function inPieces(
  pace: Pace,
  count: number,
  workPerItem: number,
  work: (from: number, to: number) => void,
): Promise<void> {
  // A multiple of eight keeps the kernel's blocks of panels whole.
  const size = Math.max(8, 8 * Math.floor(workPerLook / (8 * workPerItem + 1)))
  for (let from = 0; from < count; from += size) {
    work(from, Math.min(count, from + size))
    await pace.yieldTurn()
  }
}
