import { Check, CloudOff, EllipsisVertical, Keyboard, LoaderCircle, Moon, Presentation, Sun } from 'lucide-react'
import type { MouseEvent, ReactNode } from 'react'
import { useOffline } from '../../store/page/offline'
import { setKeysOpen, togglePresent, usePage } from '../../store/page/page'
import { toggleTheme, useTheme } from '../../store/page/theme'
import { headerTexts } from '../../texts/page/header'
import { Button } from '../common/Button'
import { Popover } from '../common/Popover'
import { ThreadsAfterReload } from '../help/Limits'
import styles from './Header.module.css'

/** What concerns the page itself: how it looks, its keys, and whether it would work without a network. */
export function HeaderMenu(): ReactNode {
  const dark = useTheme((state) => state.dark)
  const present = usePage((state) => state.present)
  return (
    <Popover label={headerTexts.menu} icon={<EllipsisVertical size={17} aria-hidden />}>
      <div className={styles.menu}>
        <Button look="quiet" icon={<Presentation size={16} aria-hidden />} onClick={closing(togglePresent)}>
          {present ? headerTexts.usual : headerTexts.present}
        </Button>
        <Button
          look="quiet"
          icon={dark ? <Sun size={16} aria-hidden /> : <Moon size={16} aria-hidden />}
          onClick={closing(toggleTheme)}
        >
          {dark ? headerTexts.light : headerTexts.dark}
        </Button>
        <Button look="quiet" icon={<Keyboard size={16} aria-hidden />} onClick={closing(() => setKeysOpen(true))}>
          {headerTexts.keys}
        </Button>
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

/** Does something and closes the menu it is in. */
const closing =
  (action: () => void) =>
  (event: MouseEvent): void => {
    event.currentTarget.closest<HTMLElement>('[popover]')?.hidePopover()
    action()
  }
