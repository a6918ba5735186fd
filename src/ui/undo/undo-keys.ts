import type { KeyboardEvent as ReactKeyboardEvent } from 'react'
import { attempt } from '../../store/page/notices'
import { redo, undo } from '../../store/history/undo'
import { isText } from '../common/typing'

type Keys = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'target'>

/** What Ctrl+Z, Ctrl+Shift+Z or Ctrl+Y do; null for other keys, and in text fields, which undo what was typed. */
export function undoAction({ key, ctrlKey, metaKey, altKey, shiftKey, target }: Keys): (() => void) | null {
  if (!(ctrlKey || metaKey) || altKey || isText(target)) return null
  const letter = key.toLowerCase()
  if (letter === 'z') return () => attempt(shiftKey ? redo : undo)
  return letter === 'y' && !shiftKey ? () => attempt(redo) : null
}

/** The same keys for a dialog in which photos are changed; other dialogs have no use for them. Whether it was one of them. */
export function undoByKey(event: ReactKeyboardEvent): boolean {
  const action = undoAction(event)
  if (!action) return false
  event.preventDefault()
  event.stopPropagation()
  action()
  return true
}
