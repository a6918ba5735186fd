import type { ReactNode } from 'react'
import type { Schedule } from '../../../optimizers'
import { denseTexts as texts } from '../../../texts/heads/dense'
import { Choice } from '../../../ui/heads/Choice'
import type { HeadFieldsProps } from '../../../ui/heads/types'
import type { ConvOptions } from '../spec'

const schedules: readonly Schedule[] = ['constant', 'cosine', { every: 10, factor: 0.5 }, { every: 20, factor: 0.5 }]

/** When it stops, and what keeps weights small. */
export function MoreFields({ head, onChange }: HeadFieldsProps<ConvOptions>): ReactNode {
  return (
    <>
      <Choice
        texts={texts.patience}
        value={head.patience}
        values={[0, 5, 10, 20, 50]}
        says={texts.patience.says}
        onChange={(patience) => onChange({ ...head, patience })}
      />
      <Choice
        texts={texts.dropout}
        value={head.dropout}
        values={[0, 0.1, 0.2, 0.3, 0.5]}
        says={texts.dropout.says}
        onChange={(dropout) => onChange({ ...head, dropout })}
      />
      <Choice
        texts={texts.decay}
        value={head.weightDecay}
        values={[0, 0.0001, 0.001, 0.004, 0.01, 0.1]}
        says={texts.decay.says}
        onChange={(weightDecay) => onChange({ ...head, weightDecay })}
      />
      <Choice
        texts={texts.clip}
        value={head.clipNorm}
        values={[0, 0.5, 1, 5]}
        says={texts.clip.says}
        onChange={(clipNorm) => onChange({ ...head, clipNorm })}
      />
      <StepFields head={head} onChange={onChange} />
    </>
  )
}

/** How it steps. */
function StepFields({ head, onChange }: HeadFieldsProps<ConvOptions>): ReactNode {
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
