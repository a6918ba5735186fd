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

/** After so long, in milliseconds, the user is told that something is going on. */
const patience = 300

const nothing = { laid: null, problem: null }

/** The layout of what is unfolded, as soon as the engine has it; until then the one before, or null for a new graph. */
export function useLaidOut(
  engine: LayoutEngine,
  graph: Graph,
  unfolded: ReadonlySet<string>,
): { laid: LaidOut | null; problem: CutpointError | null; slow: boolean } {
  const [answer, setAnswer] = useState<Answer | null>(null)
  const [slow, setSlow] = useState(false)

  useEffect(() => {
    engine.open(graph).catch((error: unknown) => setAnswer({ graph, laid: null, problem: asCutpointError(error) }))
  }, [engine, graph])

  useEffect(() => {
    let overtaken = false
    const timer = setTimeout(() => setSlow(true), patience)
    const done = () => {
      clearTimeout(timer)
      setSlow(false)
    }
    engine.layout([...unfolded]).then(
      (laid) => {
        // At once, so that boxes, lines and viewport change in the same frame.
        if (!laid || overtaken) return
        done()
        flushSync(() => setAnswer({ graph, laid, problem: null }))
      },
      (error: unknown) => {
        if (overtaken) return
        done()
        setAnswer({ graph, laid: null, problem: asCutpointError(error) })
      },
    )
    return () => {
      overtaken = true
      clearTimeout(timer)
    }
  }, [engine, graph, unfolded])

  const { laid, problem } = answer?.graph === graph ? answer : nothing
  return { laid, problem, slow }
}
