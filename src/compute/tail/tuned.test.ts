import { expect, it } from 'vitest'
import { withTrained } from '../../graph/tail/tuned'
import { createPace } from '../head/pace'
import { descentOf } from '../kernels/update-rules'
import { TailProgram } from './program'
import { lossOf, trainStep } from './step'
import { fixtureGraph, tailFixtures } from './testing/fixtures'
import { apart, tailBetween } from './testing/packed'

it('a graph with the weights that a tail has learned gives what the tail gives', async () => {
  const { networks, values } = tailFixtures()
  const [network] = networks
  const maps = values(network.maps)
  const length = maps.length / network.labels.length
  const photos = [0, 1, 2, 3]
  const rows = {
    rows: Int32Array.from(photos),
    maps: (row: number) => maps.subarray(row * length, (row + 1) * length),
    labels: Int32Array.from(photos, (photo) => network.labels[photo]),
    weights: null,
  }
  const work = await fixtureGraph(network.name)
  const freeze = `${work.graph.nodes.find(({ name }) => name.endsWith('freeze'))?.name ?? ''}:0`
  const output = work.graph.outputs[0].tensor
  const tail = await tailBetween(work, freeze, output)
  const program = await TailProgram.open(tail, { batch: 4, memories: 0 })
  const pace = createPace()
  const before = program.weights()
  const options = { descent: () => descentOf('sgd', 0.05, 1), decay: new Map<string, number>(), clip: null, pace }
  await trainStep(program, rows, options)
  await lossOf(program, rows, pace)
  const wanted = program.output.slice()
  const learned = [...program.weights()].map(([id, each]) => ({ id, values: each }))
  const tuned = withTrained(work, tail, { from: freeze, weights: learned })
  program.restore(before)
  await lossOf(program, rows, pace)
  expect(apart(program.output, wanted)).toBeGreaterThan(1e-3)
  program.dispose()

  const again = await tailBetween({ ...work, ...tuned }, freeze, output)
  const reopened = await TailProgram.open(again, { batch: 4, memories: 0 })
  await lossOf(reopened, rows, pace)
  expect(reopened.output).toEqual(wanted)
  reopened.dispose()
})
