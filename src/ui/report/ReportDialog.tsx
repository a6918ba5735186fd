import { Download, X } from 'lucide-react'
import { useEffect, useId, useMemo, useRef, useState, type ReactNode } from 'react'
import { orderByConfusion } from '../../evaluation'
import { specOf } from '../../heads/specs'
import { saveReport } from '../../store/training/save-report'
import { showPhoto } from '../../store/photos/show-photo'
import { useStore } from '../../store/state/state'
import type { Photo } from '../../store/state/types'
import { reportTexts } from '../../texts/training/report'
import type { HeadReport } from '../../types'
import { Button } from '../common/Button'
import { formatTime } from '../common/format'
import { Gallery } from './Gallery'
import { Headline } from './Headline'
import { whyTheseEvaluate } from './held-out'
import { Histogram } from './Histogram'
import { LabelTable } from './LabelTable'
import { LazyCurves } from './curves/LazyCurves'
import { Matrix, mostShown } from './Matrix'
import look from './ReportDialog.module.css'
import { choose, evaluation, isThere, viewsOf, type Choice, type ReportView, type ViewKey } from './views'

const allMistakes: Choice = { kind: 'mistakes' }

interface ReportDialogProps {
  readonly report: HeadReport
  /** What is listed at first. */
  readonly start: Choice
  readonly onClose: () => void
}

/** The whole report, wide: numbers on one side, the photos they are about on the other. Open as long as it is there. */
export function ReportDialog({ report, start, onClose }: ReportDialogProps): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null)
  const title = useId()
  const views = useMemo(() => viewsOf(report), [report])
  const [wanted, setWanted] = useState<ViewKey | null>(null)
  const view = views.find(({ key }) => key === wanted) ?? views.at(0)

  useEffect(() => dialog.current?.showModal(), [])

  const goTo = (photo: Photo): void => {
    dialog.current?.close()
    showPhoto(photo.id)
  }
  return (
    <dialog ref={dialog} className={look.dialog} aria-labelledby={title} onClose={onClose}>
      <header className={look.header}>
        <h2 id={title}>{reportTexts.title}</h2>
        <Views views={views} chosen={view?.key ?? null} onChoose={setWanted} />
        <div className={look.save}>
          {(['json', 'csv'] as const).map((format) => {
            const name = format === 'json' ? reportTexts.saveJson : reportTexts.saveCsv
            return (
              <Button
                key={format}
                look="quiet"
                aria-label={reportTexts.saveAs(name)}
                title={reportTexts.saveAs(name)}
                icon={<Download size={16} aria-hidden />}
                onClick={() => saveReport(format)}
              >
                {name}
              </Button>
            )
          })}
        </div>
        <Button
          look="quiet"
          aria-label={reportTexts.close}
          title={reportTexts.close}
          icon={<X size={18} aria-hidden />}
          onClick={() => dialog.current?.close()}
        />
      </header>
      {view && <Body key={view.key} report={report} view={view} start={start} onGoTo={goTo} />}
    </dialog>
  )
}

interface ViewsProps {
  readonly views: readonly ReportView[]
  readonly chosen: ViewKey | null
  readonly onChoose: (key: ViewKey) => void
}

function Views({ views, chosen, onChoose }: ViewsProps): ReactNode {
  const name = useId()
  if (views.length < 2) return null
  return (
    <fieldset className={look.views}>
      <legend className="visually-hidden">{reportTexts.views}</legend>
      {views.map(({ key, images }) => (
        <label key={key}>
          <input type="radio" name={name} checked={key === chosen} onChange={() => onChoose(key)} />
          <span>
            {reportTexts.viewNames[key]} <small>{images.length}</small>
          </span>
        </label>
      ))}
    </fieldset>
  )
}

interface BodyProps {
  readonly report: HeadReport
  readonly view: ReportView
  readonly start: Choice
  readonly onGoTo: (photo: Photo) => void
}

function Body({ report, view, start, onGoTo }: BodyProps): ReactNode {
  const { labels } = report
  const heading = useRef<HTMLHeadingElement>(null)
  const opener = useRef<HTMLElement | null>(null)
  const options = useStore((state) => state.heads.find(({ id }) => id === state.headId)?.options ?? state.options)
  const [sorted, setSorted] = useState(false)
  const [wanted, setChoice] = useState(start)
  const choice = isThere(wanted, labels) ? wanted : allMistakes
  const many = labels.length > mostShown
  const order = useMemo(
    () => (sorted || many ? orderByConfusion(view.images, labels.length) : labels.map((_, at) => at)),
    [sorted, many, view, labels],
  )
  const images = useMemo(() => choose(view, choice, labels), [view, choice, labels])

  const title = titleOf(choice, images.length)

  const show = (next: Choice): void => {
    opener.current = document.activeElement instanceof HTMLElement ? document.activeElement : null
    setChoice(next)
    heading.current?.focus()
  }
  const back = (): void => {
    setChoice(allMistakes)
    const to = opener.current?.isConnected ? opener.current : heading.current
    to?.focus()
  }
  return (
    <div className={look.body}>
      <div className={look.numbers}>
        <section className={look.section} aria-label={reportTexts.heldOut}>
          <Headline view={view} evaluated={evaluation(report) !== null} />
          <p className={look.note}>{whyTheseEvaluate(view, report, options.split)}</p>
        </section>
        {report.warnings.length > 0 && (
          <section className={look.section}>
            <h3>{reportTexts.warnings}</h3>
            <ul className={look.warnings}>
              {report.warnings.map((warning) => (
                <li key={warning}>{warning}</li>
              ))}
            </ul>
          </section>
        )}
        <section className={look.section}>
          <div className={look.titled}>
            <h3>{reportTexts.matrix}</h3>
            {labels.length > 2 && !many && (
              <label className={look.sort}>
                <input type="checkbox" checked={sorted} onChange={(event) => setSorted(event.target.checked)} />
                {reportTexts.sortByConfusion}
              </label>
            )}
          </div>
          {many && <p className={look.note}>{reportTexts.matrixOfMany(mostShown, labels.length)}</p>}
          <Matrix
            labels={labels}
            pairs={view.pairs}
            order={order}
            chosen={choice.kind === 'cell' ? choice : null}
            onChoose={(label, predicted) => show({ kind: 'cell', label, predicted })}
          />
        </section>
        <section className={look.section}>
          <h3>{reportTexts.labels}</h3>
          <LabelTable labels={labels} evaluated={view.images} order={order} />
        </section>
        <section className={look.section}>
          <h3>{reportTexts.histogram}</h3>
          <Histogram view={view} onChoose={(bar, right) => show({ kind: 'bar', bar, right })} />
        </section>
        {report.history.length > 1 && (
          <section className={look.section}>
            <h3>{reportTexts.curves}</h3>
            <LazyCurves
              history={report.history}
              unit={report.tail?.kept ? 'epoch' : specOf(options.head.kind).steps}
              table
            />
          </section>
        )}
        <section className={look.section}>
          <h3>{reportTexts.made}</h3>
          <p className={look.note}>{howItWasMade(report)}</p>
        </section>
      </div>
      <section className={look.gallery}>
        <header className={look.listed}>
          <h3 ref={heading} tabIndex={-1}>
            {title}
          </h3>
          {choice.kind !== 'mistakes' && (
            <Button look="quiet" onClick={back}>
              {reportTexts.gallery.allMistakes}
            </Button>
          )}
        </header>
        <Gallery
          key={JSON.stringify(choice)}
          title={title}
          empty={choice.kind === 'mistakes' ? reportTexts.gallery.none : reportTexts.gallery.empty}
          images={images}
          labels={labels}
          onGoTo={onGoTo}
        />
      </section>
    </div>
  )
}

function titleOf(choice: Choice, count: number): string {
  if (choice.kind === 'cell') return reportTexts.cell(count, choice.label, choice.predicted)
  if (choice.kind === 'bar') return reportTexts.bar(count, choice.right, choice.bar / 10, (choice.bar + 1) / 10)
  return reportTexts.gallery.mistakes(count)
}

function howItWasMade({ backend, features, decodeMs, fit, chosen = {} }: HeadReport): string {
  const pictures = reportTexts.madeFeatures(
    features.count,
    backend,
    formatTime(features.ms + decodeMs),
    features.fromCache,
  )
  const gradient = fit.gradient === null ? null : fit.gradient.toExponential(1)
  const head = reportTexts.madeHead(formatTime(fit.ms), fit.iterations, gradient)
  return [pictures, head, reportTexts.chosen(chosen)].join(' ').trim()
}
