import { quoted } from '../../../marks'
import { useCallback, useState } from 'react'
import type { Inside } from '../../../view/types'
import type { GraphViewProps } from '../types'
import { unfoldingVerdict, withInside } from './unfolding'
import type { SceneBox } from '../../../view/scene/types'

interface Unfolding {
  /** The group whose inside is unfolded; null for the whole graph. */
  readonly group: string | null
  readonly unfoldAll: () => void
  /** What is to be asked before, or refused. */
  readonly question: { readonly what: string; readonly boxes: number } | null
  readonly confirm: () => void
  readonly close: () => void
}

/** Unfolding everything inside the selected group, or in the whole graph. */
export function useUnfolding(
  { engine, model, onUnfoldedChange }: GraphViewProps,
  unfolded: ReadonlySet<string>,
  selected: SceneBox | undefined,
  hold: (id: string) => void,
): Unfolding {
  const [asked, setAsked] = useState<{
    readonly inside: Inside
    readonly id: string | null
    readonly what: string
  } | null>(null)
  const group = selected?.kind === 'group' ? selected : undefined
  const path = group?.name ?? ''
  const id = group?.id ?? null
  const what = group ? quoted(group.title) : 'the whole graph'

  const unfold = useCallback(
    (inside: Inside, from: string | null) => {
      if (from !== null) hold(from)
      onUnfoldedChange(withInside(unfolded, inside))
    },
    [unfolded, hold, onUnfoldedChange],
  )
  const unfoldAll = useCallback(() => {
    engine.inside(model, path).then(
      (inside) => {
        if (!inside) return
        if (unfoldingVerdict(inside) === 'unfold') unfold(inside, id)
        else setAsked({ inside, id, what })
      },
      () => undefined,
    )
  }, [engine, model, path, id, what, unfold])

  return {
    group: group?.title ?? null,
    unfoldAll,
    question: asked && { what: asked.what, boxes: asked.inside.boxes },
    confirm: () => asked && unfold(asked.inside, asked.id),
    close: () => setAsked(null),
  }
}
