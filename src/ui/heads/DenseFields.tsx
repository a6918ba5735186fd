import type { ReactNode } from 'react'
import { trainTexts as texts } from '../../texts/training/train'
import type { HeadOptions } from '../../types'
import { Choice } from './Choice'

type Dense = Extract<HeadOptions, { kind: 'dense' }>

interface DenseFieldsProps {
  readonly head: Dense
  readonly onChange: (head: Dense) => void
}

const sizes = [[64], [128], [256], [512], [256, 128], [512, 256]]

/** What there is to choose of hidden layers, first of all. */
export function DenseFields({ head, onChange }: DenseFieldsProps): ReactNode {
  return (
    <>
      <Choice
        texts={texts.hidden}
        value={head.hidden}
        values={sizes}
        says={texts.hidden.says}
        onChange={(hidden) => onChange({ ...head, hidden })}
      />
      <Choice
        texts={texts.epochs}
        value={head.epochs}
        values={[10, 20, 50, 100, 200, 500]}
        onChange={(epochs) => onChange({ ...head, epochs })}
      />
    </>
  )
}

/** The rest of it. */
export function MoreDenseFields({ head, onChange }: DenseFieldsProps): ReactNode {
  return (
    <>
      <Choice
        texts={texts.patience}
        value={head.patience}
        values={[0, 5, 10, 20, 50]}
        says={(rounds) => (rounds === 0 ? texts.patience.never : texts.patience.after(rounds))}
        onChange={(patience) => onChange({ ...head, patience })}
      />
      <Choice
        texts={texts.dropout}
        value={head.dropout}
        values={[0, 0.1, 0.2, 0.3, 0.5]}
        says={(share) => (share === 0 ? texts.dropout.none : texts.percent(share))}
        onChange={(dropout) => onChange({ ...head, dropout })}
      />
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
        texts={texts.batch}
        value={head.batchSize}
        values={[8, 16, 32, 64, 128]}
        onChange={(batchSize) => onChange({ ...head, batchSize })}
      />
    </>
  )
}
