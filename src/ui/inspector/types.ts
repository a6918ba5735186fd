import type { Selection } from '../../view/selection'
import type { Description } from '../../view/describe/types'

export interface InspectorProps {
  /** What is told of the selection: undefined while nothing is, null where it is not in the graph. */
  readonly description: Description | null | undefined
  readonly selected: Selection
  /** Whether the description is of what is selected now, and not of what was before. */
  readonly current: boolean
  /** Whether shapes, costs and cuts are known. */
  readonly complete: boolean
  /** The tensors at which the graph is cut. */
  readonly cut: readonly string[]
  readonly onSelect: (selection: Selection) => void
  readonly onClose: () => void
  readonly onCut: (tensor: string, add: boolean) => void
}

/** What the panels share. */
export type PanelProps<D extends Description> = Pick<InspectorProps, 'complete' | 'cut' | 'onSelect' | 'onCut'> & {
  readonly description: D
}
