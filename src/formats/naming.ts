import { CutpointError } from '../errors'

/** What `work` gives; its CutpointErrors name the file. */
export function naming<T>(file: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof CutpointError)) throw error
    throw new CutpointError(error.code, `${file}: ${error.message}`, error.next, { ...error.details, path: file })
  }
}
