import { useState, type ReactNode } from 'react'
import { changesAnything } from '../../augment-options'
import { setAugment, switchCopies } from '../../store/training/augment'
import { drawnModel, useStore } from '../../store/state/state'
import { augmentTexts as texts } from '../../texts/training/augment'
import stations from '../stations/Station.module.css'
import styles from './AugmentCard.module.css'
import { ChangeSliders } from './ChangeSliders'
import { CopiesPreview } from './CopiesPreview'
import { Slider } from './Slider'
import { Switch } from './Switch'

/** More can be had by script; so many are worth their time. */
const mostCopies = 8

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
        <Switch label={texts.on} help={texts.onHelp} checked={copies > 0} onChange={switchCopies} />
        <Switch
          label={texts.flip}
          help={texts.flipHelp}
          checked={augment.flip}
          onChange={(flip) => setAugment({ flip })}
        />
        <ChangeSliders of={['crop', 'scale', 'brightness']} />
        <Slider
          label={texts.copies}
          says={texts.amount(augment.variants)}
          value={augment.variants}
          max={Math.max(mostCopies, augment.variants)}
          step={1}
          onChange={(variants) => setAugment({ variants })}
        />
        <details className={stations.details}>
          <summary>{texts.more}</summary>
          <div className={styles.card}>
            <p className={stations.hint}>{texts.moreHelp}</p>
            <ChangeSliders of={['rotation', 'hue', 'saturation', 'erase']} />
          </div>
        </details>
        {open && <CopiesPreview preprocessing={preprocessing} />}
        {copies > 0 && <p className={stations.hint}>{texts.cost(copies)}</p>}
      </div>
    </details>
  )
}
