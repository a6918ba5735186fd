import { CutpointError } from '../errors'

/** What a browser throws where a site may not take more room. */
export const isDiskFull = (error: unknown): boolean =>
  (error instanceof DOMException && error.name === 'QuotaExceededError') ||
  (error instanceof CutpointError && error.code === 'disk-full')

/** A CutpointError `disk-full`. */
export function diskFull(): CutpointError {
  return new CutpointError(
    'disk-full',
    'There is no more room on this disk, or this site may not take more of it.',
    'Free some room, then reload the page.',
  )
}

/** What was thrown, as CutpointError `disk-full` where it was that. */
export const asDiskFull = (error: unknown): unknown => (isDiskFull(error) ? diskFull() : error)
