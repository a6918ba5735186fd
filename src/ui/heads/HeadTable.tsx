import { Trash2 } from 'lucide-react'
import { useId, useRef, type ReactNode } from 'react'
import { titleOfHead } from '../../heads/panels'
import { chooseHead, removeHead } from '../../store/model/heads'
import { attempt } from '../../store/page/notices'
import { useStore } from '../../store/state/state'
import type { HeadEntry } from '../../store/state/types'
import { trainTexts } from '../../texts/training/train'
import { Button } from '../common/Button'
import { formatBytes, formatPercent, formatTime } from '../common/format'
import { evaluation } from '../report/views'
import stations from '../stations/Station.module.css'
import styles from './HeadTable.module.css'

const texts = trainTexts.heads

/** The heads that were trained, to be compared; one of them is the current one. Nothing while there is no other. */
export function HeadTable(): ReactNode {
  const heads = useStore((state) => state.heads)
  const current = useStore((state) => state.headId)
  const busy = useStore((state) => state.jobs.length > 0)
  const name = useId()
  const title = useRef<HTMLHeadingElement>(null)
  if (heads.length < 2) return null
  const cuts = new Set(heads.map(({ cut }) => cut.join()))
  const remove = (id: string): void => {
    attempt(() => removeHead(id))
    // The button that had the focus goes with its row.
    title.current?.focus()
  }
  return (
    <section className={styles.heads} aria-labelledby={`${name}-title`}>
      <h3 id={`${name}-title`} ref={title} tabIndex={-1}>
        {texts.title}
      </h3>
      <p className={stations.hint}>{texts.help}</p>
      {cuts.size === 1 && <p className={styles.cut}>{texts.allAt(placeOf(heads[0].cut))}</p>}
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
              busy={busy}
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
  readonly busy: boolean
  readonly onRemove: () => void
}

function Row({ entry, group, current, withCut, busy, onRemove }: RowProps): ReactNode {
  const { report, cut, bytes, id } = entry
  const called = nameOf(entry)
  const view = evaluation(report)
  return (
    <tr data-current={current}>
      <th scope="row">
        <label>
          <input
            type="radio"
            name={group}
            aria-label={texts.use(called)}
            checked={current}
            disabled={busy}
            onChange={() => attempt(() => chooseHead(id))}
          />
          <span>
            {called}
            {withCut && <small title={cut.join(', ')}>{texts.at(placeOf(cut))}</small>}
          </span>
        </label>
      </th>
      <td title={view ? undefined : texts.notEvaluated}>
        {view ? formatPercent(view.right / view.images.length) : '–'}
      </td>
      <td>{formatTime(report.fit.ms)}</td>
      <td>{formatBytes(bytes)}</td>
      <td>
        <Button
          look="quiet"
          aria-label={texts.remove(called)}
          title={texts.remove(called)}
          disabled={busy}
          onClick={onRemove}
        >
          <Trash2 size={15} aria-hidden />
        </Button>
      </td>
    </tr>
  )
}

function nameOf({ options }: HeadEntry): string {
  const { head, classWeights } = options
  const name = titleOfHead(head.kind, head)
  return classWeights === 'balanced' ? `${name}, ${texts.balanced}` : name
}

/** The end of the tensor's name, which is what tells cuts apart. */
function placeOf(cut: readonly string[]): string {
  const [first = ''] = cut
  return cut.length > 1 ? texts.several(cut.length) : first.replace(/:0$/, '').split('/').slice(-2).join('/')
}
