import { useEffect } from 'react'
import { goToGraph, goToStation, setKeysOpen, setPresent, togglePresent, usePage } from '../../store/page/page'
import { steps } from '../../steps'
import { getState } from '../../store/state/state'
import { isTypedInto } from '../common/typing'

/** Keys of the page as a whole: large type, the list of keys, and the way to each station. */
export function usePageKeys(): void {
  useEffect(() => {
    let wasSelected = false
    // Before the graph has heard of it: Escape first selects nothing there, and only then leaves the large type.
    const before = (): void => {
      wasSelected = getState().view.selected !== null
    }
    const onKeyDown = (event: KeyboardEvent): void => {
      const open = document.querySelector('dialog[open], :popover-open') !== null
      if (event.defaultPrevented || open || event.ctrlKey || event.metaKey || event.altKey) return
      if (isTypedInto(event.target)) return
      const action = event.key === 'Escape' ? (wasSelected ? null : leavePresent()) : actionFor(event.key)
      if (!action) return
      event.preventDefault()
      action()
    }
    document.addEventListener('keydown', before, { capture: true })
    document.addEventListener('keydown', onKeyDown)
    return () => {
      document.removeEventListener('keydown', before, { capture: true })
      document.removeEventListener('keydown', onKeyDown)
    }
  }, [])
}

function actionFor(key: string): (() => void) | null {
  if (key === '?') return () => setKeysOpen(true)
  if (key.toLowerCase() === 'p') return togglePresent
  if (getState().graph === null) return null
  if (key.toLowerCase() === 'g') return goToGraph
  const step = steps.at(Number(key) - 1)
  return /^[1-5]$/.test(key) && step ? () => goToStation(step) : null
}

const leavePresent = (): (() => void) | null => (usePage.getState().present ? () => setPresent(false) : null)
