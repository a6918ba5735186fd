import { deferred } from '../../deferred'
import { CutpointError } from '../../errors'
import type { FilesApi, FilesWorker } from '../../workers/files'
import type { KeptModels } from '../../workers/kept-models'
import { workerDied, type LifeEvents } from '../../workers/life/lifeline'
import { meet, type Fate, type Mortal } from './fate'

/** What a fake files worker is made of. */
interface Made {
  /** As the real one's. */
  readonly models: KeptModels
  readonly events: LifeEvents
  /** What becomes of a call, by its number (from 1). */
  readonly fate: (call: number, name: string, args: readonly unknown[]) => Fate
}

/** A files worker for tests of the store. */
export class FakeFiles implements Mortal {
  readonly #made: Made
  readonly #end = deferred<never>()
  readonly calls: string[] = []
  terminated = false

  constructor(made: Made) {
    this.#made = made
    this.ended.catch(() => undefined)
    queueMicrotask(() => made.events.alive?.())
  }

  get ended(): Promise<never> {
    return this.#end.promise
  }

  get worker(): FilesWorker {
    const { models } = this.#made
    const answering =
      <Args extends unknown[], Result>(name: keyof FilesApi, answer: (...args: Args) => Promise<Result>) =>
      async (...args: Args): Promise<Result> => {
        this.calls.push(name)
        const fate = this.#made.fate(this.calls.length, name, args)
        await meet(fate === 'obeys' ? 'hangs' : fate, this)
        return answer(...args)
      }
    const api: FilesApi = {
      use: answering('use', (kind) => models.use(kind)),
      keep: answering('keep', (key, blob) => models.keep(key, blob)),
      read: answering('read', (key) => models.read(key)),
      tidy: answering('tidy', (wanted) => models.tidy(wanted)),
      forget: answering('forget', (model) => models.forget(model)),
    }
    const terminate = (): void => {
      this.terminated = true
      this.#end.reject(new CutpointError('cancelled', 'The work was ended.', ''))
    }
    return { api: api as FilesWorker['api'], terminate }
  }

  die(why = workerDied()): void {
    this.#end.reject(why)
    this.#made.events.died(why)
  }
}
