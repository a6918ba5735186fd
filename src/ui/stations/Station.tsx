import type { LucideIcon } from 'lucide-react'
import { useId, type ReactNode } from 'react'
import styles from './Station.module.css'

interface StationProps {
  readonly name: 'model' | 'cut' | 'photos' | 'train' | 'try'
  readonly title: string
  readonly icon: LucideIcon
  /** Where this station stands, in a few words. */
  readonly state: string
  readonly done: boolean
  readonly children: ReactNode
}

/** One station of the way from a model to a trained graft: always there, and saying how far it is. */
export function Station({ name, title, icon: Icon, state, done, children }: StationProps): ReactNode {
  const id = useId()
  return (
    <section className={styles.station} data-station={name} aria-labelledby={id}>
      <header className={styles.header}>
        <Icon size={18} aria-hidden />
        <h2 id={id}>{title}</h2>
        <span className={styles.state} data-done={done}>
          {state}
        </span>
      </header>
      <div className={styles.body}>{children}</div>
    </section>
  )
}
