import { CutpointError, fromErrorRecord, toErrorRecord, type ErrorRecord } from '../../errors'
import { unreachable } from '../../lazy-module'

/** What page and worker tell each other beside comlink's calls, which pass these by. */
type Message =
  /** To the worker: hold the lock of that name for as long as you live. */
  | { readonly lifeline: 'hold'; readonly lock: string }
  /** To the page: it is held, or there are no locks. */
  | { readonly lifeline: 'held' }
  /** To the worker: are you there? */
  | { readonly lifeline: 'ping' }
  | { readonly lifeline: 'pong' }
  /** To the page: of no use any more, for this reason. */
  | { readonly lifeline: 'failed'; readonly error: ErrorRecord }

export interface LifeEvents {
  /** The worker has begun to work. */
  readonly alive?: () => void
  /** The worker is dead, or says that it is of no use any more; called once. */
  readonly died: (why: CutpointError) => void
  /** It has stopped answering (true), which may be hard work, or answers again (false). */
  readonly silent?: (silent: boolean) => void
}

/** Milliseconds between two questions to a worker whether it is there; the next one waits for the answer. */
const beat = 2_000

/** Missed answers after which a worker counts as silent. */
const missedAtMost = 10

/** Missed answers after which a worker that has not begun to work is compared with another one. */
const missedAtStart = 3

/** What a worker is started from. */
export interface WorkerScript {
  /** The subject of the sentence that tells that it could not be fetched. */
  readonly what: string
  readonly start: () => Worker
}

/** A worker that is watched over. */
export interface Watched {
  readonly worker: Worker
  /** Stops watching; the worker goes on. */
  readonly unwatch: () => void
}

/**
 * Starts a worker that calls `holdLifeline`, and watches over it. Its death is known by an error it did not catch and by
 * the lock that it held (https://www.w3.org/TR/web-locks/), which is free once it is gone, however it went; one that is
 * gone before it could hold it, by another one that was started later and works already. Outside secure contexts there
 * are no locks, and one that dies without an error after its start is only silent. `died` hears of `part-unreachable`
 * where the script could not be fetched. `patience` is the number of missed answers after which the other is started.
 */
export function startWatched(
  script: WorkerScript,
  { alive, died, silent }: LifeEvents,
  patience = missedAtStart,
): Watched {
  const worker = script.start()
  const stopped = new AbortController()
  const { signal } = stopped
  const end = (why: CutpointError): void => {
    if (signal.aborted) return
    stopped.abort()
    died(why)
  }
  const heart = heartbeat(() => worker.postMessage({ lifeline: 'ping' } satisfies Message), silent)
  const atStart = overtaking(script, patience, () => end(workerDied()))
  const timer = setInterval(() => {
    heart.beat()
    atStart.beat()
  }, beat)
  signal.addEventListener('abort', () => {
    clearInterval(timer)
    atStart.stop()
  })
  // A script that cannot be fetched gives a plain event, one that throws an ErrorEvent with its message
  // (https://html.spec.whatwg.org/multipage/workers.html#run-a-worker).
  worker.addEventListener(
    'error',
    (event) => end('message' in event ? workerDied(event.message) : unreachable(script.what, 'worker')),
    { signal },
  )
  const lock = `cutpoint worker ${crypto.getRandomValues(new Uint32Array(4)).join('-')}`
  worker.addEventListener(
    'message',
    ({ data }) => {
      if (!isMessage(data)) return
      if (data.lifeline === 'pong') heart.answered()
      if (data.lifeline === 'failed') end(fromErrorRecord(data.error))
      if (data.lifeline !== 'held') return
      atStart.stop()
      alive?.()
      if ('locks' in navigator) void lockIsFree(lock, signal).then((free) => free && end(workerDied()))
    },
    { signal },
  )
  worker.postMessage({ lifeline: 'hold', lock } satisfies Message)
  return { worker, unwatch: () => stopped.abort() }
}

/**
 * Tells a worker that died before it began from one that is slow to begin, on any machine and network: after `patience`
 * beats another one is started, and if that one works first, `overtaken` is called. Until then `stop` ends the race.
 */
function overtaking(
  script: WorkerScript,
  patience: number,
  overtaken: () => void,
): { readonly beat: () => void; readonly stop: () => void } {
  let beats = 0
  let other: Watched | null = null
  const stop = (): void => {
    beats = Infinity
    other?.unwatch()
    other?.worker.terminate()
    other = null
  }
  const decide = (): void => {
    stop()
    overtaken()
  }
  return {
    beat() {
      if (++beats !== patience) return
      other = startWatched(script, { alive: decide, died: decide }, 2 * patience)
    },
    stop,
  }
}

/** To be called by a worker as soon as it starts. */
export function holdLifeline(): void {
  self.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (!isMessage(data)) return
    if (data.lifeline === 'ping') self.postMessage({ lifeline: 'pong' } satisfies Message)
    if (data.lifeline === 'hold') hold(data.lock)
  })
}

function hold(lock: string): void {
  const held = (): void => self.postMessage({ lifeline: 'held' } satisfies Message)
  if (!('locks' in navigator)) return held()
  void navigator.locks.request(lock, () => {
    held()
    // For as long as the worker is there.
    return new Promise<never>(() => undefined)
  })
}

/** Called by a worker that has found out that it is of no use any more: another is to take its place. */
export function announceFailure(error: CutpointError): void {
  self.postMessage({ lifeline: 'failed', error: toErrorRecord(error) } satisfies Message)
}

/** Counts the answers that were missed, so that a page that is held up itself blames nobody. */
export function heartbeat(
  ping: () => void,
  silent?: (silent: boolean) => void,
): { readonly beat: () => void; readonly answered: () => void } {
  let waiting = false
  let missed = 0
  return {
    beat() {
      if (waiting && ++missed === missedAtMost) silent?.(true)
      if (waiting) return
      waiting = true
      ping()
    },
    answered() {
      if (missed >= missedAtMost) silent?.(false)
      waiting = false
      missed = 0
    },
  }
}

/** The worker was lost: by an error that it did not catch, or without one. */
export function workerDied(message = ''): CutpointError {
  return new CutpointError(
    'worker-died',
    message ? `A part of the page stopped working: ${message}` : 'A part of the page stopped working.',
    'Try again; if it happens again, close other tabs, since the browser may be short of memory.',
  )
}

/** Resolves to true once nobody else holds the lock, and to false if that is no longer wanted. */
async function lockIsFree(lock: string, signal: AbortSignal): Promise<boolean> {
  try {
    return await navigator.locks.request(lock, { signal }, () => true)
  } catch {
    return false
  }
}

function isMessage(data: unknown): data is Message {
  return typeof data === 'object' && data !== null && 'lifeline' in data
}
