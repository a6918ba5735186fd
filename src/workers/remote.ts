import { wrap, type Endpoint, type Remote } from 'comlink'
import { deferred } from '../deferred'
import { CutpointError } from '../errors'
import { carryErrors } from './errors'
import { startWatched, type LifeEvents, type WorkerScript } from './life/lifeline'

/** A worker's calls, which end when the worker does. */
export interface RemoteWorker<T> {
  readonly api: Remote<T>
  readonly terminate: () => void
}

/**
 * Starts a worker and gives its calls. After it is ended they reject with `cancelled`, after it has died with
 * what it died of (`worker-died`, `gpu-lost`, `part-unreachable`); `events` hears of the latter.
 */
export function callsOf<T extends object>(script: WorkerScript, events?: Partial<LifeEvents>): RemoteWorker<T> {
  const { worker, unwatch } = startWatched(script, {
    ...events,
    died(why) {
      worker.terminate()
      end(why)
      events?.died?.(why)
    },
  })
  const { api, end } = callsOver<T>(worker)
  const terminate = (): void => {
    unwatch()
    worker.terminate()
    end()
  }
  return { api, terminate }
}

interface EndingCalls<T> {
  readonly api: Remote<T>
  readonly end: (why?: Error) => void
}

/** Calls over a worker or port, until `end` is called: then they reject with its reason, those that wait too. */
export function callsOver<T extends object>(endpoint: Endpoint): EndingCalls<T> {
  carryErrors()
  const ended = deferred<never>()
  ended.promise.catch(() => undefined)
  const end = (why?: Error): void =>
    ended.reject(why ?? new CutpointError('cancelled', 'The work was ended.', 'Start it again when you are ready.'))
  return { api: settling(wrap<T>(endpoint), ended.promise), end }
}

/** The same calls, which end when the worker does: comlink's own would wait for ever. */
function settling<T extends object>(remote: T, ended: Promise<never>): T {
  return new Proxy(remote, {
    get(target, key) {
      const member: unknown = Reflect.get(target, key)
      return isCall(member) ? (...args: unknown[]) => Promise.race([member(...args), ended]) : member
    },
  })
}

function isCall(member: unknown): member is (...args: unknown[]) => unknown {
  return typeof member === 'function'
}
