import { Trash2 } from 'lucide-react'
import { useId, useRef, type ReactNode } from 'react'
import { actions } from '../../actions'
import { perform } from '../../actions/perform'
import { useStore } from '../../store/state/state'
import type { HeadEntry } from '../../store/state/types'
import { nameOfHead, placeOfCut } from '../../texts/heads/names'
import { trainTexts } from '../../texts/training/train'
import { Button } from '../common/Button'
import { useButton } from '../common/useButton'
import { formatBytes, formatPercent, formatTime } from '../common/format'
import { evaluation } from '../report/views'
import stations from '../stations/Station.module.css'
import styles from './HeadTable.module.css'

const texts = trainTexts.heads

/** The heads that were trained, to be compared; one of them is the current one. Nothing while there is no other. */
export function HeadTable(): ReactNode {
  const heads = useStore((state) => state.heads)
  const current = useStore((state) => state.headId)
  const name = useId()
  const title = useRef<HTMLHeadingElement>(null)
  if (heads.length < 2) return null
  const cuts = new Set(heads.map(({ cut }) => cut.join()))
  const remove = (id: string): void => {
    perform(actions.removeHead, id)
    // The button that had the focus goes with its row.
    title.current?.focus()
  }
  return (
    <section className={styles.heads} aria-labelledby={`${name}-title`}>
      <h3 id={`${name}-title`} ref={title} tabIndex={-1}>
        {texts.title}
      </h3>
      <p className={stations.hint}>{texts.help}</p>
      {cuts.size === 1 && <p className={styles.cut}>{texts.allAt(placeOfCut(heads[0].cut))}</p>}
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{texts.head}</th>
            <th scope="col">{texts.accuracy}</th>
            <th scope="col">{texts.time}</th>
            <th scope="col">{texts.size}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {heads.toReversed().map((entry) => (
            <Row
              key={entry.id}
              entry={entry}
              group={name}
              current={entry.id === current}
              withCut={cuts.size > 1}
              onRemove={() => remove(entry.id)}
            />
          ))}
        </tbody>
      </table>
    </section>
  )
}

interface RowProps {
  readonly entry: HeadEntry
  /** Name of the radio buttons. */
  readonly group: string
  readonly current: boolean
  /** Whether its cut tells it from others. */
  readonly withCut: boolean
  readonly onRemove: () => void
}

function Row({ entry, group, current, withCut, onRemove }: RowProps): ReactNode {
  const { report, cut, bytes, id } = entry
  const called = nameOfHead(entry)
  const use = useButton(actions.chooseHead, id)
  const remove = useButton(actions.removeHead, id)
  const view = evaluation(report)
  return (
    <tr data-current={current}>
      <th scope="row">
        <label>
          <input
            type="radio"
            name={group}
            aria-label={use['aria-label']}
            checked={current}
            disabled={use.disabled}
            onChange={use.onClick}
          />
          <span>
            {called}
            {withCut && <small title={cut.join(', ')}>{texts.at(placeOfCut(cut))}</small>}
          </span>
        </label>
      </th>
      <td title={view ? undefined : texts.notEvaluated}>
        {view ? formatPercent(view.right / view.images.length) : '–'}
      </td>
      <td>{formatTime(report.fit.ms)}</td>
      <td>{formatBytes(bytes)}</td>
      <td>
        <Button look="quiet" {...remove} onClick={onRemove}>
          <Trash2 size={15} aria-hidden />
        </Button>
      </td>
    </tr>
  )
}
