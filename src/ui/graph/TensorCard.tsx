import { useStore, useViewport } from '@xyflow/react'
import { Check, Plus, Scissors } from 'lucide-react'
import { useRef, type ReactNode } from 'react'
import type { Point } from '../../layout/types'
import type { TensorSummary } from '../../types'
import { Button } from '../common/Button'
import { shorten } from '../common/format'
import { shapeText } from '../../graph/titles'
import styles from './TensorCard.module.css'

interface TensorCardProps {
  readonly tensor: string
  readonly summary: TensorSummary | undefined
  readonly cut: readonly string[]
  /** Where it points to, in the layout's coordinates. */
  readonly at: Point
  /** Puts the keyboard on its first button. */
  readonly takesFocus: boolean
  readonly onCut: (tensor: string, add: boolean) => void
}

const width = 284
/** On a screen narrower than this the inspector comes from below; the card stays above the middle. */
const narrow = 600

/** What can be done with the selected tensor, right where it is. */
export function TensorCard({ tensor, summary, cut, at, takesFocus, onCut }: TensorCardProps): ReactNode {
  const { x, y, zoom } = useViewport()
  const screenWidth = useStore((state) => state.width)
  const screenHeight = useStore((state) => state.height)
  const left = Math.max(8, Math.min(at.x * zoom + x - width / 2, screenWidth - width - 8))
  const below = at.y * zoom + y + 26 * Math.max(zoom, 0.5)
  const above = at.y * zoom + y - 12
  const lowest = screenWidth < narrow ? screenHeight / 2 : screenHeight
  const place = below > lowest - 150 ? { bottom: screenHeight - above } : { top: below }
  const isCut = cut.includes(tensor)
  const card = useRef<HTMLDivElement>(null)
  const cutHere = (add: boolean) => {
    onCut(tensor, add)
    // The button goes; the keyboard stays here.
    card.current?.focus()
  }
  return (
    <div
      ref={card}
      tabIndex={-1}
      className={styles.card}
      role="group"
      aria-label={`Tensor ${tensor}`}
      style={{ width, left, ...place }}
    >
      <p className={styles.name} title={tensor}>
        {shorten(tensor, 34)}
      </p>
      <p className={styles.facts}>
        {shapeText(summary?.shape)} · {summary?.dtype ?? 'unknown type'}
      </p>
      {isCut ? (
        <p className={styles.done}>
          <Check size={15} aria-hidden /> The cut is here
        </p>
      ) : summary?.canCut ? (
        <>
          <div className={styles.buttons}>
            <Button
              look="primary"
              autoFocus={takesFocus}
              icon={<Scissors size={15} aria-hidden />}
              onClick={() => cutHere(false)}
            >
              Cut here
            </Button>
            {cut.length > 0 && (
              <Button icon={<Plus size={15} aria-hidden />} onClick={() => cutHere(true)}>
                Add to the cut
              </Button>
            )}
          </div>
          {summary.recommended && <p className={styles.note}>Recommended: all data passes through here.</p>}
        </>
      ) : (
        <p className={styles.why}>Cannot be cut: {summary?.why ?? 'nothing is known of this tensor.'}</p>
      )}
    </div>
  )
}
