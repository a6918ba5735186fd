import { ClipboardList } from 'lucide-react'
import { useMemo, useState, type ReactNode } from 'react'
import type { PairCounts } from '../../evaluation'
import { boundaryTexts } from '../../texts/page/boundary'
import { reportTexts } from '../../texts/training/report'
import { tuningTexts } from '../../texts/training/tuning'
import type { HeadReport } from '../../types'
import { lazyPart } from '../boundary/lazy-part'
import { Button } from '../common/Button'
import { Headline } from '../report/Headline'
import { Matrix } from '../report/Matrix'
import { evaluation, viewsOf, type Choice } from '../report/views'
import look from './Report.module.css'
import styles from './Station.module.css'

const ReportDialog = lazyPart(boundaryTexts.parts.report, 'dialog', () =>
  import('../report/ReportDialog').then(({ ReportDialog }) => ReportDialog),
)

/** Labels for which there is room in the station's small matrix. */
const fewLabels = 8
/** Mix-ups that are named where there are more. */
const fewConfusions = 5

/** How well the head does, in short; all of it is in a dialog that opens from here. */
export function Report({ report }: { readonly report: HeadReport }): ReactNode {
  const [opened, setOpened] = useState<Choice | null>(null)
  const views = useMemo(() => viewsOf(report), [report])
  const view = views.at(0)
  const order = useMemo(() => report.labels.map((_, label) => label), [report.labels])
  if (!view) return null
  const { labels, accuracy, images } = report
  const showCell = (label: string, predicted: string): void => setOpened({ kind: 'cell', label, predicted })
  return (
    <div className={look.report} data-testid="report">
      <Headline view={view} evaluated={evaluation(report) !== null} />
      {view.key !== 'train' && accuracy.train !== null && (
        <p className={styles.hint}>{reportTexts.trainedOn(images.train, accuracy.train)}</p>
      )}
      {report.tail && <p className={styles.hint}>{tuningTexts.outcome(report.tail)}</p>}
      {report.warnings.map((warning) => (
        <p key={warning} className={styles.warning}>
          {warning}
        </p>
      ))}
      {labels.length <= fewLabels ? (
        <Matrix labels={labels} pairs={view.pairs} order={order} chosen={null} onChoose={showCell} />
      ) : (
        <Confusions labels={labels} pairs={view.pairs} onChoose={showCell} />
      )}
      <Button icon={<ClipboardList size={16} aria-hidden />} onClick={() => setOpened({ kind: 'mistakes' })}>
        {reportTexts.open}
      </Button>
      {opened && <ReportDialog report={report} start={opened} onClose={() => setOpened(null)} />}
    </div>
  )
}

interface ConfusionsProps {
  readonly labels: readonly string[]
  readonly pairs: PairCounts
  readonly onChoose: (label: string, predicted: string) => void
}

/** The labels that are most often taken for others: what is worth knowing of a matrix too large to be shown. */
function Confusions({ labels, pairs, onChoose }: ConfusionsProps): ReactNode {
  const most = pairs.confusions().slice(0, fewConfusions)
  if (most.length === 0) return <p className={styles.hint}>{reportTexts.noMistakes}</p>
  return (
    <div className={look.confusions}>
      <h3>{reportTexts.mostConfused}</h3>
      <ul>
        {most.map(({ label, predicted, count }) => (
          <li key={`${label} ${predicted}`}>
            <button type="button" onClick={() => onChoose(labels[label], labels[predicted])}>
              <span>{reportTexts.confused(labels[label], labels[predicted])}</span>
              <span>{reportTexts.photos(count)}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
