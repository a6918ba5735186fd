import { useEffect, useState } from 'react'
import { shapeText, wholeShapeText } from '../../../graph/op-tables/shape-text'
import type { ViewEngine } from '../../../view/types'
import type { Port } from '../../../view/scene/types'
import type { TensorDescription } from '../../../view/describe/types'

/** What is told of a tensor in its card. */
export type TensorFacts = Pick<Port, 'shape' | 'dtype' | 'canCut' | 'why' | 'recommended'>

/** What is known of a tensor: from its port where that is drawn, else from the engine; null until it is there. */
export function useTensorFacts(
  engine: ViewEngine,
  model: number,
  tensor: string | null,
  port: Port | undefined,
  complete: boolean,
): TensorFacts | null {
  const [answer, setAnswer] = useState<TensorDescription | null>(null)
  const asked = port ? null : tensor
  useEffect(() => {
    if (asked === null) return
    let overtaken = false
    engine.describe(model, { kind: 'tensor', name: asked }).then(
      (found) => {
        if (!overtaken) setAnswer(found?.kind === 'tensor' ? found : null)
      },
      () => undefined,
    )
    return () => {
      overtaken = true
    }
    // What is known later is told then.
  }, [engine, model, asked, complete])
  if (port) return port
  if (tensor === null || answer?.name !== tensor) return null
  const { shape, dtype, canCut, why, recommended, weight } = answer
  const written = shape && (weight ? wholeShapeText(shape) : shapeText(shape))
  return { shape: written ?? '', dtype, canCut, why, recommended }
}
