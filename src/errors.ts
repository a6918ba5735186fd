import { withMarksShown } from './marks'

/**
 * The one family of errors. Rooms throw it, the page shows it, and the scripting surface rejects with it.
 * A code never changes once released; scripts may switch on it.
 */
export type ErrorCode =
  // opening
  | 'not-a-model'
  | 'bad-json'
  | 'missing-shards'
  | 'shard-size'
  | 'bad-weight'
  | 'unknown-dtype'
  | 'cyclic-graph'
  | 'dangling-input'
  | 'bad-graph'
  | 'several-models'
  | 'url-unreachable'
  | 'url-blocked'
  | 'url-status'
  | 'too-large'
  | 'bad-zip'
  | 'truncated'
  | 'missing-weights'
  | 'bad-checksum'
  | 'git-lfs'
  | 'bad-hdf5'
  | 'no-topology'
  | 'no-signature'
  | 'bad-labels'
  // graph and cut
  | 'no-model'
  | 'no-such-tensor'
  | 'cannot-cut'
  | 'no-cut'
  | 'no-image-input'
  | 'bad-formula'
  | 'cannot-tell'
  | 'unsupported-op'
  | 'bad-feed'
  | 'no-map'
  // photos
  | 'no-images'
  | 'no-such-label'
  | 'bad-image'
  | 'bad-name'
  | 'no-camera'
  | 'camera-denied'
  | 'camera-busy'
  | 'camera-insecure'
  // training
  | 'one-label'
  | 'bad-option'
  | 'not-trained'
  | 'cannot-tune'
  | 'paused'
  | 'cannot-resume'
  | 'cannot-join'
  | 'no-own-network'
  | 'no-such-head'
  | 'not-finite'
  | 'no-memory'
  | 'run-failed'
  | 'backend-failed'
  // files
  | 'file-changed'
  // keeping
  | 'disk-full'
  | 'bad-project'
  | 'newer-project'
  // everything
  | 'part-unreachable'
  | 'cancelled'
  | 'worker-died'
  | 'gpu-lost'
  | 'busy'
  | 'not-available'
  | 'internal'

/** An error as the page shows it: what is wrong, what to do next, and a stable code for scripts. */
export class CutpointError extends Error {
  override readonly name = 'CutpointError'
  readonly next: string

  /**
   * @param code stable identifier
   * @param message one plain sentence that says what is wrong
   * @param next one plain sentence that says what to do
   * @param details machine-readable facts (names of missing shards, nearest tensor names, …)
   */
  constructor(
    readonly code: ErrorCode,
    message: string,
    next: string,
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(withMarksShown(message))
    this.next = withMarksShown(next)
  }
}

/** The same error as a plain object, for messages between threads. */
export interface ErrorRecord {
  code: ErrorCode
  message: string
  next: string
  details: Readonly<Record<string, unknown>>
}

/** Anything thrown as a record; what is no CutpointError becomes one first (see `asCutpointError`). */
export function toErrorRecord(error: unknown): ErrorRecord {
  const known = asCutpointError(error)
  return { code: known.code, message: known.message, next: known.next, details: known.details }
}

/** The error that another thread sent as a record; its stack is that of this thread. */
export function fromErrorRecord(record: ErrorRecord): CutpointError {
  return new CutpointError(record.code, record.message, record.next, record.details)
}

/** Anything thrown, as a CutpointError; what is not one already becomes `internal` and keeps its message. */
export function asCutpointError(error: unknown): CutpointError {
  if (error instanceof CutpointError) return error
  if (isUnreadableFile(error)) {
    return new CutpointError(
      'file-changed',
      'A file can no longer be read: it was changed, moved or deleted since it was opened.',
      'Open or drop it again.',
    )
  }
  const message = error instanceof Error ? error.message : String(error)
  return new CutpointError(
    'internal',
    `Something went wrong inside Cutpoint: ${message}`,
    'Try again; if it happens again, reload the page and report what you did.',
  )
}

/** What browsers throw when a file that was picked or dropped is read and is no longer as it was then. */
const isUnreadableFile = (error: unknown): boolean => error instanceof DOMException && error.name === 'NotReadableError'
