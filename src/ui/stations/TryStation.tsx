import { Download, ImagePlus, Sparkles } from 'lucide-react'
import type { ReactNode } from 'react'
import type { PickedFile } from '../../images/drop'
import { attempt, tellError } from '../../store/notices'
import { drawnModel, useStore, type Tried } from '../../store/state'
import { exportModel } from '../../store/training'
import { tryPhoto } from '../../store/tried'
import { Button } from '../common/Button'
import { FilePicker } from '../common/FilePicker'
import { formatPercent } from '../common/format'
import { useDrop } from '../common/useDrop'
import { Station } from './Station'
import styles from './Station.module.css'
import look from './TryStation.module.css'

/** The trained head on photos it has not seen, and the graft to take away. */
export function TryStation(): ReactNode {
  const trained = useStore((state) => drawnModel(state) !== null && state.report !== null)
  const classifies = useStore((state) => drawnModel(state)?.classifies ?? false)
  const tried = useStore((state) => state.tried)
  const stale = useStore((state) => state.report !== null && state.stale)
  const cutOfHead = useStore((state) => state.trainedCut.join(', '))
  const take = (files: readonly PickedFile[]): void =>
    attempt(async () => {
      for (const { blob, path } of files) await tryPhoto(blob, path).catch((error: unknown) => tellError(error))
    })
  const { over, handlers } = useDrop(take)
  if (!trained && !classifies) {
    return (
      <Station name="try" title="Try and keep" icon={Sparkles} state="after training" done={false}>
        <p className={styles.hint}>Once a head is trained, drop a photo here to see what it says.</p>
      </Station>
    )
  }
  return (
    <Station
      name="try"
      title="Try and keep"
      icon={Sparkles}
      state={stale ? 'out of date' : tried.length > 0 ? `${tried.length} tried` : 'ready'}
      done={!stale}
    >
      <div className={look.drop} data-over={over} data-testid="try-drop" {...handlers}>
        <p>Drop a photo to try</p>
        <FilePicker accept="image/*" icon={<ImagePlus size={16} aria-hidden />} onPick={take}>
          Choose a photo
        </FilePicker>
      </div>
      <ul className={look.tried} aria-label="Photos tried">
        {tried.map((entry) => (
          <TriedPhoto key={entry.id} entry={entry} />
        ))}
      </ul>
      {trained ? (
        <>
          {stale && (
            <p className={styles.warning}>
              This head is of before the last change{cutOfHead === '' ? '' : <>, at the cut {cutOfHead}</>}. Train again
              to take the change in.
            </p>
          )}
          <Button icon={<Download size={16} aria-hidden />} onClick={() => attempt(download)}>
            Export trunk and head (zip)
          </Button>
          <p className={styles.hint}>
            A TensorFlow.js graph model with <code className={styles.mono}>labels.txt</code> and{' '}
            <code className={styles.mono}>metadata.json</code>. It opens here again, too.
          </p>
        </>
      ) : (
        <p className={styles.hint}>Until a head is trained, the network’s own classifier answers.</p>
      )}
    </Station>
  )
}

function TriedPhoto({ entry }: { readonly entry: Tried }): ReactNode {
  return (
    <li className={look.entry}>
      <img src={entry.url} alt={entry.name} />
      <ol>
        {entry.predictions.slice(0, 4).map(({ label, probability }) => (
          <li key={label}>
            <span className={look.bar} style={{ width: `${probability * 100}%` }} />
            <span className={look.label}>{label}</span>
            <span className={look.share}>{formatPercent(probability)}</span>
          </li>
        ))}
      </ol>
    </li>
  )
}

async function download(): Promise<void> {
  const zip = await exportModel('tfjs-graph')
  const url = URL.createObjectURL(zip)
  const link = document.createElement('a')
  link.href = url
  link.download = 'cutpoint-model.zip'
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
