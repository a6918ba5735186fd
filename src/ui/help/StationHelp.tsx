import { CircleQuestionMark } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Step } from '../../steps'
import { helpTexts } from '../../texts/page/help'
import { Popover } from '../common/Popover'
import styles from './Help.module.css'

/** A question mark that tells what a station is for, what to do there, and one thing worth knowing. */
export function StationHelp({ name, title }: { readonly name: Step; readonly title: string }): ReactNode {
  const { what, todo, tip } = helpTexts.stations[name]
  return (
    <Popover label={helpTexts.about(title)} icon={<CircleQuestionMark size={16} aria-hidden />} className={styles.mark}>
      <div className={styles.help}>
        <p>{what}</p>
        <h3>{helpTexts.todo}</h3>
        <ul>
          {todo.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
        <p className={styles.tip}>
          <strong>{helpTexts.tip}</strong> {tip}
        </p>
      </div>
    </Popover>
  )
}
