import type { ReactNode } from 'react'
import { denseTexts as texts } from '../../../texts/heads/dense'
import { Choice } from '../../../ui/heads/Choice'
import { ClipField } from '../../../ui/heads/RoundFields'
import type { HeadFieldsProps } from '../../../ui/heads/types'
import { MixFields } from './MixFields'
import { initializers, type DenseOptions } from '../spec'

/** What keeps weights and steps small, and from where the weights begin. */
export function RestraintFields({ head, onChange }: HeadFieldsProps<DenseOptions>): ReactNode {
  return (
    <>
      <Choice
        texts={texts.decay}
        value={head.weightDecay}
        values={[0, 0.0001, 0.001, 0.004, 0.01, 0.1]}
        says={texts.decay.says}
        onChange={(weightDecay) => onChange({ ...head, weightDecay })}
      />
      <Choice
        texts={texts.smoothing}
        value={head.labelSmoothing}
        values={[0, 0.05, 0.1, 0.2]}
        says={texts.smoothing.says}
        onChange={(labelSmoothing) => onChange({ ...head, labelSmoothing })}
      />
      <MixFields head={head} onChange={onChange} />
      <ClipField head={head} onChange={onChange} />
      <Choice
        texts={texts.initializer}
        value={head.initializer}
        values={initializers}
        onChange={(initializer) => onChange({ ...head, initializer })}
      />
    </>
  )
}
