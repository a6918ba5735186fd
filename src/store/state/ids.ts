/** Tells this visit's names from those of things kept from an earlier one. */
const visit = `${Date.now().toString(36)}${Math.floor(Math.random() * 36 ** 4).toString(36)}`
let count = 0

/** A name that nothing else has, of this visit or another. */
export function newId(kind: string): string {
  count += 1
  return `${kind}-${visit}-${count}`
}
