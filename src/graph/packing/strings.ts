/** Many strings as one, and where each ends in it: copied to another thread at once, and not one by one. */
export interface PackedStrings {
  readonly text: string
  readonly ends: Uint32Array
}

/** Joins strings; any may be empty. */
export function packStrings(strings: readonly string[]): PackedStrings {
  const ends = new Uint32Array(strings.length)
  let end = 0
  strings.forEach((each, position) => {
    end += each.length
    ends[position] = end
  })
  return { text: strings.join(''), ends }
}

/** The strings in their order. */
export function unpackStrings({ text, ends }: PackedStrings): string[] {
  let start = 0
  return Array.from(ends, (end) => {
    const each = text.slice(start, end)
    start = end
    return each
  })
}

/** A long list of few distinct values: each once, and which of them stands where. */
export interface DistinctTable<T> {
  readonly values: readonly T[]
  readonly which: Uint32Array
}

/** Values count as the same when they are the same object. */
export function tableOf<T>(all: Iterable<T>, length: number): DistinctTable<T> {
  const numbers = new Map<T, number>()
  const which = new Uint32Array(length)
  let position = 0
  for (const value of all) {
    let number = numbers.get(value)
    if (number === undefined) {
      number = numbers.size
      numbers.set(value, number)
    }
    which[position] = number
    position += 1
  }
  return { values: [...numbers.keys()], which }
}
