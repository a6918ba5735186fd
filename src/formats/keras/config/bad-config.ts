import { CutpointError } from '../../../errors'

/** The error for a configuration that no Keras writes. */
export function badConfig(file: string, what: string, details: Readonly<Record<string, unknown>> = {}): CutpointError {
  return new CutpointError('bad-graph', `${file}: ${what}.`, 'Save the model again, or use another copy of it.', {
    path: file,
    ...details,
  })
}
