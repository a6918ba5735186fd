import type { LucideIcon } from 'lucide-react'
import { useId, type ReactNode } from 'react'
import { nextStep } from '../../store/page/step-status'
import type { Step } from '../../steps'
import { useStore } from '../../store/state/state'
import { pageTexts } from '../../texts/page/page'
import { StationHelp } from '../help/StationHelp'
import styles from './Station.module.css'

interface StationProps {
  readonly name: Step
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
  const next = useStore((now) => nextStep(now) === name)
  return (
    <section className={styles.station} data-station={name} data-next={next} aria-labelledby={id}>
      <header className={styles.header}>
        <Icon size={18} aria-hidden />
        <h2 id={id} tabIndex={-1}>
          {title}
        </h2>
        {next && <span className={styles.next}>{pageTexts.steps.next}</span>}
        <span className={styles.state} data-done={done}>
          {state}
        </span>
        <StationHelp name={name} title={title} />
      </header>
      <div className={styles.body}>{children}</div>
    </section>
  )
}
