import { CutpointError } from '../../errors'

/** The error of a file of which `what` says what is wrong. */
export function badHdf5(path: string, what: string, details: Readonly<Record<string, unknown>> = {}): CutpointError {
  return new CutpointError('bad-hdf5', `${path} ${what}.`, 'Download or save the file again.', { path, ...details })
}

/** The error of a file of which a step took more work than any step does. */
export function endless(path: string): CutpointError {
  return new CutpointError(
    'bad-hdf5',
    `Reading ${path} does not end; it is probably damaged.`,
    'Download or save the file again; if you know it to be whole, go on waiting.',
    { path, reason: 'endless' },
  )
}

/** Whether the library was stopped midway, by its own fault or since the file could not be read: it is not sound any more. */
export function isTrap(error: unknown): boolean {
  return (
    error instanceof WebAssembly.RuntimeError ||
    error instanceof DOMException ||
    (error instanceof CutpointError && error.details.reason === 'endless')
  )
}

/** What the library throws, whatever it is, as the error of a damaged file. */
export function asBadHdf5(path: string, error: unknown): CutpointError {
  if (error instanceof CutpointError) return error
  const reason = error instanceof Error ? error.message : String(error)
  return badHdf5(path, 'is damaged or cut off', { reason })
}
