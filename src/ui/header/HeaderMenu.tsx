import { Check, CloudOff, EllipsisVertical, Keyboard, LoaderCircle, Moon, Presentation, Sun } from 'lucide-react'
import type { ReactNode } from 'react'
import { pageActions } from '../../actions/page'
import { useOffline } from '../../store/page/offline'
import { usePage } from '../../store/page/page'
import { useTheme } from '../../store/page/theme'
import { headerTexts } from '../../texts/page/header'
import { ActionEntry } from '../common/menu/ActionEntry'
import { Popover } from '../common/Popover'
import { ThreadsAfterReload } from '../help/Limits'
import styles from './Header.module.css'

/** What concerns the page itself: how it looks, its keys, and whether it would work without a network. */
export function HeaderMenu(): ReactNode {
  const dark = useTheme((state) => state.dark)
  usePage((state) => state.present)
  return (
    <Popover label={headerTexts.menu} icon={<EllipsisVertical size={17} aria-hidden />}>
      <div className={styles.menu}>
        <ActionEntry action={pageActions.present} icon={<Presentation size={16} aria-hidden />} />
        <ActionEntry
          action={pageActions.theme}
          icon={dark ? <Sun size={16} aria-hidden /> : <Moon size={16} aria-hidden />}
        />
        <ActionEntry action={pageActions.keys} icon={<Keyboard size={16} aria-hidden />} />
        <OfflineState />
        <ThreadsAfterReload />
        <p className={styles.small}>
          {headerTexts.private} {headerTexts.version(__CUTPOINT_VERSION__)}
        </p>
        <a className={styles.small} href="notices.txt" target="_blank" rel="noreferrer">
          {headerTexts.notices}
        </a>
      </div>
    </Popover>
  )
}

function OfflineState(): ReactNode {
  const state = useOffline((offline) => offline.state)
  const Icon = { ready: Check, preparing: LoaderCircle, no: CloudOff }[state]
  return (
    <p className={styles.offline} data-state={state} role="status">
      <Icon size={16} aria-hidden />
      {headerTexts.offline[state]}
    </p>
  )
}
