import { CutpointError, type ErrorCode } from '../../errors'
import { cameraTexts } from '../../texts/photos/camera'

const storageKey = 'cutpoint.camera'

/** A camera that may be chosen. */
export interface Camera {
  readonly id: string
  readonly name: string
}

export interface OpenCamera {
  readonly id: string
  readonly stream: MediaStream
  /** Looks at who sits before it, who then expects a mirror. */
  readonly facesUser: boolean
  /** Switches the camera off. */
  close(): void
}

/**
 * Opens the camera that was chosen last, or any; the browser may ask first. `onLost` hears if it is unplugged.
 * Throws `camera-insecure`, `camera-denied`, `no-camera` or `camera-busy`.
 */
export async function openCamera(onLost: (error: CutpointError) => void): Promise<OpenCamera> {
  const stream = await getStream()
  const [track] = stream.getVideoTracks()
  track.addEventListener('ended', () => onLost(cameraError('no-camera', cameraTexts.unplugged)))
  const { deviceId = '', facingMode } = track.getSettings()
  return {
    id: deviceId,
    stream,
    facesUser: facingMode !== 'environment',
    close: () => stream.getTracks().forEach((one) => one.stop()),
  }
}

/** Cameras there are; only once one was opened does the browser tell their names. */
export async function listCameras(): Promise<Camera[]> {
  const devices = await navigator.mediaDevices.enumerateDevices()
  return devices
    .filter(({ kind }) => kind === 'videoinput')
    .map(({ deviceId, label }, index) => ({ id: deviceId, name: label || cameraTexts.unnamed(index + 1) }))
}

let wanted: string | null = null

/** The camera to open from now on, at later visits too. */
export function chooseCamera(id: string): void {
  wanted = id
  try {
    localStorage.setItem(storageKey, id)
  } catch {
    // Storage may be switched off; then it holds for this visit.
  }
}

let giveUp: (() => void) | null = null

/**
 * Says that the camera is wanted: whoever has it on the page is asked to close it. The returned function says that it is
 * wanted no longer.
 */
export function claimCamera(close: () => void): () => void {
  giveUp?.()
  giveUp = close
  return () => {
    if (giveUp === close) giveUp = null
  }
}

async function getStream(): Promise<MediaStream> {
  // Outside a secure context browsers leave it away, whatever the types say.
  const devices = navigator.mediaDevices as MediaDevices | undefined
  if (!devices) {
    throw window.isSecureContext
      ? cameraError('no-camera', cameraTexts.unsupported)
      : cameraError('camera-insecure', cameraTexts.insecure)
  }
  const id = chosen()
  try {
    // Wishes, not demands: a camera that is no longer there must not keep another from being opened.
    return await devices.getUserMedia({
      audio: false,
      video: { width: { ideal: 640 }, height: { ideal: 480 }, ...(id === null ? {} : { deviceId: { ideal: id } }) },
    })
  } catch (error) {
    throw toCameraError(error)
  }
}

function toCameraError(error: unknown): CutpointError {
  const name = error instanceof DOMException ? error.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError') return cameraError('camera-denied', cameraTexts.denied)
  if (name === 'NotReadableError' || name === 'AbortError') return cameraError('camera-busy', cameraTexts.busy)
  return cameraError('no-camera', cameraTexts.missing)
}

function cameraError(
  code: ErrorCode,
  { message, next }: { readonly message: string; readonly next: string },
): CutpointError {
  return new CutpointError(code, message, next)
}

function chosen(): string | null {
  try {
    return wanted ?? localStorage.getItem(storageKey)
  } catch {
    return null
  }
}
