import { gatherFacts } from './facts'
import { refusal } from './reasons'
import { bottlenecks, type Bottlenecks } from './dominators'
import { dataFlow, type DataFlow } from '../lookup/flow'
import { indexGraph } from '../lookup/graph-index'
import { suggestCut } from './suggest'
import type { Graph, GraphNode, TensorInfo } from '../types'

export interface CutVerdict {
  readonly canCut: boolean
  /** Why it cannot be cut, and where it helps, what to do. */
  readonly why?: string
  /** Whether every data path from the picture to the chosen output goes through it. */
  readonly recommended: boolean
}

export interface CutAnalysis {
  /** One for every tensor of the graph. */
  readonly verdicts: ReadonlyMap<string, CutVerdict>
  /** The suggested cut; null if nothing is worth cutting. */
  readonly suggested: string | null
}

export interface CutQuestion {
  /** The tensor that takes the picture; null if none does. */
  readonly image: string | null
  /** The output that recommended cuts are on the way to. */
  readonly output: string | null
  /** Null if some backend can run the node, else the reason in plain words. */
  readonly supported: (node: GraphNode) => string | null
}

/** Decides for every tensor whether the network can be cut there (`reasons.ts`), and suggests one (`suggest`). */
export function analyseCuts(
  graph: Graph,
  infos: ReadonlyMap<string, TensorInfo>,
  { image, output, supported }: CutQuestion,
): CutAnalysis {
  const index = indexGraph(graph)
  const flow = dataFlow(index, infos)
  const facts = gatherFacts(index, infos, flow, image, supported)
  const reasons = flow.tensors.map((_, id) => refusal(facts, flow, id))
  const between = betweenPictureAndOutput(flow, image, output)
  const recommended = between.chain.filter((id) => reasons[id] === null)
  return {
    verdicts: verdictsOf(flow, reasons, new Set(recommended)),
    suggested:
      facts.byData &&
      suggestCut({
        ...{ index, infos, flow, between, recommended, output },
        byData: facts.byData,
        batch: facts.batch,
        possible: reasons.flatMap((reason, id) => (reason === null ? [id] : [])),
      }),
  }
}

/** Tensors that are refused for the same reason share one verdict. */
function verdictsOf(
  { tensors }: DataFlow,
  reasons: readonly (string | null)[],
  recommended: ReadonlySet<number>,
): ReadonlyMap<string, CutVerdict> {
  const refused = new Map<string, CutVerdict>()
  const verdicts = new Map<string, CutVerdict>()
  tensors.forEach((tensor, id) => {
    const why = reasons[id]
    if (why === null) {
      verdicts.set(tensor, recommended.has(id) ? good : possible)
      return
    }
    const verdict = refused.get(why) ?? { canCut: false, why, recommended: false }
    refused.set(why, verdict)
    verdicts.set(tensor, verdict)
  })
  return verdicts
}

const possible: CutVerdict = { canCut: true, recommended: false }
const good: CutVerdict = { canCut: true, recommended: true }

function betweenPictureAndOutput(flow: DataFlow, image: string | null, output: string | null): Bottlenecks {
  const from = image === null ? undefined : flow.ids.get(image)
  const to = output === null ? undefined : flow.ids.get(output)
  if (from === undefined || to === undefined) return { chain: [], segment: new Int32Array(0) }
  return bottlenecks(flow, from, to)
}
