import { wrap, type Endpoint, type Remote } from 'comlink'
import { CutpointError } from '../errors'
import { carryErrors } from './errors'

/** A worker's calls, which end when the worker does. */
export interface RemoteWorker<T> {
  readonly api: Remote<T>
  readonly terminate: () => void
}

/**
 * The calls of a worker that was just started. After it is ended, or has failed, they reject with `cancelled`; `onFailed`
 * hears of the latter.
 */
export function callsOf<T extends object>(worker: Worker, onFailed?: () => void): RemoteWorker<T> {
  const { api, end } = callsOver<T>(worker)
  const terminate = (): void => {
    worker.terminate()
    end()
  }
  // What the worker throws outside of a call, memory that is not there among it.
  const fail = (): void => {
    worker.removeEventListener('error', fail)
    terminate()
    onFailed?.()
  }
  worker.addEventListener('error', fail)
  return { api, terminate }
}

/** Calls over a worker or port, until `end` is called: then they reject with `cancelled`, those that wait too. */
export function callsOver<T extends object>(endpoint: Endpoint): { readonly api: Remote<T>; readonly end: () => void } {
  carryErrors()
  const ended = Promise.withResolvers<never>()
  ended.promise.catch(() => undefined)
  const end = (): void =>
    ended.reject(new CutpointError('cancelled', 'The work was ended.', 'Start it again when you are ready.'))
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
