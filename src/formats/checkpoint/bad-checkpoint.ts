import { CutpointError } from '../../errors'
import type { SourceFile } from '../types'

const again = 'Download or export the model again, and drop its whole folder.'

/** The error for an index or data file that is not what it should be. */
export function badCheckpoint(file: SourceFile, what: string): CutpointError {
  return new CutpointError('bad-weight', `${file.path}: ${what}.`, again, { path: file.path })
}

/** The error for bytes that are not those that were written; `of` says which. */
export function badChecksum(
  file: SourceFile,
  of: string,
  details: Readonly<Record<string, unknown>> = {},
): CutpointError {
  return new CutpointError('bad-checksum', `${file.path} is damaged: the checksum of ${of} does not match.`, again, {
    path: file.path,
    ...details,
  })
}

/** The error for a file that ends too early. */
export function cutShort(file: SourceFile, wanted: number): CutpointError {
  return new CutpointError(
    'truncated',
    `${file.path} is not whole: it should have at least ${wanted} bytes and has ${file.size}.`,
    again,
    { path: file.path, wanted, size: file.size },
  )
}
