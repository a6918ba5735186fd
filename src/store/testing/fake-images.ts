import { deferred } from '../../deferred'
import { CutpointError } from '../../errors'
import type { PictureKind } from '../../images/shelf'
import type { ImageWorker } from '../../workers/images'
import type { KeptPictures } from '../../workers/kept-pictures'
import { workerDied, type LifeEvents } from '../../workers/life/lifeline'
import { meet, type Fate, type Mortal } from './fate'

/** What a fake image worker is made of. */
interface Made {
  /** As the real one's. */
  readonly pictures: KeptPictures
  readonly events: LifeEvents
  /** What becomes of a call, by its number (from 1). */
  readonly fate: (call: number, name: string, args: readonly unknown[]) => Fate
}

/** An image worker for tests of the store; a picture's hash is its text. */
export class FakeImages implements Mortal {
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

  get worker(): ImageWorker {
    const call = (name: string, args: readonly unknown[]): Promise<unknown> => this.#call(name, args)
    const api = new Proxy(
      {},
      {
        get:
          (_, name) =>
          (...args: unknown[]) =>
            call(String(name), args),
      },
    )
    const terminate = (): void => {
      this.terminated = true
      this.#end.reject(new CutpointError('cancelled', 'The work was ended.', ''))
    }
    return { api: api as ImageWorker['api'], port: () => new MessageChannel().port1, terminate }
  }

  die(why = workerDied()): void {
    this.#end.reject(why)
    this.#made.events.died(why)
  }

  async #call(name: string, args: readonly unknown[]): Promise<unknown> {
    this.calls.push(name)
    const fate = this.#made.fate(this.calls.length, name, args)
    await meet(fate === 'obeys' ? 'hangs' : fate, this)
    return this.#answer(name, args)
  }

  #answer(name: string, args: readonly unknown[]): unknown {
    const { pictures } = this.#made
    switch (name) {
      case 'useFiles':
        return pictures.use(...(args as Parameters<KeptPictures['use']>))
      case 'takeFiles':
        return pictures.take(...(args as Parameters<KeptPictures['take']>))
      case 'tidyPictures':
        return pictures.tidy(...(args as Parameters<KeptPictures['tidy']>))
      case 'forgetPictures':
        return pictures.forget()
      case 'fetch':
        return pictures.shelf.get(...(args as [PictureKind, string]))
      case 'examine':
        return this.#examine(args[0] as Blob)
      default:
        return undefined
    }
  }

  async #examine(blob: Blob): Promise<unknown> {
    const { shelf } = this.#made.pictures
    const hash = await blob.text()
    await shelf.put('thumbnail', hash, new Blob([`small ${hash}`]))
    await shelf.put('picture', hash, blob)
    return { hash, perceptualHash: '', width: 1, height: 1 }
  }
}
