import { useEffect, useRef, useState, type RefObject } from 'react'
import { newId } from '../../store/state/ids'
import { attempt } from '../../store/page/notices'
import { addPhotos } from '../../store/photos/photos'
import type { Photo } from '../../store/state/types'
import { cameraTexts as texts } from '../../texts/photos/camera'
import { longestRecording, record } from './record'

/** What the names of their groups begin with. */
const kind = 'recording'

export interface Recording {
  readonly state: 'idle' | 'recording' | 'saving'
  /** Pictures of this recording, or of the last. */
  readonly count: number
  /** How the last one ended. */
  readonly result: string
  readonly start: () => void
  readonly stop: () => void
}

/** Records photos of a label: from start to stop is one group, which stays together in one part. */
export function useRecording(video: RefObject<HTMLVideoElement | null>, label: string): Recording {
  const [state, setState] = useState<Recording['state']>('idle')
  const [count, setCount] = useState(0)
  const [result, setResult] = useState('')
  const running = useRef<AbortController | null>(null)

  // Closing the camera ends the recording; what was recorded by then is kept.
  useEffect(() => () => running.current?.abort(), [])

  const take = async (element: HTMLVideoElement, signal: AbortSignal): Promise<void> => {
    try {
      const pictures = await record(element, signal, setCount)
      setState('saving')
      const { added } = await addPhotos(toPhotos(pictures, label))
      setResult(pictures.length >= longestRecording ? texts.full(added) : texts.added(added))
    } finally {
      running.current = null
      setState('idle')
    }
  }
  return {
    state,
    count,
    result,
    start() {
      if (running.current || !video.current) return
      const controller = new AbortController()
      running.current = controller
      setCount(0)
      setResult('')
      setState('recording')
      const element = video.current
      attempt(() => take(element, controller.signal))
    },
    stop: () => running.current?.abort(),
  }
}

/** Recordings among photos; photos of other kinds may be grouped, too. */
export function countRecordings(photos: readonly Photo[], label: string): number {
  const groups = photos.flatMap((photo) => (photo.label === label && photo.group !== null ? [photo.group] : []))
  return new Set(groups.filter((group) => group.startsWith(`${kind}-`))).size
}

function toPhotos(pictures: readonly Blob[], label: string): Parameters<typeof addPhotos>[0] {
  const group = newId(kind)
  const time = new Date().toTimeString().slice(0, 8).replaceAll(':', '.')
  return pictures.map((blob, index) => ({
    name: texts.photoName(time, String(index + 1).padStart(3, '0')),
    label,
    blob,
    group,
  }))
}
