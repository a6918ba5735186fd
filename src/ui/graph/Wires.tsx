import { ViewportPortal } from '@xyflow/react'
import { memo, type CSSProperties, type MouseEvent, type ReactNode } from 'react'
import type { Box, Edge, Point } from '../../layout/types'
import { edgePath } from './path'
import styles from './Wires.module.css'

interface WireStyle extends CSSProperties {
  '--thickness': number
}

interface WiresProps {
  readonly frames: readonly Box[]
  readonly edges: readonly Edge[]
  readonly lit: ReadonlySet<string> | null
  readonly flat: ReadonlySet<string>
  /** Pixels at zoom 1. */
  readonly thickness: number
  /** The selected tensor. */
  readonly tensor: string | null
  readonly cut: readonly string[]
  readonly onPick: (tensor: string, event: MouseEvent) => void
}

/** What lies behind the boxes: the frames of unfolded scopes and the lines of tensors. The lists' buttons do the same for the keyboard. */
export const Wires = memo(function Wires(props: WiresProps): ReactNode {
  const { frames, edges, lit, flat, thickness, tensor, cut, onPick } = props
  const style: WireStyle = { '--thickness': thickness }
  const isLit = (edge: Edge) => lit === null || (lit.has(edge.from) && lit.has(edge.to))
  return (
    <ViewportPortal>
      <svg className={styles.wires} style={style} aria-hidden>
        {frames.map((frame) => !flat.has(frame.id) && <FrameArea key={frame.id} frame={frame} flat={false} />)}
        {edges.map((edge) => (
          <Wire key={edge.id} edge={edge} state={stateOf(edge, tensor, cut, isLit(edge))} onPick={onPick} />
        ))}
        {frames.map((frame) => flat.has(frame.id) && <FrameArea key={frame.id} frame={frame} flat />)}
      </svg>
    </ViewportPortal>
  )
})

function FrameArea({ frame, flat }: { readonly frame: Box; readonly flat: boolean }): ReactNode {
  const { x, y, width, height } = frame
  return <rect className={styles.frame} data-flat={flat} {...{ x, y, width, height }} rx={8} />
}

type WireState = 'plain' | 'faded' | 'selected' | 'cut'

function stateOf(edge: Edge, tensor: string | null, cut: readonly string[], lit: boolean): WireState {
  if (cut.includes(edge.tensor)) return 'cut'
  if (edge.tensor === tensor) return 'selected'
  return lit ? 'plain' : 'faded'
}

interface WireProps {
  readonly edge: Edge
  readonly state: WireState
  readonly onPick: (tensor: string, event: MouseEvent) => void
}

const Wire = memo(function Wire({ edge, state, onPick }: WireProps): ReactNode {
  const path = edgePath(edge.points)
  return (
    <g className={styles.wire} data-state={state} onClick={(event) => onPick(edge.tensor, event)}>
      <path className={styles.hit} d={path} />
      <path className={styles.line} d={path} />
    </g>
  )
})

/** The line across the picture where a tensor is cut. */
export function CutLine({ box, at }: { readonly box: Box; readonly at: Point }): ReactNode {
  const reach = 70
  return (
    <ViewportPortal>
      <svg className={styles.cutLine} aria-hidden>
        <line x1={box.x - reach} x2={box.x + box.width + reach} y1={at.y + 13} y2={at.y + 13} />
      </svg>
    </ViewportPortal>
  )
}
