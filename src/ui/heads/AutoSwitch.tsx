import { useId, type ReactNode } from 'react'
import { panelOf } from '../../heads/panels'
import { specOf } from '../../heads/specs'
import { useStore } from '../../store/state/state'
import { setAutoTrain } from '../../store/training/auto-train'
import { tuningTexts as tuning } from '../../texts/training/tuning'
import { trainTexts as texts } from '../../texts/training/train'
import styles from './HeadSettings.module.css'

/** Whether the head is trained again by itself when photos change. */
export function AutoSwitch(): ReactNode {
  const id = useId()
  const on = useStore((state) => state.autoTrain)
  const kind = useStore((state) => state.options.head.kind)
  const tail = useStore((state) => state.options.tail)
  const quick = specOf(kind).quick && tail === null
  return (
    <div className={styles.auto}>
      <input
        id={id}
        type="checkbox"
        role="switch"
        checked={on && quick}
        disabled={!quick}
        aria-describedby={`${id}-help`}
        onChange={(event) => setAutoTrain(event.target.checked)}
      />
      <label htmlFor={id}>{texts.auto}</label>
      <p id={`${id}-help`} className={styles.help}>
        {quick ? texts.autoHelp : tail ? tuning.notByItself : panelOf(kind).notByItself}
      </p>
    </div>
  )
}
