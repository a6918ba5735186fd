import { CutpointError } from '../errors'
import type { ReadContext } from '../formats/types'
import type { Progress } from '../types'

/** What long work holds on its way: tells progress, lets messages in, and stops when the user has cancelled. */
export interface JobContext extends ReadContext {
  /** Lets waiting messages (a cancel among them) in, then throws `cancelled` if one came. */
  breathe(): Promise<void>
}

/** The jobs that run in this worker, each cancellable by its id. */
export class Jobs {
  readonly #cancelled = new Set<string>()
  readonly #running = new Set<string>()
  readonly #report: (progress: Progress) => void

  constructor(report: (progress: Progress) => void) {
    this.#report = report
  }

  /** Asks a job to stop at its next check; unknown ids are jobs that have ended already. */
  cancel(job: string): void {
    if (this.#running.has(job)) this.#cancelled.add(job)
  }

  /** Runs `work` as the job `job`; its context throws CutpointError `cancelled` after `cancel(job)`. */
  async run<T>(job: string, work: (context: JobContext) => Promise<T>): Promise<T> {
    this.#running.add(job)
    const checkCancelled = (): void => {
      if (this.#cancelled.has(job)) {
        throw new CutpointError('cancelled', 'The work was cancelled.', 'Start it again when you are ready.')
      }
    }
    const context: JobContext = {
      progress: (what, done, total) => this.#report({ job, what, done, total }),
      checkCancelled,
      breathe: async () => {
        await nextTask()
        checkCancelled()
      },
    }
    try {
      return await work(context)
    } finally {
      this.#running.delete(job)
      this.#cancelled.delete(job)
    }
  }
}

/** Resolves in a task of its own, without the 4 ms that nested timers are held back. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const channel = new MessageChannel()
    channel.port1.onmessage = () => {
      channel.port1.close()
      resolve()
    }
    channel.port2.postMessage(null)
  })
}
