/** Where rows of features outlast the worker: by a prefix, which is all they depend on but the picture, and its key. */
export interface FeatureShelf {
  load(prefix: string, keys: readonly string[]): Promise<ReadonlyMap<string, Float32Array>>
  store(prefix: string, rows: ReadonlyMap<string, Float32Array>): Promise<void>
}

/** Rows for 50,000 photos at 1,280 values. */
const mostBytes = 256 * 2 ** 20

/**
 * Features by content, model, cut, preprocessing and backend; in memory, and on a shelf where there is one. In memory
 * are those that were used last: with every slider's position of changed copies there come new ones.
 */
export class FeatureCache {
  /** In the order of their last use. */
  readonly #rows = new Map<string, Float32Array>()
  readonly #mostBytes: number
  #bytes = 0
  #shelf: FeatureShelf | null = null

  constructor(most = mostBytes) {
    this.#mostBytes = most
  }

  /** Rows are brought from `shelf`, and put on it, from now on. */
  use(shelf: FeatureShelf): void {
    this.#shelf = shelf
  }

  /** Bytes held in memory. */
  get bytes(): number {
    return this.#bytes
  }

  /** The rows that are known of those asked for; what is not in memory comes from the shelf in one go. */
  async recall(prefix: string, keys: readonly string[]): Promise<Map<string, Float32Array>> {
    const found = new Map<string, Float32Array>()
    for (const key of keys) {
      const row = this.#rows.get(`${prefix}|${key}`)
      if (row) found.set(key, row)
    }
    if (this.#shelf && found.size < keys.length) {
      const missing = keys.filter((key) => !found.has(key))
      // A shelf that fails has none.
      const kept = await this.#shelf.load(prefix, missing).catch(() => new Map<string, Float32Array>())
      for (const [key, row] of kept) found.set(key, row)
    }
    for (const [key, row] of found) this.#keep(`${prefix}|${key}`, row)
    return found
  }

  /** Takes a batch of rows; nobody waits for the shelf. */
  add(prefix: string, rows: ReadonlyMap<string, Float32Array>): void {
    for (const [key, row] of rows) this.#keep(`${prefix}|${key}`, row)
    this.#shelf?.store(prefix, rows).catch(() => undefined)
  }

  clear(): void {
    this.#rows.clear()
    this.#bytes = 0
  }

  /** Puts a row last in the order of use, and lets go of the first ones where there are too many. */
  #keep(key: string, row: Float32Array): void {
    this.#forget(key)
    this.#rows.set(key, row)
    this.#bytes += row.byteLength
    for (const oldest of this.#rows.keys()) {
      if (this.#bytes <= this.#mostBytes) break
      this.#forget(oldest)
    }
  }

  #forget(key: string): void {
    this.#bytes -= this.#rows.get(key)?.byteLength ?? 0
    this.#rows.delete(key)
  }
}
