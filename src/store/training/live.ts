import { create } from 'zustand'
import { CutpointError, type ErrorCode } from '../../errors'
import type { Prediction } from '../../types'
import { glance } from './predict'
import { getState, useStore } from '../state/state'

interface Live {
  /** Of the latest frame, the most likely first. */
  readonly predictions: readonly Prediction[]
  /** Frames answered in a second; null until that can be told. */
  readonly rate: number | null
  /** Whether it waits for other work, such as training. */
  readonly waiting: boolean
}

/** The worker was ended, or has died. */
const workerGone: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['cancelled', 'worker-died', 'gpu-lost'])

const nothing: Live = { predictions: [], rate: null, waiting: false }

/** What the head says of the camera's picture, frame after frame; apart from the page's state, since it changes so often. */
export const useLive = create<Live>(() => nothing)

/**
 * Asks the head about one frame after another until `signal` says stop. The next frame is taken when the last is
 * answered, so that none ever wait; while other work runs, it does not compete with it.
 *
 * @param nextFrame the camera's next picture; it is handed over
 */
export async function watch(nextFrame: () => Promise<ImageBitmap>, signal: AbortSignal): Promise<void> {
  let answered: number[] = []
  while (!isOver(signal)) {
    if (isBusy()) {
      useLive.setState({ waiting: true, rate: null })
      answered = []
      await untilIdle(signal)
      continue
    }
    const predictions = await answerTo(await nextFrame(), signal)
    if (predictions === null) continue
    const now = performance.now()
    answered = [...answered.filter((time) => now - time < 1_000), now]
    useLive.setState({ predictions, rate: rateOf(answered), waiting: false })
  }
}

/** Forgets what was said, so that it is not taken for what will be seen the next time. */
export function forgetLive(): void {
  useLive.setState(nothing)
}

/** null for a frame that came or was answered too late, and for one whose worker is gone: the next finds another. */
async function answerTo(frame: ImageBitmap, signal: AbortSignal): Promise<Prediction[] | null> {
  if (isOver(signal)) {
    frame.close()
    return null
  }
  try {
    const predictions = await glance(frame)
    return isOver(signal) ? null : predictions
  } catch (error) {
    if (error instanceof CutpointError && workerGone.has(error.code)) return null
    throw error
  }
}

/** A call, since the compiler takes it that a signal does not change while one waits. */
function isOver(signal: AbortSignal): boolean {
  return signal.aborted
}

function rateOf(times: readonly number[]): number | null {
  const first = times.at(0) ?? 0
  const last = times.at(-1) ?? 0
  return last > first ? ((times.length - 1) * 1_000) / (last - first) : null
}

function isBusy(): boolean {
  return getState().jobs.length > 0
}

function untilIdle(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      stop()
      signal.removeEventListener('abort', done)
      resolve()
    }
    const stop = useStore.subscribe(() => {
      if (!isBusy()) done()
    })
    signal.addEventListener('abort', done)
    if (signal.aborted || !isBusy()) done()
  })
}
