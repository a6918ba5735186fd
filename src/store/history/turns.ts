/** Settles with the last piece of work that was given. */
let last: Promise<unknown> = Promise.resolve()
/** Pieces of work that have not ended. */
let open = 0

/**
 * Does `work` after all that was given before it has ended, however it ended: what is undone next is known only then.
 * Where nothing is under way, it begins at once.
 */
export function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const turn = open === 0 ? work() : last.then(work)
  open++
  const end = (): void => {
    open--
  }
  last = turn.then(end, end)
  return turn
}
