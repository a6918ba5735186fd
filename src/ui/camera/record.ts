import { snapshot } from './frames'

/** Milliseconds from one picture of a recording to the next: eight a second, since closer ones hardly differ. */
const interval = 125

/** Pictures of one recording at most, for when somebody forgets to stop. */
export const longestRecording = 240

/** Takes pictures of a video until `signal` says stop or the camera is gone. `onCount` hears how many there are. */
export async function record(
  video: HTMLVideoElement,
  signal: AbortSignal,
  onCount: (count: number) => void,
): Promise<Blob[]> {
  const pictures: Blob[] = []
  let due = performance.now()
  do {
    const picture = video.isConnected && video.videoWidth > 0 ? await snapshot(video).catch(() => null) : null
    if (!picture) break
    pictures.push(picture)
    onCount(pictures.length)
    due = Math.max(due + interval, performance.now())
    await pause(due - performance.now(), signal)
  } while (!signal.aborted && pictures.length < longestRecording)
  return pictures
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const done = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done)
  })
}
