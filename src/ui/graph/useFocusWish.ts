import { useEffect, useRef } from 'react'
import type { Point } from '../../layout/types'
import type { GraphViewProps } from './GraphView'

/** Follows a wish to see something: unfolds what hides it and brings it into view; the keyboard goes to a tensor's card. */
export function useFocusWish(
  { engine, model, focus, onUnfoldedChange }: GraphViewProps,
  unfolded: ReadonlySet<string>,
  bring: (id: string) => void,
  pickTensor: (tensor: string, at: Point | null, byKeyboard: boolean) => void,
): void {
  const followed = useRef(0)
  useEffect(() => {
    // Only a new wish moves the view, not a change of what is unfolded.
    if (!focus || focus.sequence === followed.current) return
    followed.current = focus.sequence
    const { selection, sequence } = focus
    if (selection.kind === 'tensor') pickTensor(selection.name, null, true)
    engine.locate(model, selection).then(
      (place) => {
        if (!place || followed.current !== sequence) return
        const missing = place.unfold.filter((path) => !unfolded.has(path))
        if (missing.length > 0) onUnfoldedChange(new Set([...unfolded, ...missing]))
        bring(place.box)
      },
      () => undefined,
    )
  }, [engine, model, focus, unfolded, onUnfoldedChange, bring, pickTensor])
}
