import { useState, type ReactNode } from 'react'
import { changesAnything, setAugment } from '../../store/training/augment'
import { drawnModel, useStore } from '../../store/state/state'
import { augmentTexts as texts } from '../../texts/training/augment'
import stations from '../stations/Station.module.css'
import styles from './AugmentCard.module.css'
import { CopiesPreview } from './CopiesPreview'
import { Slider } from './Slider'

/** More can be had by script; so many are worth their time. */
const mostCopies = 8

/** In percent. */
const mostChange = 50

/** Changed copies of the photos that are trained on: how many, how much they change, and what they look like. */
export function AugmentCard(): ReactNode {
  const preprocessing = useStore((state) => (drawnModel(state) ? state.preprocessing : null))
  const augment = useStore((state) => state.options.augment)
  const [open, setOpen] = useState(false)
  if (!preprocessing) return null
  const copies = changesAnything(augment) ? augment.variants : 0
  return (
    <details className={stations.details} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{texts.summary(copies)}</summary>
      <div className={styles.card}>
        <p className={stations.hint}>{texts.why}</p>
        <label className={styles.flip}>
          <input
            type="checkbox"
            checked={augment.flip}
            onChange={(event) => setAugment({ flip: event.target.checked })}
          />
          <span>
            {texts.flip} <small>{texts.flipHelp}</small>
          </span>
        </label>
        {(['crop', 'scale', 'brightness'] as const).map((what) => {
          const percent = Math.round(augment[what] * 100)
          return (
            <Slider
              key={what}
              label={texts.sliders[what].name}
              says={percent === 0 ? texts.off : texts.sliders[what].says(percent)}
              value={percent}
              max={mostChange}
              step={5}
              onChange={(value) => setAugment({ [what]: value / 100 })}
            />
          )
        })}
        <Slider
          label={texts.copies}
          says={texts.amount(augment.variants)}
          value={augment.variants}
          max={Math.max(mostCopies, augment.variants)}
          step={1}
          onChange={(variants) => setAugment({ variants })}
        />
        {open && <CopiesPreview preprocessing={preprocessing} />}
        {copies > 0 && <p className={stations.hint}>{texts.cost(copies)}</p>}
      </div>
    </details>
  )
}
