import { useEffect, useRef, type RefObject } from 'react'
import type { Point } from '../../../layout/types'
import type { Spot } from '../../../store/state/places'
import type { GraphViewProps } from '../types'

interface FocusMeans {
  readonly unfolded: ReadonlySet<string>
  readonly bring: (id: string) => void
  /** Shows a spot, as soon as what is unfolded there is drawn. */
  readonly restore: (spot: Spot) => void
  readonly pickTensor: (tensor: string, at: Point | null, byKeyboard: boolean) => void
  /** Puts the keyboard on a box. */
  readonly focusOn: (id: string) => void
  /** Where Tab leads from now on. */
  readonly tabTo: (id: string) => void
  /** The whole view. */
  readonly element: RefObject<HTMLElement | null>
}

/**
 * Follows a wish to see something: unfolds what hides it and brings it into view. The keyboard goes to a tensor's card;
 * to a box only if it is in the graph already.
 */
export function useFocusWish({ engine, model, focus, onUnfoldedChange }: GraphViewProps, means: FocusMeans): void {
  const { unfolded, bring, restore, pickTensor, focusOn, tabTo, element } = means
  const followed = useRef(0)
  useEffect(() => {
    // Only a new wish moves the view, not a change of what is unfolded.
    if (!focus || focus.sequence === followed.current) return
    followed.current = focus.sequence
    const { selection, sequence, spot } = focus
    if (spot) restore(spot)
    if (!selection) return
    // A finger asked for no keyboard.
    const byKeyboard = !window.matchMedia('(pointer: coarse)').matches
    if (selection.kind === 'tensor') pickTensor(selection.name, null, byKeyboard)
    engine.locate(model, selection).then(
      (place) => {
        if (!place || followed.current !== sequence) return
        const atPlace = selection.kind !== 'tensor' && element.current?.contains(document.activeElement)
        tabTo(place.box)
        if (atPlace) focusOn(place.box)
        if (spot) return
        const missing = place.unfold.filter((path) => !unfolded.has(path))
        if (missing.length > 0) onUnfoldedChange(new Set([...unfolded, ...missing]))
        bring(place.box)
      },
      () => undefined,
    )
  }, [engine, model, focus, unfolded, onUnfoldedChange, bring, restore, pickTensor, focusOn, tabTo, element])
}
