import '@tensorflow/tfjs-backend-cpu'
import { beforeAll, describe, expect, it } from 'vitest'
import { startBackend } from '../../backends/start'
import type { Work } from '../../../graph/optimise/types'
import { fixtureGraph, tailFixtures } from '../testing/fixtures'
import { tailBetween } from '../testing/packed'
import { slopesByTensors } from './testing/slopes'

const { cases, values } = tailFixtures()

let work: Work
beforeAll(async () => {
  work = await fixtureGraph('gradients')
  await startBackend('cpu')
})

describe('slopes by TensorFlow.js, as TensorFlow has them or not used:', () => {
  const lacking: string[] = []

  it.each(cases.map((each) => [each.name, each] as const))('%s', async (name, each) => {
    const tail = await tailBetween(work, `${name}/maps:0`, `${name}/y:0`)
    const { lacks, apart } = await slopesByTensors(tail, each, values, 'cpu')
    if (lacks !== null) lacking.push(name)
    // What is refused is wrong or not there, so that nothing is refused that is right.
    expect(apart < 1e-4).toBe(lacks === null)
  })

  it('some are not used', () => expect(lacking.length).toBeLessThan(30))
})
