import { seeded } from '../../graph/testing/random'
import { travel, type JourneyOutcome } from './journey'
import { kinds } from './kinds'

/** The kinds of hostile models. */
export const kindNames: readonly string[] = Object.keys(kinds)

/** The journey of one hostile model; the same kind and seed make the same one. */
export async function fuzz(kind: string, seed: number, patience?: number): Promise<JourneyOutcome> {
  return travel(await kinds[kind](seeded(seed)), patience)
}
