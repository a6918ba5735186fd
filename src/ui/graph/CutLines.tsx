import { ViewportPortal } from '@xyflow/react'
import { Scissors } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Direction } from '../../layout/types'
import type { CutLine } from './cutLine'
import styles from './CutLines.module.css'

interface CutLinesProps {
  readonly lines: readonly CutLine[]
  readonly direction: Direction
  /** Pixels at zoom 1. */
  readonly thickness: number
  readonly zoom: number
}

/** On the side of what is kept. */
const shifts = {
  down: { inside: 'translate(0, -120%)', outside: 'translate(4px, -50%)' },
  right: { inside: 'translate(-106%, -100%)', outside: 'translate(-50%, -110%)' },
} as const

/** The lines across the picture where it is cut, each with what they mean. */
export function CutLines({ lines, direction, thickness, zoom }: CutLinesProps): ReactNode {
  const size = Math.max(1, 0.85 / zoom)
  // Where the picture is small, the words stand beside it.
  const outside = zoom < 0.45
  return (
    <ViewportPortal>
      <svg className={styles.lines} aria-hidden>
        {lines.map(({ tensor, from, to }) => (
          <line key={tensor} x1={from.x} y1={from.y} x2={to.x} y2={to.y} strokeWidth={thickness * 1.8} />
        ))}
      </svg>
      {lines.map(({ tensor, to, from, label }) => {
        const end = direction === 'down' ? to : from
        const at = outside ? end : label
        const shift = shifts[direction][outside ? 'outside' : 'inside']
        return (
          <span
            key={tensor}
            className={styles.label}
            data-cut-line={tensor}
            style={{ transform: `translate(${at.x}px, ${at.y}px) scale(${size}) ${shift}` }}
          >
            <Scissors size={11} aria-hidden />
            {direction === 'down' ? 'Cut: kept above' : 'Cut: kept left'}
          </span>
        )
      })}
    </ViewportPortal>
  )
}
