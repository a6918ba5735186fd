import type { ReactNode } from 'react'
import { useStore } from '../../store/state/state'
import { tryTexts as texts } from '../../texts/training/try'
import type { Prediction } from '../../types'
import styles from './trying.module.css'

/** Labels that get a button of their own; the others are in a list. */
const buttonsAtMost = 6

interface CorrectionProps {
  readonly predictions: readonly Prediction[]
  /** The label it was added to already. */
  readonly addedTo: string | null
  readonly onPick: (label: string) => void
}

/** “It is really a …”: one click adds the photo to a label, those that the head did not say first. */
export function Correction({ predictions, addedTo, onPick }: CorrectionProps): ReactNode {
  const labels = useStore((state) => state.labels)
  if (labels.length === 0) return null
  if (addedTo !== null) {
    return (
      <p className={styles.added} role="status">
        {texts.addedTo(addedTo)}
      </p>
    )
  }
  const said = predictions.at(0)?.label
  const ordered = likeliestWrongFirst(labels, predictions)
  const rest = ordered.slice(buttonsAtMost)
  return (
    <div className={styles.correction} role="group" aria-label={texts.really}>
      <span>{texts.really}</span>
      {ordered.slice(0, buttonsAtMost).map((label) => (
        <button key={label} type="button" title={texts.addTo(label)} onClick={() => onPick(label)}>
          {label === said ? texts.asItSays(label) : label}
        </button>
      ))}
      {rest.length > 0 && (
        <select
          value=""
          aria-label={texts.reallyWhich}
          onChange={(event) => {
            if (event.target.value !== '') onPick(event.target.value)
          }}
        >
          <option value="">{texts.reallyWhich} …</option>
          {rest.map((label) => (
            <option key={label}>{label}</option>
          ))}
        </select>
      )}
    </div>
  )
}

/** The likelier a label was held, the sooner it is meant; what the head said itself comes last. */
function likeliestWrongFirst(labels: readonly string[], predictions: readonly Prediction[]): readonly string[] {
  const rank = new Map(predictions.map(({ label }, index) => [label, index === 0 ? Infinity : index]))
  const rankOf = (label: string): number => rank.get(label) ?? predictions.length
  return labels.toSorted((a, b) => rankOf(a) - rankOf(b))
}
