let count = 0

/** A name that no other thing of this visit has. */
export function newId(kind: string): string {
  count += 1
  return `${kind}-${count}`
}
