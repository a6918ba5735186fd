import { useCallback, useEffect, useRef, type RefObject } from 'react'
import type { BoxNode } from './boxNodes'

/** Puts the keyboard on a box, as soon as it is drawn. */
export function useFocusOnBox(element: RefObject<HTMLElement | null>, nodes: readonly BoxNode[]): (id: string) => void {
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
    attempt()
    // React Flow draws new boxes only after this.
    const frame = requestAnimationFrame(attempt)
    return () => cancelAnimationFrame(frame)
  }, [attempt, nodes])

  return useCallback(
    (id) => {
      wanted.current = id
      attempt()
    },
    [attempt],
  )
}
