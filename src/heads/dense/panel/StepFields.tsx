import type { ReactNode } from 'react'
import { denseTexts as texts } from '../../../texts/heads/dense'
import { Choice } from '../../../ui/heads/Choice'
import type { HeadFieldsProps } from '../../../ui/heads/types'
import type { Schedule } from '../../../optimizers'
import type { DenseOptions } from '../spec'
import { RestraintFields } from './RestraintFields'

const schedules: readonly Schedule[] = [
  'constant',
  'cosine',
  { every: 10, factor: 0.5 },
  { every: 20, factor: 0.5 },
  { every: 30, factor: 0.1 },
]

/** How the training steps: by which rule, how far, and from where. */
export function StepFields({ head, onChange }: HeadFieldsProps<DenseOptions>): ReactNode {
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
      <RestraintFields head={head} onChange={onChange} />
    </>
  )
}
