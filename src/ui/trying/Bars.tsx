import { useState, type ReactNode } from 'react'
import { tryTexts as texts } from '../../texts/training/try'
import type { Prediction } from '../../types'
import { Button } from '../common/Button'
import { formatPercent } from '../common/format'
import styles from './trying.module.css'

/** Labels shown before “show all”. */
const shownAtFirst = 5

interface BarsProps {
  /** The most likely first. */
  readonly predictions: readonly Prediction[]
  /** An order in which they stay put, for bars that move; else the most likely are on top. */
  readonly order?: readonly string[]
}

/** A bar for each label, as long as it is likely; the likeliest ones, and the rest on demand. */
export function Bars({ predictions, order }: BarsProps): ReactNode {
  const [all, setAll] = useState(false)
  const best = predictions.at(0)?.label
  const shown = all ? predictions : predictions.slice(0, shownAtFirst)
  return (
    <div className={styles.bars}>
      <ol aria-label={texts.bars}>
        {(order ? inOrder(shown, order) : shown).map(({ label, probability }) => (
          <li key={label} data-best={label === best}>
            <span className={styles.bar} style={{ transform: `scaleX(${probability})` }} />
            <span className={styles.label}>{label}</span>
            <span className={styles.share}>{formatPercent(probability)}</span>
          </li>
        ))}
      </ol>
      {predictions.length > shownAtFirst && (
        <Button look="quiet" onClick={() => setAll(!all)}>
          {all ? texts.fewer : texts.more(predictions.length)}
        </Button>
      )}
    </div>
  )
}

function inOrder(predictions: readonly Prediction[], order: readonly string[]): readonly Prediction[] {
  const place = new Map(order.map((label, index) => [label, index]))
  const placeOf = ({ label }: Prediction): number => place.get(label) ?? Infinity
  return predictions.toSorted((a, b) => placeOf(a) - placeOf(b))
}
