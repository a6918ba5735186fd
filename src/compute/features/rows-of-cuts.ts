import type { FeatureCache } from './feature-cache'

/** Where the rows of a cut are kept, and how long they are. */
export interface CutRows {
  readonly keyPrefix: string
  readonly length: number
}

/**
 * The cache for rows of several cuts side by side, of which each part is kept as a cut there alone asks for it later. It
 * is as that cut gives it where the cuts are ends of fused operations (`cutsToCompare`): fetching them then changes
 * nothing of the operations that are run. What is added is kept when `flush` is called, so that a shelf is written once
 * for each cut and not for each batch.
 */
export class RowsOfCuts {
  readonly #cache: Pick<FeatureCache, 'recall' | 'add'>
  readonly #cuts: readonly CutRows[]
  readonly #added = new Map<string, Float32Array>()

  constructor(cache: Pick<FeatureCache, 'recall' | 'add'>, cuts: readonly CutRows[]) {
    this.#cache = cache
    this.#cuts = cuts
  }

  /** Rows of which every part is known. */
  async recall(_: string, keys: readonly string[]): Promise<Map<string, Float32Array>> {
    const parts: ReadonlyMap<string, Float32Array>[] = []
    let left = keys
    // One after the other, so that where a cut knows nothing, as most often the first time, no other is asked.
    for (const { keyPrefix } of this.#cuts) {
      if (left.length === 0) return new Map()
      const rows = await this.#cache.recall(keyPrefix, left)
      left = left.filter((key) => rows.has(key))
      parts.push(rows)
    }
    const known = new Map<string, Float32Array>()
    for (const key of left) {
      const own = parts.flatMap((rows) => rows.get(key) ?? [])
      if (own.length === parts.length) known.set(key, joined(own))
    }
    return known
  }

  add(_: string, rows: ReadonlyMap<string, Float32Array>): void {
    for (const [key, row] of rows) this.#added.set(key, row)
  }

  /** Keeps what was added. */
  flush(): void {
    let start = 0
    for (const { keyPrefix, length } of this.#cuts) {
      const [from, to] = [start, start + length]
      if (this.#added.size > 0)
        this.#cache.add(keyPrefix, new Map([...this.#added].map(([key, row]) => [key, row.slice(from, to)])))
      start = to
    }
    this.#added.clear()
  }
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const row = new Float32Array(parts.reduce((length, part) => length + part.length, 0))
  let start = 0
  for (const part of parts) {
    row.set(part, start)
    start += part.length
  }
  return row
}
