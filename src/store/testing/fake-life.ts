import { deferred } from '../../deferred'
import { CutpointError } from '../../errors'
import { workerDied, type LifeEvents } from '../../workers/life/lifeline'
import { meet, type Fate, type Mortal } from './fate'

/** What becomes of a call to a fake worker, by its number (from 1). */
export type FateOfCall = (call: number, name: string, args: readonly unknown[]) => Fate

/** The life of a fake worker: it begins at once, is ended or dies, and its calls meet the fate they are given. */
export class FakeLife implements Mortal {
  readonly #events: LifeEvents | undefined
  readonly #fate: FateOfCall
  readonly #end = deferred<never>()
  readonly calls: string[] = []
  terminated = false

  constructor(events: LifeEvents | undefined, fate: FateOfCall) {
    this.#events = events
    this.#fate = fate
    this.ended.catch(() => undefined)
    queueMicrotask(() => events?.alive?.())
  }

  get ended(): Promise<never> {
    return this.#end.promise
  }

  readonly terminate = (): void => {
    this.terminated = true
    this.#end.reject(new CutpointError('cancelled', 'The work was ended.', ''))
  }

  die(why = workerDied()): void {
    this.#end.reject(why)
    this.#events?.died(why)
  }

  /** Resolves once a call may be answered; one that would obey a cancel hangs. */
  async met(name: string, args: readonly unknown[]): Promise<void> {
    this.calls.push(name)
    const fate = this.#fate(this.calls.length, name, args)
    await meet(fate === 'obeys' ? 'hangs' : fate, this)
  }
}
