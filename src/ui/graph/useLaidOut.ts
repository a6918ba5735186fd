import { useEffect, useState } from 'react'
import { flushSync } from 'react-dom'
import { asCutpointError, type CutpointError } from '../../errors'
import type { Graph } from '../../graph/types'
import type { LaidOut, LayoutEngine } from '../../layout/types'

interface Answer {
  readonly graph: Graph
  readonly laid: LaidOut | null
  readonly problem: CutpointError | null
}

/** The layout of what is unfolded, as soon as the engine has it; until then the one before, or null for a new graph. */
export function useLaidOut(
  engine: LayoutEngine,
  graph: Graph,
  unfolded: ReadonlySet<string>,
): { laid: LaidOut | null; problem: CutpointError | null } {
  const [answer, setAnswer] = useState<Answer | null>(null)

  useEffect(() => {
    engine.open(graph).catch((error: unknown) => setAnswer({ graph, laid: null, problem: asCutpointError(error) }))
  }, [engine, graph])

  useEffect(() => {
    let overtaken = false
    engine.layout([...unfolded]).then(
      (laid) => {
        // At once, so that boxes, lines and viewport change in the same frame.
        if (laid && !overtaken) flushSync(() => setAnswer({ graph, laid, problem: null }))
      },
      (error: unknown) => {
        if (!overtaken) setAnswer({ graph, laid: null, problem: asCutpointError(error) })
      },
    )
    return () => {
      overtaken = true
    }
  }, [engine, graph, unfolded])

  return answer?.graph === graph ? answer : { laid: null, problem: null }
}
