import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { graphTexts } from '../../texts/model/graph'
import { Breadcrumb } from '../breadcrumb/Breadcrumb'
import { GroupPanel } from './GroupPanel'
import styles from './Inspector.module.css'
import { NodePanel } from './NodePanel'
import { TensorPanel } from './TensorPanel'
import type { InspectorProps, PanelProps } from './types'
import type { Description } from '../../view/describe/types'

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
