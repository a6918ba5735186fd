import { endless } from './bad-hdf5'
import type { Alive, Hdf5Source } from './types'

/** Milliseconds between two signs of life of the same kind. */
const pace = 100
/** Longer reads may keep a slow disk or network drive busy for seconds. */
const longBytes = 2 ** 16
/** What a read counts for, however short it is. */
const leastBytes = 512

/** Signs of life of a file that is being read, and how much of it is read. */
export interface WatchedReads {
  /** The sign of a new step: an object that is met, a piece of a dataset. */
  readonly step: Alive
  /** Reads from the disk by `read`. Throws CutpointError `bad-hdf5` where a single step reads the file over and over. */
  around<T>(bytes: number, read: () => T): T
}

/** Watches what is done with a file: `alive` hears of steps and of reads, those that come too often left out. */
export function watchReads({ path, size }: Hdf5Source, alive: Alive): WatchedReads {
  const most = 2 ** 24 + 4 * size
  let left = most
  let [last, lastShare] = [-Infinity, 0]
  const tell = (share: number): void => {
    const now = performance.now()
    if (share === lastShare && now - last < pace) return
    last = now
    lastShare = share
    alive(share)
  }
  let share = 1
  return {
    step: (next) => {
      left = most
      share = next
      tell(share)
    },
    around: (bytes, read) => {
      left -= Math.max(bytes, leastBytes)
      if (left < 0) throw endless(path)
      if (bytes > longBytes) tell(Infinity)
      const value = read()
      tell(share)
      return value
    },
  }
}
