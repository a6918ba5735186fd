import { useEffect, useState, type DragEvent } from 'react'
import type { PickedFile } from '../../images/drop'
import { attempt } from '../../store/page/notices'
import { takeDrop } from '../../store/photo-intake/take-drop'

interface DropHandlers {
  onDragEnter(event: DragEvent): void
  onDragOver(event: DragEvent): void
  onDragLeave(event: DragEvent): void
  onDrop(event: DragEvent): void
}

/**
 * Makes an element take files: `over` tells while some are held above it. Drops inside win over those around. What could
 * not be read is told; folders that hold nothing are handed on by path.
 */
export function useDrop(take: (files: PickedFile[], emptyFolders: readonly string[]) => void): {
  over: boolean
  handlers: DropHandlers
} {
  const [over, setOver] = useState(false)
  useEffect(() => {
    // What is dropped on an element inside does not come here.
    const end = () => setOver(false)
    document.addEventListener('drop', end, { capture: true })
    return () => document.removeEventListener('drop', end, { capture: true })
  }, [])
  const hasFiles = (event: DragEvent): boolean => event.dataTransfer.types.includes('Files')
  return {
    over,
    handlers: {
      onDragEnter(event) {
        if (!hasFiles(event)) return
        event.preventDefault()
        setOver(true)
      },
      onDragOver(event) {
        if (!hasFiles(event)) return
        event.preventDefault()
        event.stopPropagation()
        event.dataTransfer.dropEffect = 'copy'
        setOver(true)
      },
      onDragLeave(event) {
        const to = event.relatedTarget
        if (!(to instanceof Node) || !event.currentTarget.contains(to)) setOver(false)
      },
      onDrop(event) {
        setOver(false)
        if (!hasFiles(event)) return
        event.preventDefault()
        event.stopPropagation()
        attempt(async () => {
          const { files, emptyFolders } = await takeDrop(event.dataTransfer)
          take(files, emptyFolders)
        })
      },
    },
  }
}
