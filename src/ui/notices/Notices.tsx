import { CircleAlert, Info, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { dismiss } from '../../store/notices'
import { useStore, type Notice } from '../../store/state'
import { Button } from '../common/Button'
import styles from './Notices.module.css'

/** Errors and remarks, each with what to do next, until they are put away. */
export function Notices(): ReactNode {
  const notices = useStore((state) => state.notices)
  return (
    <div className={styles.notices} role="region" aria-label="Messages">
      {notices.map((notice) => (
        <NoticeCard key={notice.id} notice={notice} />
      ))}
    </div>
  )
}

function NoticeCard({ notice }: { readonly notice: Notice }): ReactNode {
  const { id, kind, title, text, action, rejected } = notice
  return (
    <article
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
      <Button look="quiet" aria-label="Put away" icon={<X size={16} aria-hidden />} onClick={() => dismiss(id)} />
    </article>
  )
}
