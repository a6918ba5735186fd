import { useStore, useViewport } from '@xyflow/react'
import { Check, Plus, Scissors } from 'lucide-react'
import { useEffect, useRef, type ReactNode } from 'react'
import type { Point } from '../../layout/types'
import type { TrunkSize } from '../../view/types'
import { Button } from '../common/Button'
import { shorten } from '../common/format'
import styles from './TensorCard.module.css'
import { trunkText } from './trunkText'
import type { ScreenSize } from './viewport'
import type { TensorFacts } from './useTensorFacts'

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
  readonly onCut: (tensor: string, add: boolean) => void
}

/** Pixels; the height is about that of the longest one. */
const width = 284
const height = 190
/** Beside the point; past a tensor's shape. */
const away = 52
/** Room for the buttons at the right. */
const controls = 56
/** On a screen narrower than this the inspector comes from below; the card stays above the middle. */
const narrow = 600

/** What can be done with the selected tensor, right where it is. */
export function TensorCard(props: TensorCardProps): ReactNode {
  const { tensor, facts, complete, size, cut, at, takesFocus, onCut } = props
  const { x, y, zoom } = useViewport()
  const screenWidth = useStore((state) => state.width)
  const screenHeight = useStore((state) => state.height)
  const place = cardPlace({ x: at.x * zoom + x, y: at.y * zoom + y }, zoom, {
    width: screenWidth,
    height: screenHeight,
  })
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
            Cut here
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

/** Beside the point, so that what comes after it can be seen; on a narrow screen below it, or above. */
function cardPlace(point: Point, zoom: number, screen: ScreenSize): { left: number; top?: number; bottom?: number } {
  if (screen.width >= narrow) {
    const left = Math.max(8, Math.min(point.x + away, screen.width - width - controls))
    return { left, top: Math.max(64, Math.min(point.y - 16, screen.height - height)) }
  }
  const left = Math.max(8, Math.min(point.x - width / 2, screen.width - width - 8))
  const below = point.y + 26 * Math.max(zoom, 0.5)
  // The inspector comes from below.
  return below > screen.height / 2 - height ? { left, bottom: screen.height - point.y + 12 } : { left, top: below }
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
