import { useId, type ReactNode } from 'react'
import { trainTexts as texts } from '../../texts/training/train'
import type { HeadOptions } from '../../types'
import styles from './HeadSettings.module.css'

type ChosenHeadKind = HeadOptions['kind']

interface KindOfHeadProps {
  readonly kind: ChosenHeadKind
  readonly onChange: (kind: ChosenHeadKind) => void
}

/** Linear or with hidden layers. */
export function KindOfHead({ kind, onChange }: KindOfHeadProps): ReactNode {
  const name = useId()
  return (
    <fieldset className={styles.kinds}>
      <legend>{texts.kind}</legend>
      {(['linear', 'dense'] as const).map((each) => (
        <label key={each} className={styles.kind} data-chosen={each === kind}>
          <input type="radio" name={name} checked={each === kind} onChange={() => onChange(each)} />
          <span>
            <strong>{texts.kinds[each].name}</strong>
            <small>{texts.kinds[each].help}</small>
          </span>
        </label>
      ))}
    </fieldset>
  )
}
