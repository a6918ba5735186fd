import { ReactFlowProvider } from '@xyflow/react'
import type { ReactNode } from 'react'
import type { NodeCost } from '../../graph/cost'
import type { Graph } from '../../graph/types'
import type { LayoutEngine } from '../../layout/types'
import type { TensorSummary } from '../../types'
import { GraphCanvas } from './GraphCanvas'
import type { Selection } from './selection'
import '@xyflow/react/dist/style.css'

export interface GraphViewProps {
  readonly graph: Graph
  /** By name. */
  readonly tensors: ReadonlyMap<string, TensorSummary>
  /** By node name; with them, folded scopes tell their multiply-adds. */
  readonly costs?: ReadonlyMap<string, NodeCost>
  /** Lays the graph out, for example `createLayoutWorker().api`; the same object from one drawing to the next. */
  readonly engine: LayoutEngine
  /** The tensors at which the graph is cut. */
  readonly cut: readonly string[]
  /** Names of the nodes that are kept; null where nothing is cut. */
  readonly trunk: ReadonlySet<string> | null
  readonly selected: Selection | null
  /** Paths of the unfolded groups; null for a graph that was just opened, whose opening view is chosen here. */
  readonly unfolded: ReadonlySet<string> | null
  readonly onSelect: (selection: Selection | null) => void
  readonly onUnfoldedChange: (unfolded: ReadonlySet<string>) => void
  readonly onCut: (tensor: string, add: boolean) => void
  /** Brought into view whenever `sequence` changes, unfolding what is needed. */
  readonly focus?: { readonly selection: Selection; readonly sequence: number }
}

/** The graph, folded by scope: to look at, to walk about in, and to cut. */
export function GraphView(props: GraphViewProps): ReactNode {
  return (
    <ReactFlowProvider>
      <GraphCanvas {...props} />
    </ReactFlowProvider>
  )
}
