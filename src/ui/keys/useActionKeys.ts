import { useEffect } from 'react'
import { byKeys, isCommand } from '../../actions/keys'
import { perform } from '../../actions/perform'
import type { Action, KeyPlace } from '../../actions/types'
import { getState, type State } from '../../store/state/state'
import { isText, isTypedInto } from '../common/typing'

type ActionList = Readonly<Record<string, Action>>

/** The keys of actions that work wherever the keyboard is on the page; the list is the same from one drawing to the next. */
export function useActionKeys(actions: ActionList): void {
  useEffect(() => {
    // Before anybody has heard of the key: Escape first selects nothing on the graph, and only then leaves the large type.
    let before = getState()
    const onCapture = (event: KeyboardEvent): void => {
      before = getState()
      take(actions, 'everywhere', event, before)
    }
    const onKeyDown = (event: KeyboardEvent): void => {
      // A dialog has the keyboard to itself.
      if (event.defaultPrevented || document.querySelector('dialog[open]')) return
      if (take(actions, 'workbench', event, before) || document.querySelector(':popover-open')) return
      take(actions, 'page', event, before)
    }
    document.addEventListener('keydown', onCapture, { capture: true })
    document.addEventListener('keydown', onKeyDown)
    return () => {
      document.removeEventListener('keydown', onCapture, { capture: true })
      document.removeEventListener('keydown', onKeyDown)
    }
  }, [actions])
}

/** Does what keys do in a place, if that is anything; whether it was. */
function take(actions: ActionList, place: KeyPlace, event: KeyboardEvent, state: State): boolean {
  if (place === 'workbench' && state.graph === null) return false
  const action = byKeys(actions, place, event)
  if (!action?.keys) return false
  const { always, notInText } = action.keys
  if (isCommand(event) ? notInText && isText(event.target) : isTypedInto(event.target)) return false
  if (!always && !action.enabled(state)) return false
  event.preventDefault()
  // Files are saved and pages printed once, however long the keys are held.
  if (!(event.repeat && place === 'everywhere')) perform(action)
  return true
}
