import { deferred } from '../../deferred'

/** A place in the order in which things are done. */
interface Turn {
  /** Resolves when it has come. */
  readonly come: Promise<unknown>
  /** To be called when what was done in it is over. */
  readonly done: () => void
}

/** Has what may be fatal done alone, while everything else, which is done side by side, waits. */
export class Alone {
  #last: Promise<unknown> = Promise.resolve()

  turn(alone: boolean): Turn {
    const come = this.#last
    if (!alone) return { come, done: () => undefined }
    const over = deferred<undefined>()
    this.#last = over.promise
    return { come, done: () => over.resolve(undefined) }
  }
}
