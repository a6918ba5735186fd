import { withKeys } from '../../actions/keys'
import { perform } from '../../actions/perform'
import type { Titled } from '../../actions/types'
import { useStore } from '../../store/state/state'

interface ActionButton {
  readonly 'aria-label': string
  readonly title: string
  readonly disabled: boolean
  readonly onClick: () => void
}

/**
 * A button that does an action: what it is called, with its keys where it is pointed at, whether it can be done now, and the
 * doing. It follows the state; where the action asks the selection, the colours or the type, its component follows those.
 */
export function useButton<Given extends unknown[]>(action: Titled<Given>, ...given: Given): ActionButton {
  const name = useStore((state) => action.title(state, ...given))
  const enabled = useStore((state) => action.enabled(state, ...given))
  return {
    'aria-label': name,
    title: withKeys(name, action),
    disabled: !enabled,
    onClick: () => perform(action, ...given),
  }
}
