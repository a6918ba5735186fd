/** Steps of a unit of work: some milliseconds on most machines, so that messages come in between two. */
const unitSteps = 2 ** 20

/** Kept, so that the work cannot be left out as useless. */
let state = 1

/**
 * Does one unit of work. Threads that compute get like shares of a machine, however slow or busy it is: what one gets
 * done tells how much another could have done meanwhile, which no clock does.
 */
export function doUnit(): void {
  let x = state
  for (let step = 0; step < unitSteps; step++) {
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
  }
  state = x
}

/** Units that are more than any step of reading a file takes: some seconds of an idle machine. */
export const mostUnits = 750
