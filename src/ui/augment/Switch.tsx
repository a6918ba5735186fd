import type { ReactNode } from 'react'
import styles from './AugmentCard.module.css'

interface SwitchProps {
  readonly label: string
  readonly help: string
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
}

/** A box to tick, with what it is for. */
export function Switch({ label, help, checked, onChange }: SwitchProps): ReactNode {
  return (
    <label className={styles.flip}>
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      <span>
        {label} <small>{help}</small>
      </span>
    </label>
  )
}
