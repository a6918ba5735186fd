import { deferred } from '../../deferred'
import { CutpointError } from '../../errors'

/** The value of `wait`, unless the signal comes first or has come: then it rejects with `cancelled`. */
export async function untilAborted<T>(wait: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return wait
  const aborted = deferred<never>()
  const stop = (): void => aborted.reject(cancelled())
  if (signal.aborted) stop()
  signal.addEventListener('abort', stop)
  try {
    return await Promise.race([aborted.promise, wait])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

/** What is thrown where the user has ended some work. */
export function cancelled(): CutpointError {
  return new CutpointError('cancelled', 'The work was cancelled.', 'Start it again when you are ready.')
}
