import type { KeyboardEvent } from 'react'
import { historyActions } from '../../actions/history'
import { byKeys } from '../../actions/keys'
import { perform } from '../../actions/perform'
import { isText } from '../common/typing'

/** Undo and redo in a dialog in which photos are changed; other dialogs have no use for them. Whether it was one of them. */
export function undoByKey(event: KeyboardEvent): boolean {
  const action = isText(event.target) ? null : byKeys(historyActions, 'workbench', event)
  if (!action) return false
  event.preventDefault()
  event.stopPropagation()
  perform(action)
  return true
}
