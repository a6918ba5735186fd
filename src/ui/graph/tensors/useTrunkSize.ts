import { useEffect, useState } from 'react'
import type { ViewEngine } from '../../../view/types'
import type { TrunkSize } from '../../../view/describe/types'

/** What a cut at these tensors would keep, `delay` milliseconds after they were named; null until it is known. */
export function useTrunkSize(
  engine: ViewEngine,
  model: number,
  tensors: readonly string[] | null,
  delay: number,
): TrunkSize | null {
  const key = tensors?.join('\n') ?? null
  const [answer, setAnswer] = useState<{
    readonly key: string
    readonly model: number
    readonly size: TrunkSize
  } | null>(null)
  useEffect(() => {
    if (key === null) return
    let overtaken = false
    const timer = setTimeout(() => {
      engine.preview(model, key.split('\n')).then(
        (size) => {
          if (size && !overtaken) setAnswer({ key, model, size })
        },
        () => undefined,
      )
    }, delay)
    return () => {
      overtaken = true
      clearTimeout(timer)
    }
  }, [engine, model, key, delay])
  return answer?.key === key && answer.model === model ? answer.size : null
}
