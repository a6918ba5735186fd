import { useEffect, useEffectEvent, useRef, useState, useSyncExternalStore, type RefObject } from 'react'
import { asCutpointError, type CutpointError } from '../../errors'
import {
  chooseCamera,
  claimCamera,
  listCameras,
  openCamera,
  type Camera,
  type OpenCamera,
} from '../../store/photos/camera'

/** A camera for as long as the component is there and its tab is in front. */
export interface CameraHandle {
  /** null while it is being opened, or cannot be. */
  readonly open: OpenCamera | null
  readonly error: CutpointError | null
  readonly cameras: readonly Camera[]
  /** Where its picture is to be seen. */
  readonly video: RefObject<HTMLVideoElement | null>
  /** Whether there is a picture. */
  readonly playing: boolean
  /** To be told by the video. */
  readonly setPlaying: (playing: boolean) => void
  readonly choose: (id: string) => void
  readonly again: () => void
}

/** Opens the camera. `onTaken` hears when another place on the page wants it: only one has it at a time. */
export function useCamera(onTaken: () => void): CameraHandle {
  const visible = useSyncExternalStore(subscribeToVisibility, isVisible)
  const [open, setOpen] = useState<OpenCamera | null>(null)
  const [error, setError] = useState<CutpointError | null>(null)
  const [cameras, setCameras] = useState<readonly Camera[]>([])
  const [playing, setPlaying] = useState(false)
  const [attempt, setAttempt] = useState(0)
  const video = useRef<HTMLVideoElement>(null)
  const taken = useEffectEvent(onTaken)

  useEffect(() => claimCamera(() => taken()), [])

  // On a narrow screen another room takes the place of this one: nobody sees then that the camera is on.
  useEffect(() => {
    const element = video.current
    if (!element || !open) return
    let seen = false
    const watcher = new ResizeObserver(([{ contentRect }]) => {
      // Where the camera fails, its picture goes from the page altogether, and what is wrong takes its place.
      if (seen && contentRect.width === 0 && element.isConnected) taken()
      seen ||= contentRect.width > 0
    })
    watcher.observe(element)
    return () => watcher.disconnect()
  }, [open])

  useEffect(() => {
    if (!visible) return
    let live = true
    const isOver = (): boolean => !live
    let opened: OpenCamera | null = null
    const fail = (reason: unknown): void => {
      if (isOver()) return
      setOpen(null)
      setPlaying(false)
      setError(asCutpointError(reason))
    }
    const start = async (): Promise<void> => {
      const camera = await openCamera(fail)
      if (isOver()) return camera.close()
      opened = camera
      setError(null)
      setOpen(camera)
      const found = await listCameras()
      if (!isOver()) setCameras(found)
    }
    start().catch(fail)
    return () => {
      live = false
      opened?.close()
      setOpen(null)
      setPlaying(false)
    }
  }, [visible, attempt])

  useEffect(() => {
    const element = video.current
    if (!element) return
    element.srcObject = open?.stream ?? null
    // Refused when another stream takes its place before it begins.
    if (open) element.play().catch(() => undefined)
  }, [open])

  const again = (): void => {
    setError(null)
    setAttempt((count) => count + 1)
  }
  return {
    open,
    error,
    cameras,
    video,
    playing: playing && open !== null,
    setPlaying,
    again,
    choose(id) {
      chooseCamera(id)
      again()
    },
  }
}

function subscribeToVisibility(listen: () => void): () => void {
  document.addEventListener('visibilitychange', listen)
  return () => document.removeEventListener('visibilitychange', listen)
}

function isVisible(): boolean {
  return document.visibilityState === 'visible'
}
