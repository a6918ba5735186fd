import { useCallback, useEffect, useRef, type RefObject } from 'react'
import type { BoxNode } from '../boxes/box-nodes'

interface FocusOnBox {
  /** Puts the keyboard on a box, as soon as it is drawn. */
  readonly focusOn: (id: string) => void
  /** The box the keyboard is on its way to; the next key is meant for that one. */
  readonly onItsWay: () => string | null
}

/** Moves the keyboard's focus to boxes inside `element`, also to one that React Flow has yet to draw. */
export function useFocusOnBox(element: RefObject<HTMLElement | null>, nodes: readonly BoxNode[]): FocusOnBox {
  const wanted = useRef<string | null>(null)

  const attempt = useCallback(() => {
    if (wanted.current === null) return
    const box = element.current?.querySelector<HTMLElement>(`[data-id="${CSS.escape(wanted.current)}"]`)
    if (!box) return
    wanted.current = null
    box.focus({ preventScroll: true })
  }, [element])

  useEffect(() => {
    if (wanted.current === null) return
    // React Flow draws new boxes only after this; and focus has the page laid out, which the frame does anyway.
    const frame = requestAnimationFrame(attempt)
    return () => cancelAnimationFrame(frame)
  }, [attempt, nodes])

  const focusOn = useCallback(
    (id: string) => {
      wanted.current = id
      attempt()
    },
    [attempt],
  )
  const onItsWay = useCallback(() => wanted.current, [])
  return { focusOn, onItsWay }
}
