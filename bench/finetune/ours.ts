import { descentOf, memories } from '../../src/compute/kernels/update-rules'
import { createPace } from '../../src/compute/head/pace'
import { startHelper } from '../../src/compute/tail/team/start'
import { TailTeam } from '../../src/compute/tail/team/team'
import { trainStep } from '../../src/compute/tail/step'
import type { Case } from './case'
import type { Stepping, Training } from './types'

/** Cutpoint's own training, on `threads` threads. */
export async function openOurs({ tail }: Case, { maps, labels, rate }: Training, threads: number): Promise<Stepping> {
  const options = { batch: labels.length, memories: memories.adam, threads, start: startHelper }
  const team = await TailTeam.open(tail, options)
  if (team.threads !== threads) throw new Error(`there are ${team.threads} threads`)
  const length = maps.length / labels.length
  const rows = Int32Array.from(labels, (_, row) => row)
  let steps = 0
  return {
    async step() {
      steps += 1
      const batch = {
        rows,
        labels,
        weights: null,
        maps: (row: number) => maps.subarray(row * length, (row + 1) * length),
      }
      const descent = descentOf('adam', rate, steps)
      const { mean } = await trainStep(team, batch, {
        descent: () => descent,
        decay: new Map(),
        clip: null,
        pace: createPace(),
      })
      return mean
    },
    close: () => team.dispose(),
  }
}
