import type { ReactNode } from 'react'
import type { RoundOptions as AllRoundOptions } from '../../heads/rounds'
import type { Schedule } from '../../optimizers'
import { denseTexts as texts } from '../../texts/heads/dense'
import { Choice } from './Choice'
import type { HeadFieldsProps } from './types'

/** What these fields choose; some kinds have more. */
type RoundOptions = Omit<AllRoundOptions, 'dropout' | 'weightDecay'>

const schedules: readonly Schedule[] = [
  'constant',
  'cosine',
  { every: 10, factor: 0.5 },
  { every: 20, factor: 0.5 },
  { every: 30, factor: 0.1 },
]

/** By which rule a head that is trained in rounds steps, how far, and with how many photos. */
export function RoundFields<Options extends RoundOptions>({ head, onChange }: HeadFieldsProps<Options>): ReactNode {
  return (
    <>
      <Choice
        texts={texts.optimizer}
        value={head.optimizer}
        values={['adam', 'sgd', 'momentum', 'rmsprop'] as const}
        says={(optimizer) => texts.optimizer.names[optimizer]}
        onChange={(optimizer) => onChange({ ...head, optimizer })}
      />
      <Choice
        texts={texts.rate}
        value={head.learningRate}
        values={[0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1]}
        onChange={(learningRate) => onChange({ ...head, learningRate })}
      />
      <Choice
        texts={texts.schedule}
        value={head.schedule}
        values={schedules}
        says={texts.schedule.says}
        onChange={(schedule) => onChange({ ...head, schedule })}
      />
      <Choice
        texts={texts.warmup}
        value={head.warmup}
        values={[0, 1, 2, 5, 10]}
        says={texts.warmup.says}
        onChange={(warmup) => onChange({ ...head, warmup })}
      />
      <Choice
        texts={texts.batch}
        value={head.batchSize}
        values={[8, 16, 32, 64, 128]}
        onChange={(batchSize) => onChange({ ...head, batchSize })}
      />
    </>
  )
}

/** How long the gradient may be at most. */
export function ClipField<Options extends RoundOptions>({ head, onChange }: HeadFieldsProps<Options>): ReactNode {
  return (
    <Choice
      texts={texts.clip}
      value={head.clipNorm}
      values={[0, 0.5, 1, 5]}
      says={texts.clip.says}
      onChange={(clipNorm) => onChange({ ...head, clipNorm })}
    />
  )
}

/** How many rounds there are. */
export function EpochsField<Options extends RoundOptions>({ head, onChange }: HeadFieldsProps<Options>): ReactNode {
  return (
    <Choice
      texts={texts.epochs}
      value={head.epochs}
      values={[10, 20, 50, 100, 200, 500]}
      onChange={(epochs) => onChange({ ...head, epochs })}
    />
  )
}

/** When it stops early. */
export function PatienceField<Options extends RoundOptions>({ head, onChange }: HeadFieldsProps<Options>): ReactNode {
  return (
    <Choice
      texts={texts.patience}
      value={head.patience}
      values={[0, 5, 10, 20, 50]}
      says={texts.patience.says}
      onChange={(patience) => onChange({ ...head, patience })}
    />
  )
}
