import { useEffect, useRef, type RefObject } from 'react'
import { useStore } from '../../store/state/state'

/**
 * Where a change takes away what had the keyboard (a label that is deleted, the last photo of a label), gives it to the undo
 * button, so that the next key is still about the photos.
 */
export function useKeepFocus(room: RefObject<HTMLElement | null>): void {
  const photos = useStore((state) => state.photos)
  const labels = useStore((state) => state.labels)
  const within = useRef(false)
  useEffect(() => {
    const onFocus = ({ target }: FocusEvent): void => {
      within.current = target instanceof Node && room.current?.contains(target) === true
    }
    document.addEventListener('focusin', onFocus)
    return () => document.removeEventListener('focusin', onFocus)
  }, [room])
  useEffect(() => {
    if (within.current && document.activeElement === document.body) {
      room.current?.querySelector<HTMLElement>('[data-undo]')?.focus()
    }
  }, [room, photos, labels])
}
