import type { Direction, Point } from '../../layout/types'
import type { ColourBy, Focus } from '../../store/graph-view/view'
import type { Overview, ViewEngine } from '../../view/types'
import type { Selection } from '../../view/selection'

/** How much of the view panels lie over; at the left in pixels, at the bottom as a share of its height. */
export interface Covered {
  readonly left: number
  readonly bottom: number
  /** Whether they lie there now, or will when something is selected. */
  readonly now: boolean
}

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
  /** The tensor from which on the network is trained with the head; null where it stays as it is. */
  readonly freeze: string | null
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
  readonly onColourBy: (colourBy: ColourBy) => void
}

/** Where a tensor was picked, so that its card opens there. */
export interface Picked {
  readonly tensor: string
  readonly at: Point | null
  readonly byKeyboard: boolean
}
