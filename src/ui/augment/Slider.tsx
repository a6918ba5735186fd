import { useId, type ReactNode } from 'react'
import styles from './AugmentCard.module.css'

interface SliderProps {
  readonly label: string
  /** The value in words. */
  readonly says: string
  readonly value: number
  readonly max: number
  readonly step: number
  readonly onChange: (value: number) => void
}

/** A slider from 0 on, with its value in words beside its name. */
export function Slider({ label, says, value, max, step, onChange }: SliderProps): ReactNode {
  const id = useId()
  return (
    <div className={styles.slider}>
      <label htmlFor={id}>{label}</label>
      <output htmlFor={id} data-off={value === 0}>
        {says}
      </output>
      <input
        id={id}
        type="range"
        min={0}
        max={max}
        step={step}
        value={value}
        aria-valuetext={says}
        onChange={(event) => onChange(event.target.valueAsNumber)}
      />
    </div>
  )
}
