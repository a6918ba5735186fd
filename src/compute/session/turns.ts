import { unlessGpuLost } from '../backends/gpu-loss'
import { disposingIfFailed } from '../failed-work'
import type { JobContext, Jobs } from '../jobs'
import type { Runners } from '../run/compiled-trunks'

/** Has calls run one after another, in the order they came; work that fails leaves no tensors behind. */
export class Turns {
  readonly #jobs: Jobs
  readonly #runners: Runners

  constructor(jobs: Jobs, runners: Runners) {
    this.#jobs = jobs
    this.#runners = runners
  }

  /** Does long work as the job `job` when its turn comes. */
  job<T>(job: string, work: (context: JobContext) => Promise<T>): Promise<T> {
    return this.#jobs.run(job, (context) => this.#careful(() => work(context)))
  }

  /** Does quick work when its turn comes. */
  inTurn<T>(work: () => T | Promise<T>): Promise<T> {
    return this.#jobs.inTurn(() => this.#careful(work))
  }

  #careful<T>(work: () => T | Promise<T>): Promise<T> {
    return disposingIfFailed(
      () => withLossTold(work),
      () => this.#runners.drop(),
    )
  }
}

/** Does work that may fail in many ways for the loss of the graphics processor, and then throws `gpu-lost`. */
async function withLossTold<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw await unlessGpuLost(error)
  }
}
