import { useEffect } from 'react'
import { collectDrop } from '../../images/drop'
import { addFiles } from '../../store/photo-intake/add-files'
import { attempt } from '../../store/page/notices'
import { photoTexts } from '../../texts/photos/photos'
import { isTypedInto } from '../common/typing'

/**
 * Takes in pictures that are pasted anywhere but in a field or where photos are tried: to the label in focus, else to the
 * last one.
 */
export function usePaste(): void {
  useEffect(() => {
    const onPaste = (event: ClipboardEvent): void => {
      const { clipboardData } = event
      if (event.defaultPrevented || !clipboardData?.types.includes('Files')) return
      if (isTypedInto(event.target) || isTrying()) return
      event.preventDefault()
      const label = document.activeElement?.closest<HTMLElement>('[data-label]')?.dataset.label
      attempt(async () => addFiles(withNames((await collectDrop(clipboardData)).files), { label }))
    }
    document.addEventListener('paste', onPaste)
    return () => document.removeEventListener('paste', onPaste)
  }, [])
}

const isTrying = (): boolean => document.querySelector('[data-station="try"]:is(:hover, :focus-within)') !== null

let pasted = 0

/** Pictures out of a clipboard are all called the same. */
function withNames<T extends { readonly path: string }>(files: readonly T[]): T[] {
  return files.map((file) => {
    if (!/^image\.\w+$/.test(file.path)) return file
    pasted++
    return { ...file, path: `${photoTexts.pasted(pasted)}${file.path.slice('image'.length)}` }
  })
}
