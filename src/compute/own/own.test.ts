import { describe, expect, it } from 'vitest'
import { openModel } from '../../formats'
import { blobFile } from '../../formats/source'
import { quiet } from '../../formats/testing/files'
import { graphOf } from '../../graph/graft/network/source'
import type { OwnNetwork } from '../../graph/graft/network/types'
import { findTail } from '../../graph/tail/tail'
import { floats, kerasSteps, ownFiles, ownModels } from './testing/own-models'
import { createPace } from '../head/pace'
import { pacedProbabilities } from '../head/probabilities'
import { descentOf } from '../kernels/update-rules'
import { TailProgram } from '../tail/program'
import { trainStep } from '../tail/step'
import { ownNetwork } from './read-own'

async function readOwn(name: keyof typeof ownModels): Promise<OwnNetwork> {
  const files = ownFiles(name).map(({ path, blob }) => blobFile(path, blob))
  const read = await openModel(files, quiet)
  const own = await ownNetwork(read)
  await read.close?.()
  return own
}

const steps = kerasSteps()
const maps = floats(steps.maps)
const averaged = Float32Array.from({ length: maps.length / 16 }, (_, at) => {
  const [row, channel] = [Math.floor(at / 8), at % 8]
  let sum = 0
  for (let place = 0; place < 16; place++) sum += maps[row * 128 + place * 8 + channel]
  return sum / 16
})

const cases = [
  { name: 'vector', data: averaged, length: 8, curve: steps.vector },
  { name: 'vector-tfjs', data: averaged, length: 8, curve: steps.vector },
  { name: 'map', data: maps, length: 128, curve: steps.map },
] as const

async function chances(own: Pick<OwnNetwork, 'structure' | 'weights'>, data: Float32Array, length: number) {
  const rows: number[] = []
  const layer = { kind: 'network', structure: own.structure, weights: own.weights } as const
  for await (const row of pacedProbabilities(data, length, [layer], createPace())) rows.push(...row)
  return rows
}

function expectNear(found: ArrayLike<number>, expected: ArrayLike<number>, most: number): void {
  expect(found.length).toBe(expected.length)
  const worst = Math.max(...Array.from(expected, (value, at) => Math.abs(value - found[at])))
  expect(worst).toBeLessThanOrEqual(most)
}

describe.each(cases)('$name', ({ name, data, length, curve }) => {
  it('gives what Keras gives', async () => {
    expectNear(await chances(await readOwn(name), data, length), floats(curve.before), 1e-6)
  })

  it('learns as Keras does: 50 steps of SGD', async () => {
    const own = await readOwn(name)
    const { graph, weights } = graphOf(own.structure, own.weights)
    const ends = { freeze: own.structure.input, output: own.structure.output }
    const { tail } = await findTail({ graph, weights, image: null }, ends)
    if (!tail) throw new Error('no tail')
    expect(tail.trained.every(({ id, of }) => id === of && own.structure.weights.some((each) => each.id === id))).toBe(
      true,
    )
    const program = await TailProgram.open(tail, { batch: steps.batch, memories: 0 })
    const pace = createPace()
    const losses: number[] = []
    for (let step = 0; step < curve.losses.length; step++) {
      const rows = Int32Array.from(steps.order.slice(step * steps.batch, (step + 1) * steps.batch))
      const batch = {
        rows,
        maps: (row: number) => data.subarray(row * length, (row + 1) * length),
        labels: rows.map((row) => steps.labels[row]),
        weights: null,
      }
      const descent = descentOf('sgd', steps.rate, step + 1)
      losses.push(
        (await trainStep(program, batch, { descent: () => descent, decay: new Map(), clip: null, pace })).mean,
      )
    }
    expectNear(losses, curve.losses, 1e-4)
    program.dispose()
  })
})

it('says what it is', async () => {
  const { facts } = await readOwn('map')
  expect(facts).toMatchObject({ name: 'map', inputShape: [4, 4, 8], outputs: 3, end: 'none', lastInputs: 6 })
  // Kernel, bias, scale, offset, and the dense layer; statistics of the norm do not learn.
  expect(facts.parameters).toBe(9 * 8 * 6 + 6 + 6 + 6 + 6 * 3 + 3)
  expect((await readOwn('vector')).facts.end).toBe('softmax')
  expect((await readOwn('wide')).facts.hash).not.toBe((await readOwn('vector')).facts.hash)
})
