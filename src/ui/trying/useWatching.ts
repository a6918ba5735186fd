import { useEffect } from 'react'
import { watch } from '../../store/training/live'
import { attempt } from '../../store/page/notices'
import { freshFrames } from '../camera/frames'
import type { CameraHandle } from '../camera/useCamera'

/** Has the head look at the camera's picture for as long as there is one and `on` holds. */
export function useWatching({ video, playing }: CameraHandle, on: boolean): void {
  useEffect(() => {
    const element = video.current
    if (!playing || !on || !element) return
    const controller = new AbortController()
    const { signal } = controller
    attempt(async () => {
      try {
        await watch(freshFrames(element, signal), signal)
      } catch (error) {
        // The camera may be closed while a frame is being taken.
        if (!signal.aborted) throw error
      }
    })
    return () => controller.abort()
  }, [video, playing, on])
}
