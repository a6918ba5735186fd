import { CutpointError, fromErrorRecord } from '../../errors'
import { unreachable } from '../../lazy-module'
import type { ReadContext } from '../types'
import { badHdf5, endless } from './bad-hdf5'
import type { Hdf5Reply, Hdf5Request } from './protocol'
import type { Hdf5Index, Hdf5Source } from './types'
import { watchWork, type WorkWatch } from './watch'

/** An HDF5 file that is open in a thread of its own. */
export interface OpenInThread {
  readonly index: Hdf5Index
  /** The values of a dataset of the index. Throws CutpointError `bad-hdf5`. */
  readonly read: (path: string) => Promise<Uint8Array<ArrayBuffer>>
  /** Ends the thread, or keeps it for the next file. */
  readonly close: () => Promise<void>
}

/** A thread that has closed its file: starting one takes some tenths of a second. */
let spare: Worker | undefined

/**
 * Opens an HDF5 file in a thread of its own, to which it is handed. A thread that gives no sign of life while far
 * more work could be done than a step takes is ended, unless the user goes on waiting. Throws CutpointError `bad-hdf5`, or `cancelled`.
 */
export async function openInThread(source: Hdf5Source, context: ReadContext): Promise<OpenInThread> {
  const worker = spare ?? new Worker(new URL('./hdf5.worker.ts', import.meta.url), { type: 'module' })
  spare = undefined
  let ended: Error | undefined
  const end = (error: Error): void => {
    ended ??= error
    worker.terminate()
  }
  let queue: Promise<unknown> = Promise.resolve()
  const ask = (request: Hdf5Request, asking: Partial<Asking> = {}): Promise<Hdf5Reply> => {
    const turn = queue.then(() => {
      if (ended) throw ended
      return askWorker(worker, request, { path: source.path, ...asking }).catch((error: unknown) => {
        if (error instanceof Gone) end(error.reason)
        throw error instanceof Gone ? error.reason : error
      })
    })
    queue = turn.catch(() => undefined)
    return turn
  }
  let closing: Promise<void> | undefined
  const close = (): Promise<void> => (closing ??= shut())
  const shut = async (): Promise<void> => {
    const reply = await ask({ kind: 'close' }).catch(() => undefined)
    if (reply?.kind === 'closed' && reply.reusable && spare === undefined) spare = worker
    else worker.terminate()
  }
  try {
    const { data } = source
    const { patient = false } = context
    const reply = await ask(
      { kind: 'open', source },
      // How long the library takes to load is the network's affair.
      { share: Infinity, transfer: data instanceof Blob ? [] : [data.buffer], patient, context },
    )
    return {
      index: reply.kind === 'index' ? reply.index : new Map<string, never>(),
      read: async (path) => {
        if (closing) throw new CutpointError('no-model', `${source.path} is closed.`, 'Open it again.')
        const values = await ask({ kind: 'read', path }, { patient })
        return values.kind === 'values' ? values.bytes : new Uint8Array()
      },
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

interface Asking {
  readonly path: string
  /** What it may do at first without a sign of life, in shares of what any step does. */
  readonly share?: number
  readonly transfer?: Transferable[]
  /** Waits however long it takes. */
  readonly patient?: boolean
  readonly context?: ReadContext
}

/** The thread must be ended, for that reason. */
class Gone extends Error {
  constructor(readonly reason: Error) {
    super(reason.message)
  }
}

/** Asks and waits for the answer. Throws Gone if the thread does not live, CutpointError as it answers. */
function askWorker(
  worker: Worker,
  request: Hdf5Request,
  { path, share = 1, transfer = [], patient = false, context }: Asking,
): Promise<Hdf5Reply> {
  let watch: WorkWatch | undefined
  let silent = true
  const answer = new Promise<Hdf5Reply>((resolve, reject) => {
    const look = (): void => {
      try {
        context?.checkCancelled()
      } catch (error) {
        reject(new Gone(error as Error))
      }
    }
    watch = watchWork(look, () => reject(new Gone(endless(path))))
    watch.sign(patient ? Infinity : share)
    worker.onmessage = ({ data }: MessageEvent<Hdf5Reply>) => {
      silent = false
      if (data.kind === 'alive') watch?.sign(patient ? Infinity : data.share)
      else if (data.kind === 'error') reject(fromErrorRecord(data.error))
      else resolve(data)
    }
    worker.onerror = (event) => {
      event.preventDefault()
      reject(
        new Gone(
          silent && request.kind === 'open'
            ? notLoaded()
            : badHdf5(path, 'is damaged or cut off', { reason: event.message }),
        ),
      )
    }
    worker.postMessage(request, transfer)
  })
  return answer.finally(() => watch?.end())
}

/** The thread's own script. */
const notLoaded = (): CutpointError => unreachable('What reads HDF5 files', 'its worker does not start')
