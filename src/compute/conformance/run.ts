import { CutpointError } from '../../errors'
import { prepareRun, runPrepared } from '../run/run-graph'
import { firstUnsupported } from '../backends/supported'
import type { BackendName } from '../../types'
import { valueOf, type ConformanceCase, type Cases } from './cases'
import { difference } from './compare'

/** What became of a case on a backend. */
export interface CaseOutcome {
  /** `refused`: by name, before anything runs; `failed`: while it ran, with a message; `wrong`: in silence. */
  readonly kind: 'right' | 'refused' | 'failed' | 'wrong'
  readonly detail?: string
}

/**
 * Runs a case on the current backend, which is `backend`, by the way that users' networks go: as it stands in the file,
 * through the passes, on TensorFlow.js; optimised and as it is.
 */
export async function runCase(cases: Cases, one: ConformanceCase, backend: BackendName): Promise<CaseOutcome> {
  const fetches = one.fetches.map(({ tensor }) => tensor)
  const feeds = Object.fromEntries(one.feeds.map((feed) => [feed.tensor, valueOf(feed, cases)]))
  const prepared = prepareRun(cases.model, feeds, fetches)
  const unsupported = firstUnsupported(prepared.graph, backend)
  if (unsupported) return { kind: 'refused', detail: unsupported.reason }
  for (const optimise of [false, true]) {
    const how = optimise ? 'optimised: ' : ''
    try {
      const results = await runPrepared(prepared, cases.model, { optimise })
      for (const fetch of one.fetches) {
        const wrong = difference(results[fetch.tensor], valueOf(fetch, cases), one.tolerance)
        if (wrong !== null) return { kind: 'wrong', detail: `${how}${fetch.tensor}: ${wrong}` }
      }
    } catch (error) {
      if (error instanceof CutpointError && error.code === 'unsupported-op')
        return { kind: 'refused', detail: error.message }
      return { kind: 'failed', detail: how + (error instanceof Error ? error.message : String(error)) }
    }
  }
  return { kind: 'right' }
}
