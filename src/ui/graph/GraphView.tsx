import { ReactFlowProvider } from '@xyflow/react'
import type { ReactNode } from 'react'
import { GraphCanvas } from './GraphCanvas'
import type { GraphViewProps } from './types'
import '@xyflow/react/dist/style.css'

/** The graph, folded: to look at, to walk about in, and to cut. */
export function GraphView(props: GraphViewProps): ReactNode {
  return (
    <ReactFlowProvider>
      <GraphCanvas {...props} />
    </ReactFlowProvider>
  )
}
