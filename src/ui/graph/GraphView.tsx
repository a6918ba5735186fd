import { ReactFlowProvider } from '@xyflow/react'
import type { ReactNode } from 'react'
import type { Direction } from '../../layout/types'
import type { ColourBy, Focus } from '../../store/view'
import type { Overview, Selection, ViewEngine } from '../../view/types'
import { GraphCanvas } from './GraphCanvas'
import type { Covered } from './viewport'
import '@xyflow/react/dist/style.css'

export interface GraphViewProps {
  /** The number under which the page opened it. */
  readonly model: number
  readonly overview: Overview
  /** Whether shapes, costs and cuts are known. */
  readonly complete: boolean
  /** The same object from one drawing to the next. */
  readonly engine: ViewEngine
  /** The tensors at which the graph is cut. */
  readonly cut: readonly string[]
  readonly selected: Selection | null
  /** Paths of the unfolded groups; null for the opening view. */
  readonly unfolded: ReadonlySet<string> | null
  readonly direction: Direction
  /** Whether constants and weights have boxes of their own. */
  readonly constants: boolean
  readonly colourBy: ColourBy
  /** Brought into view whenever `sequence` changes, unfolding what is needed. */
  readonly focus?: Focus
  /** Where panels lie over the graph. */
  readonly covered?: Covered
  readonly onSelect: (selection: Selection | null) => void
  readonly onUnfoldedChange: (unfolded: ReadonlySet<string>) => void
  readonly onCut: (tensor: string, add: boolean) => void
  readonly onDirection: (direction: Direction) => void
  readonly onConstants: (constants: boolean) => void
  readonly onColourBy: (colourBy: ColourBy) => void
  /** Asked for a picture of the whole view. */
  readonly onPicture?: (kind: 'svg' | 'png') => void
}

/** The graph, folded: to look at, to walk about in, and to cut. */
export function GraphView(props: GraphViewProps): ReactNode {
  return (
    <ReactFlowProvider>
      <GraphCanvas {...props} />
    </ReactFlowProvider>
  )
}
