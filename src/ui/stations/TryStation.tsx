import { Camera, ImagePlus, Sparkles } from 'lucide-react'
import { useRef, useState, type ReactNode } from 'react'
import { actions } from '../../actions'
import { perform } from '../../actions/perform'
import { writers } from '../../formats/writers'
import { keepsPhotos } from '../../heads/specs'
import { attempt, tellError } from '../../store/page/notices'
import { drawnModel, useStore } from '../../store/state/state'
import { currentHead, isOutOfDate } from '../../store/training/trained-on'
import { tryPhoto } from '../../store/training/tried'
import { exportTexts } from '../../texts/training/export'
import { tryTexts as texts } from '../../texts/training/try'
import { Button } from '../common/Button'
import { FilePicker } from '../common/FilePicker'
import { useDrop } from '../common/useDrop'
import { LiveView } from '../trying/LiveView'
import { TriedPhoto } from '../trying/TriedPhoto'
import { usePaste } from '../trying/usePaste'
import { Exports } from './Exports'
import { FeaturesMenu } from './FeaturesMenu'
import { Station } from './Station'
import styles from './Station.module.css'
import look from './TryStation.module.css'

/** The trained head on photos it has not seen, and the graft to take away. */
export function TryStation(): ReactNode {
  const trained = useStore((state) => drawnModel(state) !== null && currentHead(state) !== null)
  const classifies = useStore((state) => drawnModel(state)?.classifies ?? false)
  const tried = useStore((state) => state.tried.length)
  const stale = useStore(isOutOfDate)
  const { state } = texts
  if (!trained && !classifies) {
    return (
      <Station name="try" title={texts.title} icon={Sparkles} state={state.untrained} done={false}>
        <p className={styles.hint}>{texts.untrained}</p>
        <FeaturesMenu />
      </Station>
    )
  }
  return (
    <Station
      name="try"
      title={texts.title}
      icon={Sparkles}
      state={stale ? state.stale : tried > 0 ? state.tried(tried) : state.ready}
      done={!stale}
    >
      <Trying />
      {trained ? <Keeping stale={stale} /> : <p className={styles.hint}>{texts.ownClassifier}</p>}
      <FeaturesMenu />
    </Station>
  )
}

/** Photos and the camera's picture, shown to the head. */
function Trying(): ReactNode {
  const tried = useStore((state) => state.tried)
  const [live, setLive] = useState(false)
  const area = useRef<HTMLDivElement>(null)
  const take = (photos: readonly { readonly name: string; readonly blob: Blob }[]): void =>
    attempt(async () => {
      for (const { blob, name } of photos) await tryPhoto(blob, name).catch((error: unknown) => tellError(error))
    })
  const { over, handlers } = useDrop((files) => take(files.map(({ path, blob }) => ({ name: path, blob }))))
  usePaste(area, (files) => take(files.map((blob) => ({ name: blob.name || texts.pasted, blob }))))
  return (
    <div ref={area} className={look.area}>
      <div className={look.drop} data-over={over} data-testid="try-drop" {...handlers}>
        <p>{texts.drop}</p>
        <div className={styles.row}>
          <FilePicker
            accept="image/*"
            icon={<ImagePlus size={16} aria-hidden />}
            onPick={(files) => take(files.map(({ path, blob }) => ({ name: path, blob })))}
          >
            {texts.pick}
          </FilePicker>
          <Button icon={<Camera size={16} aria-hidden />} aria-expanded={live} onClick={() => setLive(!live)}>
            {texts.camera}
          </Button>
        </div>
      </div>
      {live && <LiveView onClose={() => setLive(false)} />}
      {tried.length > 0 && (
        <ul className={look.tried} aria-label={texts.tried}>
          {tried.map((entry) => (
            <TriedPhoto key={entry.id} entry={entry} />
          ))}
        </ul>
      )}
    </div>
  )
}

/** The graft to take away. */
function Keeping({ stale }: { readonly stale: boolean }): ReactNode {
  const cut = useStore((state) => currentHead(state)?.cut.join(', ') ?? '')
  const head = useStore((state) => currentHead(state)?.options.head ?? null)
  const keeps = head !== null && keepsPhotos(head.kind, head)
  return (
    <>
      {stale && (
        <p className={styles.warning}>
          {texts.stale}
          {cut !== '' && texts.staleCut(cut)}
          {texts.staleNext}
        </p>
      )}
      {keeps && <p className={styles.hint}>{exportTexts.keepsPhotos}</p>}
      <Exports all={writers} onExport={(writer) => perform(actions.downloadModel, writer)} />
    </>
  )
}
