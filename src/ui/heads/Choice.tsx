import { useId, type ReactNode } from 'react'
import { trainTexts } from '../../texts/training/train'
import stations from '../stations/Station.module.css'
import styles from './HeadSettings.module.css'

interface ChoiceProps<Value> {
  readonly texts: { readonly name: string; readonly help: string }
  readonly value: Value
  readonly values: readonly Value[]
  readonly says?: (value: Value) => string
  readonly onChange: (value: Value) => void
}

/** A setting with the values that make sense, and what it is for; a value that a script has set is among them too. */
export function Choice<Value>({ texts, value, values, says = String, onChange }: ChoiceProps<Value>): ReactNode {
  const id = useId()
  const keyOf = (one: Value): string => JSON.stringify(one)
  const known = values.some((one) => keyOf(one) === keyOf(value))
  const all = known ? values : [value, ...values]
  return (
    <div className={`${stations.field} ${styles.field}`}>
      <label htmlFor={id}>{texts.name}</label>
      <select
        id={id}
        aria-describedby={`${id}-help`}
        value={keyOf(value)}
        onChange={(event) => {
          const chosen = all.find((one) => keyOf(one) === event.target.value)
          if (chosen !== undefined) onChange(chosen)
        }}
      >
        {all.map((one) => (
          <option key={keyOf(one)} value={keyOf(one)}>
            {known || one !== value ? says(one) : trainTexts.scripted(says(one))}
          </option>
        ))}
      </select>
      <p id={`${id}-help`} className={styles.help}>
        {texts.help}
      </p>
    </div>
  )
}
