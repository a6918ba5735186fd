import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { graphTexts } from '../../texts/graph'
import type { Description, Selection } from '../../view/types'
import { Breadcrumb } from '../breadcrumb/Breadcrumb'
import { GroupPanel } from './GroupPanel'
import styles from './Inspector.module.css'
import { NodePanel } from './NodePanel'
import { TensorPanel } from './TensorPanel'

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

/** All there is to know about the selected node, group or tensor. */
export function Inspector({ description, selected, current, onClose, ...rest }: InspectorProps): ReactNode {
  return (
    <div className={styles.inspector} aria-busy={!current}>
      <button type="button" className={styles.close} aria-label={graphTexts.inspector.close} onClick={onClose}>
        <X size={17} aria-hidden />
      </button>
      {description ? (
        <>
          {description.crumbs.length > 0 && (
            <div className={styles.crumbs}>
              <Breadcrumb crumbs={description.crumbs} onSelect={rest.onSelect} />
            </div>
          )}
          <Panel description={description} {...rest} />
        </>
      ) : (
        description === null && (
          <p className={styles.missing}>
            There is no {selected.kind === 'scope' ? 'group' : selected.kind} “{selected.name}” in this graph.
          </p>
        )
      )}
    </div>
  )
}

function Panel({ description, ...rest }: PanelProps<Description>): ReactNode {
  switch (description.kind) {
    case 'node':
      return <NodePanel description={description} {...rest} />
    case 'group':
      return <GroupPanel description={description} {...rest} />
    case 'tensor':
      return <TensorPanel description={description} {...rest} />
  }
}
