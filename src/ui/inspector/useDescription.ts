import { startTransition, useEffect, useState } from 'react'
import type { Description, Selection, ViewEngine } from '../../view/types'

interface Told {
  readonly model: number
  readonly key: string
  /** null where there is no such thing. */
  readonly description: Description | null
}

/**
 * What the view worker says about the selection. The last stays until the next has come, so that nothing flickers;
 * undefined while nothing was ever told of this model. Asked again when shapes and costs become known.
 */
export function useDescription(
  engine: ViewEngine,
  model: number,
  complete: boolean,
  selected: Selection | null,
): { readonly description: Description | null | undefined; readonly current: boolean } {
  const [told, setTold] = useState<Told | null>(null)
  const key = selected ? `${selected.kind} ${selected.name}` : ''
  useEffect(() => {
    if (!selected) return
    let wanted = true
    engine.describe(model, selected).then(
      (description) => {
        if (wanted) startTransition(() => setTold({ model, key, description }))
      },
      () => {
        if (wanted) setTold({ model, key, description: null })
      },
    )
    return () => {
      wanted = false
    }
    // The selection by what it names: the same thing selected again is not asked for again.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [engine, model, complete, key])
  const known = told?.model === model ? told : null
  return { description: known?.description, current: known?.key === key }
}
