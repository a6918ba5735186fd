/** Pictures of a running video. */

/** The longer side of a stored picture, in pixels. */
const longestSide = 640

/** The video's picture of now as a JPEG file, not mirrored. */
export async function snapshot(video: HTMLVideoElement): Promise<Blob> {
  const { videoWidth, videoHeight } = video
  const scale = Math.min(1, longestSide / Math.max(videoWidth, videoHeight))
  const canvas = new OffscreenCanvas(Math.round(videoWidth * scale), Math.round(videoHeight * scale))
  canvas.getContext('2d', { alpha: false })?.drawImage(video, 0, 0, canvas.width, canvas.height)
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.92 })
}

/**
 * Gives a picture each time it is called: at once if the video has shown a new one since the last call, else when it
 * does. So the same picture is not looked at twice, and none is older than it must be.
 */
export function freshFrames(video: HTMLVideoElement, signal: AbortSignal): () => Promise<ImageBitmap> {
  let fresh = true
  let wake: () => void = () => undefined
  const shown = (): void => {
    fresh = true
    wake()
    if (!signal.aborted) whenShown(video, shown)
  }
  whenShown(video, shown)
  signal.addEventListener('abort', () => wake(), { once: true })
  return async () => {
    if (!fresh) await new Promise<void>((resolve) => (wake = resolve))
    fresh = false
    return createImageBitmap(video)
  }
}

/** Calls back when the video shows its next picture, or the screen does where the browser cannot tell. */
function whenShown(video: HTMLVideoElement, callback: () => void): void {
  if ('requestVideoFrameCallback' in video) video.requestVideoFrameCallback(callback)
  else requestAnimationFrame(callback)
}
