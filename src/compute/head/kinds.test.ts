import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import { beforeAll, describe, expect, it } from 'vitest'
import { createPace } from './pace'
import { pacedProbabilities } from './probabilities'
import { networkLayer, ownOf } from './testing/network-layer'
import { quietJob } from './testing/quiet-job'
import { synthesise } from './testing/synthetic'
import type { Fittable } from './types'
import { uniform } from '../../random'
import { fitHead, refitOf } from '../../heads/fits'
import { headKinds, specOf } from '../../heads/specs'
import type { HeadLayer } from '../../graph/graft/layers/forms'
import { arraysOf, layersFit, recordOf, sizesOf } from '../../graph/graft/layers/kept'

beforeAll(() => tf.setBackend('cpu'))

const [length, classes] = [24, 3]
/** The same numbers as a map, for kinds that want one. */
const map = { height: 2, width: 2, channels: 6, channelsFirst: false }

const small = uniform(5)
/** What is a head of one’s own. */
const network = ownOf(
  networkLayer(length, classes, (count) => Float32Array.from({ length: count }, () => 0.2 * (small() - 0.5))),
)

/** `count` photos of each of three labels, of which each fourth is held out. */
function photos(count: number): { readonly given: Fittable; readonly held: Required<Fittable>['training'] } {
  const { features, labels } = synthesise(count * classes, length, classes, 7)
  const rows = (isHeld: boolean): Fittable['training'] => {
    const places = Int32Array.from(labels.keys()).filter((row) => (row % 4 === 0) === isHeld)
    const data = Float32Array.from(
      [...places].flatMap((row) => [...features.subarray(row * length, (row + 1) * length)]),
    )
    return { data, classes: places.map((row) => labels[row]), photos: places, units: places }
  }
  const training = rows(false)
  return {
    given: {
      training,
      validation: null,
      length,
      lengths: [length],
      classes,
      classWeights: 'none',
      seed: 1,
      network,
      map,
    },
    held: rows(true),
  }
}

async function chancesOf(data: Float32Array, layers: readonly HeadLayer[]): Promise<Float32Array> {
  const all: number[] = []
  for await (const row of pacedProbabilities(data, length, layers, createPace())) all.push(...row)
  return Float32Array.from(all)
}

describe.each(headKinds)('a head of the kind %s', (kind) => {
  const options = specOf(kind).defaults

  it('learns, and gives layers from the features to the labels', async () => {
    const { given, held } = photos(40)
    const { layers, fit, history } = await fitHead(kind, options, given, quietJob)
    expect(sizesOf(recordOf(layers[0]))?.input.reduce((product, size) => product * size)).toBe(length)
    expect(layersFit(layers.map(recordOf), classes)).toBe(true)
    const chances = await chancesOf(held.data, layers)
    const right = held.classes.filter((label, row) => {
      const own = chances.subarray(row * classes, (row + 1) * classes)
      return own[label] === Math.max(...own)
    })
    expect(right.length / held.classes.length).toBeGreaterThan(0.7)
    expect(history.length).toBeGreaterThan(0)
    expect(fit.loss).toBeLessThan(Math.log(classes))
  })

  it('is the same for another seed exactly where its spec says that nothing is random', async () => {
    const { given } = photos(6)
    const [one, other] = [
      await fitHead(kind, options, given, quietJob),
      await fitHead(kind, options, { ...given, seed: 2 }, quietJob),
    ]
    const numbers = ({ layers }: typeof one): number[] => layers.flatMap(arraysOf).flatMap((array) => [...array])
    expect(numbers(one).every((value, at) => value === numbers(other)[at])).toBe(!specOf(kind).random)
  })

  it('is trained again on other rows as from the beginning, where it can be', async () => {
    const { given } = photos(12)
    const { held } = photos(40)
    const refit = refitOf(kind, options)
    if (!refit) return
    const { layers } = await fitHead(kind, options, given, quietJob)
    const fewer = { ...given, training: photos(8).given.training }
    const again = await refit(fewer, layers, quietJob)
    const fresh = await fitHead(kind, options, fewer, quietJob)
    const expected = await chancesOf(held.data, fresh.layers)
    ;(await chancesOf(held.data, again.layers)).forEach((chance, place) =>
      expect(chance).toBeCloseTo(expected[place], 1),
    )
    expect(again.work).toBeGreaterThan(0)
  })
})
