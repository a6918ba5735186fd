import type { JobContext } from '../../jobs'

/** A job that nobody hears of and nobody cancels. */
export const quietJob: JobContext = {
  progress: () => undefined,
  tell: () => undefined,
  checkCancelled: () => undefined,
  yieldTurn: () => Promise.resolve(),
}
