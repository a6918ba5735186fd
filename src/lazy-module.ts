import { CutpointError } from './errors'

/**
 * What is fetched when it is first needed, once. A call after a failed one fetches it again; browsers of before 2026 keep a
 * failed module until the page is reloaded (https://github.com/whatwg/html/issues/6768), which the error's next step
 * says. Rejects with CutpointError `part-unreachable` without a network, or where the site was updated since.
 *
 * @param what the subject of the sentence that tells of it, for example “The report”
 */
export function lazyModule<T>(what: string, load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | null = null
  const fetchOnce = async (): Promise<T> => {
    try {
      return await load()
    } catch (error) {
      loading = null
      throw isFetchFailure(error) ? unreachable(what, error.message) : error
    }
  }
  return () => {
    loading ??= fetchOnce()
    // Whoever asked hears of it; one who has gone since does not.
    loading.catch(() => undefined)
    return loading
  }
}

/** The error of a part of the page that could not be fetched. */
export function unreachable(what: string, reason: string): CutpointError {
  return new CutpointError(
    'part-unreachable',
    `${what} could not be fetched.`,
    'Check the network and try again. If that does not help, the site may have been updated: reload the page.',
    { reason },
  )
}

/** As opposed to an error that the module throws while it runs: all browsers give a TypeError, each in its own words. */
function isFetchFailure(error: unknown): error is TypeError {
  return error instanceof TypeError && /module/i.test(error.message)
}
