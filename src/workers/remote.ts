import { wrap, type Remote } from 'comlink'
import { CutpointError } from '../errors'
import { carryErrors } from './errors'

/** A worker's calls, which end when the worker does. */
export interface RemoteWorker<T> {
  readonly api: Remote<T>
  readonly terminate: () => void
}

/** The calls of a worker that was just started. After it is ended, or has failed, they reject with `cancelled`. */
export function callsOf<T extends object>(worker: Worker): RemoteWorker<T> {
  carryErrors()
  const ended = Promise.withResolvers<never>()
  ended.promise.catch(() => undefined)
  const terminate = (): void => {
    worker.terminate()
    ended.reject(new CutpointError('cancelled', 'The work was ended.', 'Start it again when you are ready.'))
  }
  worker.addEventListener('error', terminate)
  return { api: settling(wrap<T>(worker), ended.promise), terminate }
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
