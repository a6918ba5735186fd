import { CutpointError } from '../errors'
import { isDiskFull } from './disk-full'

/**
 * Why something is not kept: there is no room; the browser's settings refuse it; a newer Cutpoint has changed the
 * database; what was kept is gone, as when site data are cleared; what keeps it could not be
 * fetched; or the browser says nothing of use.
 */
export type WhyNotKept = 'full' | 'refused' | 'newer' | 'lost' | 'unfetched' | 'blocked'

const byName: Readonly<Partial<Record<string, WhyNotKept>>> = {
  SecurityError: 'refused',
  NotAllowedError: 'refused',
  VersionError: 'newer',
  InvalidStateError: 'lost',
  NotFoundError: 'lost',
}

/** What a browser's error means for keeping. */
export function whyNotKept(error: unknown): WhyNotKept {
  if (isDiskFull(error)) return 'full'
  if (error instanceof CutpointError && error.code === 'part-unreachable') return 'unfetched'
  return (error instanceof DOMException ? byName[error.name] : undefined) ?? 'blocked'
}
