import type { ReactNode } from 'react'
import { keysOf } from '../../../actions/keys'
import { perform } from '../../../actions/perform'
import type { Titled } from '../../../actions/types'
import { useStore } from '../../../store/state/state'
import styles from './ActionEntry.module.css'
import { Button } from '../Button'

/** A line of a panel that does an action and puts the panel away; its keys stand beside it. */
export function ActionEntry({ action, icon }: { readonly action: Titled; readonly icon: ReactNode }): ReactNode {
  const title = useStore(action.title)
  const enabled = useStore(action.enabled)
  const keys = keysOf(action)
  return (
    <Button
      look="quiet"
      icon={icon}
      disabled={!enabled}
      onClick={(event) => {
        event.currentTarget.closest<HTMLElement>('[popover]')?.hidePopover()
        perform(action)
      }}
    >
      {title}
      {keys !== null && <kbd className={styles.keys}>{keys}</kbd>}
    </Button>
  )
}
