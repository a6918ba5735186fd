import { nextTask } from '../../next-task'
import { doUnit, mostUnits } from './work'

/** Milliseconds between two looks at whether to go on. */
const tick = 100
/** Milliseconds without a sign after which this thread measures what another could have done. */
const quietTime = 1000

/** Looks after work in another thread that cannot be asked how it is. */
export interface WorkWatch {
  /** It lives, and does at most `share` of what any step does until it says so again. */
  sign(share: number): void
  end(): void
}

/**
 * Watches work in another thread. `look` is called now and then; `stuck` when the other has had the time for far more
 * work than its last sign allowed. That is counted in work which this thread does meanwhile, so that neither a slow
 * machine nor a busy one, nor one that slept, makes a difference.
 */
export function watchWork(look: () => void, stuck: () => void): WorkWatch {
  let [ended, measuring] = [false, false]
  let [quiet, units, room] = [0, 0, Infinity]
  const measure = async (): Promise<void> => {
    measuring = true
    while (!ended && quiet >= quietTime && room < Infinity) {
      doUnit()
      units += 1
      // What was said meanwhile comes in first.
      await nextTask()
      if (units > room) return stuck()
    }
    measuring = false
  }
  const timer = setInterval(() => {
    quiet += tick
    look()
    if (quiet >= quietTime && !measuring) void measure()
  }, tick)
  return {
    sign: (share) => {
      quiet = 0
      units = 0
      room = share * mostUnits
    },
    end: () => {
      ended = true
      clearInterval(timer)
    },
  }
}
