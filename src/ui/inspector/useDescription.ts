import { startTransition, useEffect, useState } from 'react'
import type { ViewEngine } from '../../view/types'
import type { Selection } from '../../view/selection'
import type { Description } from '../../view/describe/types'

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
  // By what it names: the same thing selected again is not asked for again.
  const kind = selected?.kind
  const name = selected?.name
  const key = `${kind} ${name}`
  useEffect(() => {
    if (kind === undefined || name === undefined) return
    let wanted = true
    engine.describe(model, { kind, name }).then(
      (description) => {
        if (wanted) startTransition(() => setTold({ model, key: `${kind} ${name}`, description }))
      },
      () => {
        if (wanted) setTold({ model, key: `${kind} ${name}`, description: null })
      },
    )
    return () => {
      wanted = false
    }
  }, [engine, model, complete, kind, name])
  const known = told?.model === model ? told : null
  return { description: known?.description, current: known?.key === key }
}
