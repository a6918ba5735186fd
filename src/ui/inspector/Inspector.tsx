import { X } from 'lucide-react'
import { useMemo, type ReactNode } from 'react'
import type { NodeCost } from '../../graph/cost'
import type { Graph } from '../../graph/types'
import type { TensorSummary } from '../../types'
import { factsOf, type GraphFacts } from '../graph/facts'
import type { Selection } from '../graph/selection'
import styles from './Inspector.module.css'
import { NodePanel } from './NodePanel'
import { ScopePanel } from './ScopePanel'
import { TensorPanel } from './TensorPanel'

export interface InspectorProps {
  readonly graph: Graph
  /** By name. */
  readonly tensors: ReadonlyMap<string, TensorSummary>
  /** By node name. */
  readonly costs?: ReadonlyMap<string, NodeCost>
  /** The tensors at which the graph is cut. */
  readonly cut: readonly string[]
  readonly selected: Selection
  readonly onSelect: (selection: Selection | null) => void
  readonly onCut: (tensor: string, add: boolean) => void
}

/** What each panel gets. */
export interface PanelProps extends InspectorProps {
  readonly facts: GraphFacts
}

/** All there is to know about the selected node, scope or tensor. */
export function Inspector(props: InspectorProps): ReactNode {
  const facts = useMemo(() => factsOf(props.graph), [props.graph])
  const { kind } = props.selected
  return (
    <div className={styles.inspector}>
      <button type="button" className={styles.close} aria-label="Close" onClick={() => props.onSelect(null)}>
        <X size={17} aria-hidden />
      </button>
      {kind === 'node' && <NodePanel {...props} facts={facts} />}
      {kind === 'scope' && <ScopePanel {...props} facts={facts} />}
      {kind === 'tensor' && <TensorPanel {...props} facts={facts} />}
    </div>
  )
}
