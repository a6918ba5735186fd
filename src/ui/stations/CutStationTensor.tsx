import { useEffect, useState, type ReactNode } from 'react'
import { viewWorker } from '../../store/workers/workers'
import { cutTexts as texts } from '../../texts/model/cut'
import { formatShape } from '../common/format'
import styles from './Station.module.css'
import type { TensorDescription } from '../../view/describe/types'

interface CutStationTensorProps {
  readonly model: number
  readonly tensor: string
}

/** One of several cut tensors: its shape, and whether cutting there is recommended. */
export function CutStationTensor({ model, tensor }: CutStationTensorProps): ReactNode {
  const [told, setTold] = useState<TensorDescription | null>(null)
  useEffect(() => {
    let overtaken = false
    const ask = async (): Promise<void> => {
      await viewWorker().understood(model)
      const found = await viewWorker().describe(model, { kind: 'tensor', name: tensor })
      if (!overtaken && found?.kind === 'tensor') setTold(found)
    }
    // Without an answer the name stands alone.
    ask().catch(() => undefined)
    return () => {
      overtaken = true
    }
  }, [model, tensor])
  if (told?.name !== tensor) return null
  return (
    <p className={styles.row}>
      <span>{formatShape(told.shape)}</span>
      <span className={styles.tag} data-kind={told.recommended ? 'good' : 'caution'}>
        {told.recommended ? texts.recommended : texts.unusual}
      </span>
    </p>
  )
}
