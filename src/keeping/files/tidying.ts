import type { BlobStore } from './blobs'

/** Files deleted at once, so that others need not wait long for the store. */
const deletedAtOnce = 16

/** The deletion of files that nothing refers to any more, but for those that are put while it goes on. */
export class Tidying {
  /** Files on their way out, unless they are wanted again. */
  readonly #doomed = new Set<string>()
  #deleting: Promise<unknown> = Promise.resolve()
  /** Files that came before it was known which ones are old. */
  #fresh: Set<string> | null = new Set()

  /** To be awaited before a file is put: takes it out of those that are on their way out. */
  async want(key: string): Promise<void> {
    this.#fresh?.add(key)
    if (!this.#doomed.delete(key)) await this.#deleting.catch(() => undefined)
  }

  /** Deletes all files that begin with one of `prefixes` but those wanted, some at a time. */
  async run(disk: BlobStore, prefixes: readonly string[], isWanted: (key: string) => boolean): Promise<void> {
    for (const prefix of prefixes) {
      for (const key of await disk.keys(prefix)) if (!isWanted(key) && !this.#fresh?.has(key)) this.#doomed.add(key)
    }
    this.#fresh = null
    while (this.#doomed.size > 0) {
      const some = [...this.#doomed].slice(0, deletedAtOnce)
      for (const key of some) this.#doomed.delete(key)
      this.#deleting = disk.delete(some)
      await this.#deleting
    }
  }
}
