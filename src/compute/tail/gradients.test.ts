import { beforeAll, describe, expect, it } from 'vitest'
import type { Work } from '../../graph/optimise/types'
import { createPace } from '../head/pace'
import { TailProgram } from './program'
import { fixtureGraph, tailFixtures } from './testing/fixtures'
import { apart, tailBetween } from './testing/packed'

const { cases, values } = tailFixtures()
let work: Work

beforeAll(async () => {
  work = await fixtureGraph('gradients')
})

describe('slopes as TensorFlow has them:', () => {
  it.each(cases.map((each) => [each.name, each] as const))('%s', async (name, each) => {
    const tail = await tailBetween(work, `${name}/maps:0`, `${name}/y:0`)
    const program = await TailProgram.open(tail, { batch: each.maps.shape[0], memories: 0 })
    program.maps.set(values(each.maps))
    await program.forward(createPace())
    expect(apart(program.output, values(each.output))).toBeLessThan(1e-5)
    program.outputSlopes.set(values(each.slopes))
    await program.backward(createPace())
    // By the file's names: a kernel may stand under another shape.
    const of = new Map(tail.trained.map((weight) => [weight.id, weight.of]))
    expect([...of.values()].toSorted()).toEqual(Object.keys(each.gradients).toSorted())
    expect(program.parameters.map(({ id }) => id)).toEqual([...of.keys()])
    for (const { id, gradient } of program.parameters) {
      expect(apart(gradient, values(each.gradients[of.get(id) ?? ''])), id).toBeLessThan(1e-4)
    }
    program.dispose()
  })
})
