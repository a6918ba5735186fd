import { useStore, useViewport } from '@xyflow/react'
import { Check, Plus, Scissors } from 'lucide-react'
import { useEffect, useRef, type ReactNode } from 'react'
import { graphTexts } from '../../../texts/model/graph'
import type { Point } from '../../../layout/types'
import { Button } from '../../common/Button'
import { shorten } from '../../common/format'
import styles from './TensorCard.module.css'
import { trunkText } from './trunk-text'
import type { TensorFacts } from './useTensorFacts'
import { nothingCovered, type ScreenSize } from '../viewport/viewport'
import type { Covered } from '../types'
import type { TrunkSize } from '../../../view/describe/types'

interface TensorCardProps {
  readonly tensor: string
  /** null until they are known. */
  readonly facts: TensorFacts | null
  /** Whether it is known what can be cut. */
  readonly complete: boolean
  /** What a cut here would keep, once it is known. */
  readonly size: TrunkSize | null
  readonly cut: readonly string[]
  /** Where it points to, in the layout's coordinates. */
  readonly at: Point
  /** Puts the keyboard on its first button. */
  readonly takesFocus: boolean
  /** Where panels lie over the graph. */
  readonly covered: Covered
  readonly onCut: (tensor: string, add: boolean) => void
}

/** Pixels; the height is about that of the longest one. */
const width = 284
const height = 190
/** Beside the point; past a tensor's shape. */
const away = 52
/** Room for the buttons at the right. */
const controls = 56
/** On a screen narrower than this there is no room beside the point. */
const narrow = 600
/** Below the search field. */
const top = 64

/** What can be done with the selected tensor, right where it is. */
export function TensorCard(props: TensorCardProps): ReactNode {
  const { tensor, facts, complete, size, cut, at, takesFocus, covered, onCut } = props
  const { x, y, zoom } = useViewport()
  const screenWidth = useStore((state) => state.width)
  const screenHeight = useStore((state) => state.height)
  const screen = { width: screenWidth, height: screenHeight }
  const place = cardPlace({ x: at.x * zoom + x, y: at.y * zoom + y }, zoom, screen, covered)
  const isCut = cut.includes(tensor)
  const canCut = facts?.canCut ?? false
  const card = useRef<HTMLDivElement>(null)
  const first = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // The keyboard follows as soon as there is a button; where there is none, the card itself tells why.
    if (takesFocus) (first.current?.querySelector('button') ?? card.current)?.focus({ preventScroll: true })
  }, [takesFocus, canCut])
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
      style={{ width, ...place }}
    >
      <p className={styles.name} title={tensor}>
        {shorten(tensor, 34)}
      </p>
      <p className={styles.facts}>{[facts?.shape || 'shape not known', facts?.dtype].filter(Boolean).join(' · ')}</p>
      {isCut ? (
        <p className={styles.done}>
          <Check size={15} aria-hidden /> The cut is here
        </p>
      ) : canCut ? (
        <div className={styles.buttons} ref={first}>
          <Button look="primary" icon={<Scissors size={15} aria-hidden />} onClick={() => cutHere(false)}>
            {graphTexts.cutHere}
          </Button>
          {cut.length > 0 && (
            <Button icon={<Plus size={15} aria-hidden />} onClick={() => cutHere(true)}>
              Add to the cut
            </Button>
          )}
        </div>
      ) : (
        <p className={styles.why}>
          {complete
            ? `Cannot be cut: ${facts?.why ?? 'nothing is known of this tensor.'}`
            : 'What can be cut is still being worked out …'}
        </p>
      )}
      {(canCut || isCut) && size && <p className={styles.note}>{capital(trunkText(size))}.</p>}
      {!isCut && facts?.recommended && <p className={styles.note}>Recommended: all data passes through here.</p>}
    </div>
  )
}

/** Beside the point, so that what comes after it can be seen; on a narrow screen below it, or above. Never under a panel. */
function cardPlace(
  point: Point,
  zoom: number,
  screen: ScreenSize,
  covered: Covered,
): { left: number; top?: number; bottom?: number } {
  const panel = covered.now ? covered : nothingCovered
  const lowest = Math.max(top, screen.height * (1 - panel.bottom) - height)
  if (screen.width >= narrow) {
    const left = Math.max(panel.left + 8, Math.min(point.x + away, screen.width - width - controls))
    return { left, top: Math.max(top, Math.min(point.y - 16, lowest)) }
  }
  const left = Math.max(8, Math.min(point.x - width / 2, screen.width - width - 8))
  const below = point.y + 26 * Math.max(zoom, 0.5)
  if (below <= lowest) return { left, top: Math.max(top, below) }
  // Cards differ in height: this one stands on the point.
  const bottom = Math.max(screen.height - lowest - height, screen.height - point.y + 12)
  return { left, bottom: Math.min(bottom, screen.height - top - height) }
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
