import { CircleAlert, Info, X } from 'lucide-react'
import { useEffect, useState, type ReactNode } from 'react'
import { dismiss, isPassing } from '../../store/page/notices'
import { useStore } from '../../store/state/state'
import type { Notice } from '../../store/state/types'
import { noticeTexts } from '../../texts/page/notices'
import { Button } from '../common/Button'
import styles from './Notices.module.css'

/** Milliseconds for which a remark stays. */
const stay = 8_000

/** Errors and remarks, each with what to do next: errors until they are put away, remarks for a while. */
export function Notices(): ReactNode {
  const notices = useStore((state) => state.notices)
  const overGraph = useStore((state) => state.graph !== null)
  return (
    <div
      className={styles.notices}
      data-over={overGraph ? 'graph' : 'page'}
      role="region"
      aria-label={noticeTexts.region}
    >
      {notices.map((notice) => (
        <NoticeCard key={notice.id} notice={notice} />
      ))}
    </div>
  )
}

function NoticeCard({ notice }: { readonly notice: Notice }): ReactNode {
  const { id, kind, title, text, action, rejected } = notice
  const held = useGoing(notice)
  return (
    <article
      {...held}
      className={styles.notice}
      data-kind={kind}
      data-code={notice.error?.code}
      role={kind === 'error' ? 'alert' : 'status'}
    >
      {kind === 'error' ? <CircleAlert size={18} aria-hidden /> : <Info size={18} aria-hidden />}
      <div className={styles.text}>
        <strong>{title}</strong>
        <p>{text}</p>
        {rejected && (
          <ul>
            {rejected.slice(0, 100).map((file, index) => (
              <li key={index}>
                <code>{file.name}</code> {file.reason}
              </li>
            ))}
          </ul>
        )}
        {action && (
          <Button
            onClick={() => {
              dismiss(id)
              action.run()
            }}
          >
            {action.label}
          </Button>
        )}
      </div>
      <Button
        look="quiet"
        aria-label={noticeTexts.putAway}
        icon={<X size={16} aria-hidden />}
        onClick={() => dismiss(id)}
      />
    </article>
  )
}

/** Puts a remark away after a while, unless it is pointed at or has the keyboard; gives what tells that. */
function useGoing(notice: Notice) {
  const [pointed, setPointed] = useState(false)
  const [focused, setFocused] = useState(false)
  const going = isPassing(notice) && !pointed && !focused
  useEffect(() => {
    if (!going) return
    const timer = setTimeout(() => dismiss(notice.id), stay)
    return () => clearTimeout(timer)
  }, [going, notice.id])
  return {
    onPointerEnter: () => setPointed(true),
    onPointerLeave: () => setPointed(false),
    onFocus: () => setFocused(true),
    onBlur: () => setFocused(false),
  }
}
