import { ViewportPortal } from '@xyflow/react'
import { memo, useMemo, type CSSProperties, type ReactNode } from 'react'
import { edgePath } from '../../../layout/edge-path'
import type { Direction, Edge } from '../../../layout/types'
import { bundled } from '../../../view/scene/bundles'
import { frameNames } from './frame-names'
import styles from './Wires.module.css'
import type { SceneBox } from '../../../view/scene/types'

interface WireStyle extends CSSProperties {
  '--thickness': number
}

interface WiresProps {
  readonly boxes: readonly SceneBox[]
  readonly frames: readonly SceneBox[]
  readonly edges: readonly Edge[]
  readonly direction: Direction
  readonly lit: ReadonlySet<string> | null
  readonly flat: ReadonlySet<string>
  /** Pixels at zoom 1. */
  readonly thickness: number
  /** At low detail: the zoom for which frames' names are sized; else null. */
  readonly namesAt: number | null
  /** The selected tensor. */
  readonly tensor: string | null
  readonly cut: readonly string[]
}

/** Kinds of lines, those drawn first first. */
const kinds = ['faded', 'plain', 'skip', 'bundle', 'selected', 'cut'] as const
type WireKind = (typeof kinds)[number]

/**
 * What lies behind the boxes: the frames of unfolded groups and the lines of tensors. All lines of a kind are one path:
 * a thousand elements would be slow to move, and what the pointer is on is found by arithmetic.
 */
export const Wires = memo(function Wires(props: WiresProps): ReactNode {
  const { boxes, frames, edges, direction, lit, flat, thickness, namesAt, tensor, cut } = props
  const style: WireStyle = { '--thickness': thickness }
  const paths = useMemo(() => pathsByKind(edges, direction, lit, tensor, cut), [edges, direction, lit, tensor, cut])
  const names = useMemo(() => (namesAt === null ? [] : frameNames(boxes, namesAt)), [boxes, namesAt])
  return (
    <ViewportPortal>
      <svg className={styles.wires} style={style} aria-hidden>
        {frames.map((frame) => !flat.has(frame.id) && <FrameArea key={frame.id} frame={frame} flat={false} />)}
        <g data-wires>
          {kinds.map(
            (kind) => paths[kind] && <path key={kind} className={styles.line} data-kind={kind} d={paths[kind]} />,
          )}
        </g>
        {frames.map((frame) => flat.has(frame.id) && <FrameArea key={frame.id} frame={frame} flat />)}
        {namesAt !== null &&
          names.map(({ id, text, x, y }) => (
            <text key={id} className={styles.frameName} x={x} y={y} fontSize={12 / namesAt} strokeWidth={3 / namesAt}>
              {text}
            </text>
          ))}
      </svg>
    </ViewportPortal>
  )
})

function FrameArea({ frame, flat }: { readonly frame: SceneBox; readonly flat: boolean }): ReactNode {
  const { id, x, y, width, height } = frame
  return (
    <rect
      className={styles.frame}
      data-frame={id}
      data-flat={flat}
      data-even={frame.depth % 2 === 0}
      {...{ x, y, width, height }}
      rx={8}
    />
  )
}

function pathsByKind(
  edges: readonly Edge[],
  direction: Direction,
  lit: ReadonlySet<string> | null,
  tensor: string | null,
  cut: readonly string[],
): Record<WireKind, string> {
  const paths: Record<WireKind, string[]> = { faded: [], plain: [], skip: [], bundle: [], selected: [], cut: [] }
  const isCut = new Set(cut)
  const { lines, bundles } = bundled(edges, (name) => isCut.has(name) || name === tensor)
  const isLit = ({ from, to }: Edge): boolean => lit === null || (lit.has(from) && lit.has(to))
  const kindOf = (edge: Edge): WireKind => {
    if (isCut.has(edge.tensor)) return 'cut'
    if (edge.tensor === tensor) return 'selected'
    if (!isLit(edge)) return 'faded'
    return edge.spans > 1 ? 'skip' : 'plain'
  }
  for (const edge of lines) paths[kindOf(edge)].push(edgePath(edge.points, direction))
  for (const edge of bundles) paths[isLit(edge) ? 'bundle' : 'faded'].push(edgePath(edge.points, direction))
  const joined = (kind: WireKind): string => paths[kind].join('')
  return {
    faded: joined('faded'),
    plain: joined('plain'),
    skip: joined('skip'),
    bundle: joined('bundle'),
    selected: joined('selected'),
    cut: joined('cut'),
  }
}
