import { CutpointError } from '../errors'
import { nextTask } from '../next-task'
import type { ReadContext } from '../formats/types'
import type { Progress } from '../types'

/** What long work holds on its way: tells progress, lets messages in, and stops when the user has cancelled. */
export interface JobContext extends ReadContext {
  /** Lets waiting messages (a cancel among them) in, then throws `cancelled` if one came. */
  yieldTurn(): Promise<void>
  /** Whether the user wants it to stop where it can be gone on with; what cannot goes on. */
  isPausing?(): boolean
  /** Tells progress with all there is to it. */
  tell(progress: Omit<Progress, 'job'>): void
}

/** The jobs of this worker, each cancellable by its id, one running at a time in the order they came. */
export class Jobs {
  readonly #cancelled = new Set<string>()
  readonly #pausing = new Set<string>()
  /** Jobs that wait for their turn; called, they end at once. */
  readonly #waiting = new Map<string, () => void>()
  readonly #report: (progress: Progress) => void
  #queue: Promise<unknown> = Promise.resolve()

  constructor(report: (progress: Progress) => void) {
    this.#report = report
  }

  /** Asks a job to stop: at once if it waits, at its next check if it runs, on arrival if it has not come yet. */
  cancel(job: string): void {
    this.#cancelled.add(job)
    this.#waiting.get(job)?.()
  }

  /** Asks a job to stop where it can be gone on with. */
  pause(job: string): void {
    this.#pausing.add(job)
  }

  /** Runs `work` as the job `job` when its turn comes; rejects with CutpointError `cancelled` after `cancel(job)`. */
  async run<T>(job: string, work: (context: JobContext) => Promise<T>): Promise<T> {
    const checkCancelled = (): void => {
      if (this.#cancelled.has(job)) throw cancelled()
    }
    const context: JobContext = {
      progress: (what, done, total, unit) => context.tell({ what, done, total, ...(unit && { unit }) }),
      tell: (progress) => this.#report({ job, ...progress }),
      checkCancelled,
      isPausing: () => this.#pausing.has(job),
      yieldTurn: async () => {
        await nextTask()
        checkCancelled()
      },
    }
    const stoppedWaiting = new Promise<never>((_, reject) => this.#waiting.set(job, () => reject(cancelled())))
    const turn = this.inTurn(() => {
      this.#waiting.delete(job)
      checkCancelled()
      return work(context)
    })
    try {
      return await Promise.race([turn, stoppedWaiting])
    } finally {
      this.#waiting.delete(job)
      // A job that was stopped while it waited still has its turn to come, and must find itself cancelled then.
      turn
        .catch(() => undefined)
        .finally(() => {
          this.#cancelled.delete(job)
          this.#pausing.delete(job)
        })
    }
  }

  /** Quick work that needs no progress, after everything that came before it. */
  inTurn<T>(work: () => T | Promise<T>): Promise<T> {
    const turn = this.#queue.then(work)
    this.#queue = turn.catch(() => undefined)
    return turn
  }
}

function cancelled(): CutpointError {
  return new CutpointError('cancelled', 'The work was cancelled.', 'Start it again when you are ready.')
}
