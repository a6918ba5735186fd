import { deferred } from '../../deferred'
import { CutpointError } from '../../errors'
import { Alone } from './alone'
import type { LifeEvents } from './lifeline'
import { cancelled, untilAborted } from './until-aborted'

/** A worker that may die. */
interface Mortal {
  readonly api: object
  terminate(): void
}

/** What is to be known to keep a worker there. */
export interface Care<M extends Mortal> {
  readonly start: (events: LifeEvents) => M
  /** Brings a new worker to where the one before was, from what the page still has. */
  readonly restore: (worker: M) => Promise<void>
  /** It cannot be brought there. Whether it goes on without; else the next call tries once more. */
  readonly lost: (error: unknown) => boolean
  /** The worker has died. */
  readonly died: (why: CutpointError) => void
  readonly silent?: (silent: boolean) => void
}

/** Why a worker is no longer there: what it died of, or that it was ended, and what becomes of its calls. */
type Gone = { readonly why: CutpointError } | { readonly ended: 'ask again' | 'cancel' }

/** One life of the worker. */
interface Life<M> {
  readonly worker: M
  /** Resolves when it has been brought to where the one before was; rejects where it cannot, and is of no use then. */
  readonly ready: Promise<undefined>
  restoring: boolean
  /** Whether it has begun to work: one that never did is not started again before it is needed. */
  alive: boolean
  gone: Gone | null
}

export interface AskOptions {
  /** Ends the waiting for a worker; what the worker does meanwhile is ended by telling it. */
  readonly signal?: AbortSignal
  /** Whether it is done again where the worker dies over it; false for what can be handed over only once. */
  readonly again?: boolean
}

/** How often a call may die with its worker: what kills two would kill a third. */
const mostDeaths = 2

/**
 * A worker that is there again after it died or was ended, in the same place; what was asked of it is asked again, so
 * that whoever asked need not know. What dies with a worker is then done alone, so that nothing else dies of it twice.
 */
export class Lasting<M extends Mortal> {
  readonly #care: Care<M>
  #life: Life<M> | null = null
  readonly #alone = new Alone()
  /** Deaths in a row while being brought back. */
  #deathsOnTheWay = 0

  constructor(care: Care<M>) {
    this.#care = care
  }

  /** The worker that is there, perhaps still being brought back; null before the first. */
  get running(): M | null {
    return this.#life?.worker ?? null
  }

  /** Starts the worker, if there is none. */
  start(): M {
    return (this.#life ?? this.#begin()).worker
  }

  /**
   * Has a worker do `work`, from the beginning in another one if it is gone in between. Throws CutpointError
   * `worker-died` where that happens again, or what keeps a worker from being brought back.
   */
  async ask<T>(work: (worker: M) => Promise<T>, { signal, again = true }: AskOptions = {}): Promise<T> {
    for (let deaths = 0; ;) {
      const turn = this.#alone.turn(deaths > 0)
      try {
        await untilAborted(turn.come, signal)
        const life = this.#life ?? this.#begin()
        await untilAborted(life.ready, signal)
        if (goneOf(life)) continue
        const outcome = await outcomeOf(work(life.worker), (why) => this.#died(life, why))
        const gone = goneOf(life)
        if (!gone) {
          return outcome()
        }
        if (signal?.aborted || ('ended' in gone && gone.ended === 'cancel')) throw cancelled()
        if ('ended' in gone) continue
        if (!again) throw gone.why
        if (gone.why.code === 'part-unreachable') throw gone.why
        // A processor that is lost is nobody's fault; whoever chooses processors sees to it that this ends.
        if (gone.why.code !== 'gpu-lost' && ++deaths === mostDeaths) throw gone.why
      } finally {
        turn.done()
      }
    }
  }

  /** The worker's calls, each asked as by `ask`. */
  calls(options?: AskOptions): M['api'] {
    return new Proxy<M['api']>(
      {},
      {
        get: (_, key) => {
          // Not a promise, though it may be awaited.
          if (key === 'then') return undefined
          return (...args: unknown[]) => this.ask(({ api }) => callOn(api, key, args), options)
        },
      },
    )
  }

  /** Ends the worker, whether it answers or not; another takes its place and is asked what this one was. */
  renew(): Promise<void> {
    return this.#replace('ask again')
  }

  /** Ends the worker with all that it does; another takes its place. */
  clear(): Promise<void> {
    return this.#replace('cancel')
  }

  #replace(ended: 'ask again' | 'cancel'): Promise<void> {
    if (this.#life) this.#end(this.#life, { ended })
    this.#begin()
    return this.#settled()
  }

  /** Resolves once a worker is there, or cannot be brought back: not when one in between was overtaken. */
  async #settled(): Promise<void> {
    for (let life = this.#life; life; life = this.#life) {
      await life.ready.catch(() => undefined)
      if (life === this.#life) return
    }
  }

  #begin(): Life<M> {
    const restored = deferred<undefined>()
    restored.promise.catch(() => undefined)
    const life: Life<M> = {
      worker: this.#care.start({
        alive: () => (life.alive = true),
        died: (why) => this.#died(life, why),
        silent: (silent) => life === this.#life && this.#care.silent?.(silent),
      }),
      ready: restored.promise,
      restoring: true,
      alive: false,
      gone: null,
    }
    this.#life = life
    this.#restore(life).then(restored.resolve, restored.reject)
    return life
  }

  async #restore(life: Life<M>): Promise<undefined> {
    try {
      await this.#care.restore(life.worker)
      if (!life.gone) this.#deathsOnTheWay = 0
    } catch (error) {
      // Overtaken: whoever waits finds the one that took its place.
      if (life.gone) return this.#giveUpDying(life.gone)
      if (this.#care.lost(error)) return
      this.#end(life, { ended: 'ask again' })
      throw error
    } finally {
      life.restoring = false
    }
  }

  /** Throws what it died of where it died again and again. */
  #giveUpDying(gone: Gone): undefined {
    if (!('why' in gone) || this.#deathsOnTheWay < mostDeaths) return
    this.#deathsOnTheWay = 0
    throw gone.why
  }

  #died(life: Life<M>, why: CutpointError): void {
    if (life.gone) return
    this.#end(life, { why })
    this.#care.died(why)
    if (life.restoring) this.#deathsOnTheWay++
    const useful = life.restoring ? this.#deathsOnTheWay < mostDeaths : life.alive
    if (useful && !this.#life) this.#begin()
  }

  #end(life: Life<M>, gone: Gone): void {
    life.gone ??= gone
    if (this.#life === life) {
      this.#life = null
      this.#care.silent?.(false)
    }
    life.worker.terminate()
  }
}

/** A call, since the compiler takes it that nothing changes while one waits. */
function goneOf({ gone }: Life<unknown>): Gone | null {
  return gone
}

function callOn(api: object, key: string | symbol, args: unknown[]): Promise<unknown> {
  const member: unknown = Reflect.get(api, key)
  return (member as (...given: unknown[]) => Promise<unknown>)(...args)
}

/** How it came out, to be told later: the value, or what was thrown. `died` hears if that makes the worker useless. */
async function outcomeOf<T>(work: Promise<T>, died: (why: CutpointError) => void): Promise<() => T> {
  try {
    const value = await work
    return () => value
  } catch (error) {
    // The worker says so itself, too, but that may come later.
    if (error instanceof CutpointError && error.code === 'gpu-lost') died(error)
    return () => {
      throw error
    }
  }
}
