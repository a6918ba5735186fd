import { Pause, Play, X } from 'lucide-react'
import { useEffect, useState, type ReactNode } from 'react'
import { forgetLive, useLive } from '../../store/training/live'
import { attempt } from '../../store/page/notices'
import { glance } from '../../store/training/predict'
import { useStore } from '../../store/state/state'
import { currentReport } from '../../store/training/trained-on'
import { addCorrected } from '../../store/training/tried'
import { cameraTexts } from '../../texts/photos/camera'
import { tryTexts } from '../../texts/training/try'
import type { Prediction } from '../../types'
import { CameraView } from '../camera/CameraView'
import look from '../camera/camera.module.css'
import { snapshot } from '../camera/frames'
import { useCamera } from '../camera/useCamera'
import { Button } from '../common/Button'
import { Bars } from './Bars'
import { Correction } from './Correction'
import styles from './trying.module.css'
import { useWatching } from './useWatching'

const texts = tryTexts.live

interface Frozen {
  readonly image: Blob
  readonly url: string
  readonly predictions: readonly Prediction[]
}

/** The camera's picture with bars that follow it; frozen, it can be added to the label that it really is of. */
export function LiveView({ onClose }: { readonly onClose: () => void }): ReactNode {
  const camera = useCamera(onClose)
  const [frozen, setFrozen] = useState<Frozen | null>(null)
  const [addedTo, setAddedTo] = useState<string | null>(null)
  const labels = useStore((state) => currentReport(state)?.labels)
  const live = useLive()
  useWatching(camera, frozen === null)
  useEffect(() => forgetLive, [])
  useEffect(() => () => (frozen ? URL.revokeObjectURL(frozen.url) : undefined), [frozen])

  const freeze = async (): Promise<void> => {
    if (!camera.video.current) return
    const image = await snapshot(camera.video.current)
    const predictions = await glance(image)
    setAddedTo(null)
    setFrozen({ image, url: URL.createObjectURL(image), predictions })
  }
  const correct = async ({ image }: Frozen, label: string): Promise<void> => {
    const time = new Date().toTimeString().slice(0, 8).replaceAll(':', '.')
    const { added } = await addCorrected(image, texts.photoName(time), label)
    if (added > 0) setAddedTo(label)
    setFrozen(null)
  }
  return (
    <div className={styles.live} role="group" aria-label={texts.panel}>
      <CameraView camera={camera} still={frozen?.url ?? null}>
        <Button
          look="quiet"
          className={look.close}
          aria-label={cameraTexts.close}
          title={cameraTexts.close}
          icon={<X size={16} aria-hidden />}
          onClick={onClose}
        />
      </CameraView>
      {camera.playing && (
        <>
          <div className={styles.steering}>
            <Button
              icon={frozen ? <Play size={16} aria-hidden /> : <Pause size={16} aria-hidden />}
              onClick={() => (frozen ? setFrozen(null) : attempt(freeze))}
            >
              {frozen ? texts.goOn : texts.freeze}
            </Button>
            <span className={styles.rate} data-testid="live-rate">
              {frozen === null && speedInWords(live)}
            </span>
          </div>
          <Bars predictions={frozen?.predictions ?? live.predictions} {...(labels ? { order: labels } : {})} />
          {frozen ? (
            <Correction
              predictions={frozen.predictions}
              addedTo={null}
              onPick={(label) => attempt(() => correct(frozen, label))}
            />
          ) : (
            <p className={styles.hint} role="status">
              {addedTo === null ? texts.hint : tryTexts.addedTo(addedTo)}
            </p>
          )}
        </>
      )}
    </div>
  )
}

function speedInWords({ waiting, rate }: { readonly waiting: boolean; readonly rate: number | null }): string {
  if (waiting) return texts.waiting
  return rate === null ? texts.starting : texts.rate(rate)
}
