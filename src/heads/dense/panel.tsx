import type { ReactNode } from 'react'
import { denseTexts as texts } from '../../texts/heads/dense'
import { Choice } from '../../ui/heads/Choice'
import { EpochsField, PatienceField } from '../../ui/heads/RoundFields'
import { StepFields } from './panel/StepFields'
import type { HeadFieldsProps, HeadPanel } from '../../ui/heads/types'
import type { DenseOptions } from './spec'

/** Heads with hidden layers on screen. */
export const densePanel: HeadPanel<DenseOptions> = {
  name: texts.name,
  help: texts.help,
  notByItself: texts.notByItself,
  Fields,
  MoreFields,
}

const sizes = [[64], [128], [256], [512], [256, 128], [512, 256]]

function Fields({ head, onChange }: HeadFieldsProps<DenseOptions>): ReactNode {
  return (
    <>
      <Choice
        texts={texts.hidden}
        value={head.hidden}
        values={sizes}
        says={texts.hidden.says}
        onChange={(hidden) => onChange({ ...head, hidden })}
      />
      <EpochsField head={head} onChange={onChange} />
    </>
  )
}

function MoreFields({ head, onChange }: HeadFieldsProps<DenseOptions>): ReactNode {
  return (
    <>
      <Choice
        texts={texts.pool}
        value={head.pool}
        values={['average', 'max', 'flatten'] as const}
        says={(pool) => texts.pool.names[pool]}
        onChange={(pool) =>
          onChange({ ...head, pool, mix: pool !== 'flatten' && head.mix === 'cutmix' ? 'none' : head.mix })
        }
      />
      <PatienceField head={head} onChange={onChange} />
      <Choice
        texts={texts.dropout}
        value={head.dropout}
        values={[0, 0.1, 0.2, 0.3, 0.5]}
        says={texts.dropout.says}
        onChange={(dropout) => onChange({ ...head, dropout })}
      />
      <StepFields head={head} onChange={onChange} />
    </>
  )
}
