import { useId, type ReactNode } from 'react'
import { panelOf } from '../../heads/panels'
import { headKinds, takesMap, type HeadKind } from '../../heads/specs'
import { useStore } from '../../store/state/state'
import { trainTexts as texts } from '../../texts/training/train'
import styles from './HeadSettings.module.css'

interface KindOfHeadProps {
  readonly kind: HeadKind
  readonly onChange: (kind: HeadKind) => void
}

/** The kinds of heads, of which one is chosen. */
export function KindOfHead({ kind, onChange }: KindOfHeadProps): ReactNode {
  const name = useId()
  const lacksMap = useStore((state) => state.cut?.summary.hasMap === false)
  return (
    <fieldset className={styles.kinds}>
      <legend>{texts.kind}</legend>
      {headKinds.map((each) => (
        <label key={each} className={styles.kind} data-chosen={each === kind}>
          <input
            type="radio"
            name={name}
            checked={each === kind}
            disabled={lacksMap && takesMap(each) && each !== kind}
            onChange={() => onChange(each)}
          />
          <span>
            <strong>{panelOf(each).name}</strong>
            <small>{lacksMap && takesMap(each) ? texts.noMap : panelOf(each).help}</small>
          </span>
        </label>
      ))}
    </fieldset>
  )
}
