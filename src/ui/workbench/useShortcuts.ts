import { useEffect, useRef } from 'react'
import { runCommand } from '../../store/page/commands'
import { back, forward } from '../../store/graph-view/view'
import { isTypedInto } from '../common/typing'
import { undoAction } from '../undo/undo-keys'

interface Shortcuts {
  readonly focusSearch: () => void
  readonly openPalette: () => void
}

/** Keys that work wherever the keyboard is on the page, except that letters are left to fields being typed in. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts)
  useEffect(() => {
    latest.current = shortcuts
  })
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      // A dialog has the keyboard to itself.
      if (event.defaultPrevented || document.querySelector('dialog[open]')) return
      const action = actionFor(event, latest.current)
      if (!action) return
      event.preventDefault()
      action()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
}

function actionFor(event: KeyboardEvent, { focusSearch, openPalette }: Shortcuts): (() => void) | null {
  const command = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey
  const key = event.key.toLowerCase()
  if (command && key === 'k') return openPalette
  if (command && key === 'f') return focusSearch
  const undoing = undoAction(event)
  if (undoing) return undoing
  if (isTypedInto(event.target)) return null
  if (event.altKey && !event.ctrlKey && !event.metaKey) {
    return key === 'arrowleft' ? back : key === 'arrowright' ? forward : null
  }
  if (event.ctrlKey || event.metaKey) return null
  if (key === 'f') return () => void runCommand('fit')
  return key === '/' ? focusSearch : null
}
