import type { ReactNode } from 'react'
import { cameraTexts as texts } from '../../texts/photos/camera'
import { Button } from '../common/Button'
import styles from './camera.module.css'
import type { CameraHandle } from './useCamera'

interface CameraViewProps {
  readonly camera: CameraHandle
  /** Address of a picture that is shown instead of the moving one. */
  readonly still?: string | null
  /** What lies over the picture. */
  readonly children?: ReactNode
}

/** The camera's picture, as in a mirror where it looks at the user; what is wrong with it; and the choice of cameras. */
export function CameraView({ camera, still, children }: CameraViewProps): ReactNode {
  const { open, error, cameras, video, playing, setPlaying } = camera
  return (
    <div className={styles.view}>
      {error ? (
        <div className={styles.error} role="alert" data-code={error.code}>
          <p>
            <strong>{error.message}</strong> {error.next}
          </p>
          <Button onClick={() => camera.again()}>{texts.again}</Button>
        </div>
      ) : (
        <div className={styles.picture} data-mirrored={open?.facesUser ?? true}>
          <video
            ref={video}
            muted
            playsInline
            aria-label={texts.picture}
            onPlaying={() => setPlaying(true)}
            onEmptied={() => setPlaying(false)}
          />
          {still && <img src={still} alt="" />}
          {!playing && (
            <p className={styles.asking} role="status">
              {texts.asking}
            </p>
          )}
          {children}
        </div>
      )}
      {cameras.length > 1 && (
        <label className={styles.choice}>
          <span>{texts.choose}</span>
          <select
            value={open?.id ?? cameras[0].id}
            disabled={open === null && error === null}
            onChange={(event) => camera.choose(event.target.value)}
          >
            {cameras.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
    </div>
  )
}
