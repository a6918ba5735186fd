import { TriangleAlert, X } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useOffline } from '../../store/page/offline'
import { pageTexts } from '../../texts/page/page'
import { Button } from '../common/Button'
import { Popover } from '../common/Popover'
import styles from './Help.module.css'

const texts = pageTexts.limits

/** What this address keeps the page from, what is left, and what can be done about it; nothing where all is there. */
export function Limits(): ReactNode {
  const [hidden, setHidden] = useState(false)
  if (hidden || window.isSecureContext) return null
  return (
    <aside className={styles.limits} aria-label={texts.label}>
      <TriangleAlert size={17} aria-hidden />
      <p>
        {texts.insecure} {texts.missing.join(', ')}. {texts.left}
      </p>
      <Popover label={texts.whatToDo} icon={texts.whatToDo}>
        <div className={styles.help}>
          {texts.help.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </div>
      </Popover>
      <Button look="quiet" aria-label={texts.hide} icon={<X size={16} aria-hidden />} onClick={() => setHidden(true)} />
    </aside>
  )
}

/** On hosts that send no isolation headers: the service worker adds them, from the next load of the page on. */
export function ThreadsAfterReload(): ReactNode {
  const ready = useOffline(({ state }) => state === 'ready')
  if (!ready || window.crossOriginIsolated) return null
  return (
    <div className={styles.help}>
      <p>{texts.reloadForThreads}</p>
      <Button onClick={() => location.reload()}>{pageTexts.offline.reload}</Button>
    </div>
  )
}
