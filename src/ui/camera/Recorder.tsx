import { Camera, Circle, X } from 'lucide-react'
import { useRef, useState, type ReactNode } from 'react'
import { useStore } from '../../store/state/state'
import { cameraTexts as texts } from '../../texts/photos/camera'
import { Button } from '../common/Button'
import { CameraView } from './CameraView'
import styles from './camera.module.css'
import { useCamera } from './useCamera'
import { useHold } from './useHold'
import { countRecordings, useRecording } from './useRecording'

/**
 * A small button that opens the camera in place, to record photos of a label. The opened camera takes a row of its own in
 * a header that wraps.
 */
export function Recorder({ label }: { readonly label: string }): ReactNode {
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const close = (): void => {
    setOpen(false)
    button.current?.focus()
  }
  return (
    <>
      <Button
        ref={button}
        look="quiet"
        aria-label={texts.open(label)}
        title={texts.open(label)}
        aria-expanded={open}
        icon={<Camera size={16} aria-hidden />}
        onClick={() => setOpen(!open)}
      />
      {open && <Panel label={label} onClose={close} onTaken={() => setOpen(false)} />}
    </>
  )
}

interface PanelProps {
  readonly label: string
  readonly onClose: () => void
  readonly onTaken: () => void
}

function Panel({ label, onClose, onTaken }: PanelProps): ReactNode {
  const camera = useCamera(onTaken)
  const [byClick, setByClick] = useState(false)
  const recording = useRecording(camera.video, label)
  const recordings = useStore((state) => countRecordings(state.photos, label))
  const active = recording.state === 'recording'
  const hold = useHold({ byClick, active, start: recording.start, stop: recording.stop })
  const word = byClick ? (active ? texts.stop : texts.start) : active ? texts.holding : texts.hold
  return (
    <div
      className={styles.panel}
      role="group"
      aria-label={texts.panel(label)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        // Else the dialog around it is closed, too.
        event.preventDefault()
        onClose()
      }}
    >
      <CameraView camera={camera}>
        {active && (
          <span className={styles.count} data-testid="recorded">
            <Circle size={12} fill="currentColor" aria-hidden /> {recording.count}
          </span>
        )}
        <Button
          look="quiet"
          className={styles.close}
          aria-label={texts.close}
          title={texts.close}
          icon={<X size={16} aria-hidden />}
          onClick={onClose}
        />
      </CameraView>
      <Button
        look="primary"
        className={styles.hold}
        data-active={active}
        disabled={!camera.playing}
        // Not disabled, which would take the focus away.
        aria-disabled={recording.state === 'saving'}
        icon={<Circle size={16} fill="currentColor" aria-hidden />}
        {...hold}
      >
        {recording.state === 'saving' ? texts.saving : word}
      </Button>
      <p role="status" className={styles.result}>
        {recording.result} {texts.advice(recordings)}
      </p>
      <label className={styles.check}>
        <input type="checkbox" checked={byClick} onChange={(event) => setByClick(event.target.checked)} />
        {texts.byClick}
      </label>
    </div>
  )
}
