import { useEffect, type RefObject } from 'react'

/** Takes pasted files while the pointer or the focus is in `area`, before any other place on the page does. */
export function usePaste(area: RefObject<HTMLElement | null>, take: (files: readonly File[]) => void): void {
  useEffect(() => {
    const onPaste = (event: ClipboardEvent): void => {
      const { current } = area
      const files = [...(event.clipboardData?.files ?? [])]
      if (!current || files.length === 0) return
      if (!current.matches(':hover') && !current.contains(document.activeElement)) return
      event.preventDefault()
      event.stopPropagation()
      take(files)
    }
    document.addEventListener('paste', onPaste, { capture: true })
    return () => document.removeEventListener('paste', onPaste, { capture: true })
  })
}
