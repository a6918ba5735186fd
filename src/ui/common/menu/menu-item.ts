import type { ReactNode } from 'react'
import { perform } from '../../../actions/perform'
import type { Titled } from '../../../actions/types'
import { getState } from '../../../store/state/state'
import type { MenuItem } from './Menu'

/** A line of a menu that does an action, as things are now. */
export function menuItem<Given extends unknown[]>(
  action: Titled<Given>,
  icon: ReactNode | null,
  ...given: Given
): MenuItem {
  const state = getState()
  return {
    text: action.title(state, ...given),
    ...(icon === null ? {} : { icon }),
    disabled: !action.enabled(state, ...given),
    run: () => perform(action, ...given),
  }
}
