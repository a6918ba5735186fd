import type { ReactNode } from 'react'
import type { sizedChanges } from '../../augment-options'
import { setAugment } from '../../store/training/augment'
import { useStore } from '../../store/state/state'
import { augmentTexts as texts } from '../../texts/training/augment'
import { Slider } from './Slider'

type SizedChange = (typeof sizedChanges)[number]

/** Steps in one of an option: percents of what are shares, degrees as they are. */
const stepsIn = { crop: 100, scale: 100, brightness: 100, rotation: 1, hue: 100, saturation: 100, erase: 100 }

/** How far sliders go; more degrees can be had by script. */
const farthest = { crop: 50, scale: 50, brightness: 50, rotation: 45, hue: 50, saturation: 100, erase: 50 }

/** How much copies may change, a slider each. */
export function ChangeSliders({ of }: { readonly of: readonly SizedChange[] }): ReactNode {
  const augment = useStore((state) => state.options.augment)
  return of.map((what) => {
    const value = Math.round(augment[what] * stepsIn[what])
    return (
      <Slider
        key={what}
        label={texts.sliders[what].name}
        says={value === 0 ? texts.off : texts.sliders[what].says(value)}
        value={value}
        max={Math.max(farthest[what], value)}
        step={5}
        onChange={(chosen) => setAugment({ [what]: chosen / stepsIn[what] })}
      />
    )
  })
}
