import type { ReactNode } from 'react'
import { mixes } from '../../../augment-options'
import { denseTexts as texts } from '../../../texts/heads/dense'
import { Choice } from '../../../ui/heads/Choice'
import type { HeadFieldsProps } from '../../../ui/heads/types'
import type { DenseOptions } from '../spec'

/** How photos of a step are mixed; cutting out of maps needs maps. */
export function MixFields({ head, onChange }: HeadFieldsProps<DenseOptions>): ReactNode {
  return (
    <>
      <Choice
        texts={texts.mix}
        value={head.mix}
        values={head.pool === 'flatten' ? mixes : (['none', 'mixup'] as const)}
        says={(mix) => texts.mix.names[mix]}
        onChange={(mix) => onChange({ ...head, mix })}
      />
      <Choice
        texts={texts.mixAlpha}
        value={head.mixAlpha}
        values={[0.1, 0.2, 0.4, 1]}
        onChange={(mixAlpha) => onChange({ ...head, mixAlpha })}
      />
    </>
  )
}
