import { startTransition, useEffect, useEffectEvent, useState } from 'react'
import type { ViewEngine } from '../../view/types'
import type { SearchResults } from '../../view/find/types'

interface SearchAnswer {
  readonly model: number
  readonly query: string
  readonly found: SearchResults
}

/**
 * What the view worker finds for a query; the last answer stays until the next has come, and overtaken ones are
 * dropped. null before the first. `onAnswer` hears of each as it comes, before it is drawn.
 */
export function useFound(
  engine: ViewEngine,
  model: number,
  complete: boolean,
  query: string,
  limit: number,
  onAnswer: (found: SearchResults) => void,
): { readonly found: SearchResults | null; readonly current: boolean } {
  const [answer, setAnswer] = useState<SearchAnswer | null>(null)
  const tell = useEffectEvent(onAnswer)
  useEffect(() => {
    let wanted = true
    engine.find(model, query, limit).then(
      (found) => {
        if (!wanted || !found) return
        tell(found)
        // Drawn in slices, so that typing goes on meanwhile.
        startTransition(() => setAnswer({ model, query, found }))
      },
      () => undefined,
    )
    return () => {
      wanted = false
    }
  }, [engine, model, complete, query, limit])
  const known = answer?.model === model ? answer : null
  return { found: known?.found ?? null, current: known?.query === query }
}
