/**
 * Something for each of some names. Names of operations and attributes come out of files: an operation called
 * `constructor` is not in such a table, but would be found in a plain object.
 */
export function table<T>(entries: Readonly<Record<string, T>>): ReadonlyMap<string, T> {
  return new Map(Object.entries(entries))
}
