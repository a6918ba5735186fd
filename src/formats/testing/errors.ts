import { CutpointError } from '../../errors'

/** The CutpointError that `work` ends with; fails for any other end. */
export async function errorOf(work: Promise<unknown>): Promise<CutpointError> {
  try {
    await work
  } catch (error) {
    if (error instanceof CutpointError) return error
    throw error
  }
  throw new Error('it succeeded, where an error was expected')
}
