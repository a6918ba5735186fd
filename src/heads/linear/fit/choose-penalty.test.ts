import { describe, expect, it } from 'vitest'
import { CutpointError } from '../../../errors'
import { imageWeights } from '../../../compute/head/class-weights'
import { probabilities } from '../../../compute/head/probabilities'
import { softmaxLayer } from '../../../compute/head/testing/softmax-layer'
import { normal, synthesise } from '../../../compute/head/testing/synthetic'
import { choosePenalty } from './choose-penalty'
import { foldsOf } from '../../../compute/head/folds'
import { fitLinearHead } from './solve'
import type { LinearProblem } from './types'

const tried = [1, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001]

/** Rows of three labels with noise in their labels, so that a large penalty is best, or with none. */
function problem(noise: number): LinearProblem {
  const [images, length, classes] = [90, 12, 3]
  const made = synthesise(images, length, classes, 21)
  const random = normal(5)
  const labels = made.labels.map((label) => (Math.abs(random()) < noise ? (label + 1) % classes : label))
  const features = made.features.map((value, index) =>
    made.labels[Math.floor(index / length)] === index % length ? value + 4 : value,
  )
  return { features, labels, length, classes }
}

const thirds = (given: LinearProblem): Int32Array => given.labels.map((_, row) => Math.floor(row / 3) % 3)

/** Mean cross-entropy of held-out rows, by heads that are fitted to the rest alone. */
async function heldOutLoss(given: LinearProblem, folds: Int32Array, l2: number): Promise<number> {
  const { features, labels, length, classes, classWeights = 'none' } = given
  let loss = 0
  for (const fold of [0, 1, 2]) {
    const rest = [...labels.keys()].filter((row) => folds[row] !== fold)
    const fit = await fitLinearHead(
      {
        features: Float32Array.from(rest.flatMap((row) => [...features.subarray(row * length, (row + 1) * length)])),
        labels: Int32Array.from(rest, (row) => labels[row]),
        length,
        classes,
        classWeights,
      },
      { l2 },
    )
    const chances = probabilities(features, length, [softmaxLayer(fit)])
    const held = Int32Array.from(labels.keys()).filter((row) => folds[row] === fold)
    const weights = imageWeights(
      held.map((row) => labels[row]),
      classes,
      classWeights,
    )
    held.forEach((row, at) => {
      loss -= (Math.log(chances[row * classes + labels[row]]) * weights[at] * held.length) / labels.length
    })
  }
  return loss
}

describe('choosing the penalty', () => {
  it.each([0, 0.3, 3])('finds the one that predicts held-out rows best, with noise %d', async (noise) => {
    const given = problem(noise)
    const folds = thirds(given)
    const losses = await Promise.all(tried.map((l2) => heldOutLoss(given, folds, l2)))
    const chosen = await choosePenalty(given, folds, {})
    expect(chosen).not.toBeNull()
    expect(losses[tried.indexOf(chosen ?? 0)]).toBeLessThan(Math.min(...losses) * 1.01 + 0.005)
  })

  it('counts held-out rows as class weights have it', async () => {
    const even = problem(0.4)
    const { length } = even
    // Two of three rows of the second and third label are left out.
    const rows = [...even.labels.keys()].filter((row) => row % 3 === 0 || Math.floor(row / 9) % 3 === 0)
    const plain: LinearProblem = {
      ...even,
      features: Float32Array.from(rows.flatMap((row) => [...even.features.subarray(row * length, (row + 1) * length)])),
      labels: Int32Array.from(rows, (row) => even.labels[row]),
    }
    const balanced: LinearProblem = { ...plain, classWeights: 'balanced' }
    const folds = Int32Array.from(rows, (row) => Math.floor(row / 3) % 3)
    for (const given of [plain, balanced]) {
      const losses = await Promise.all(tried.map((l2) => heldOutLoss(given, folds, l2)))
      const chosen = await choosePenalty(given, folds, {})
      expect(losses[tried.indexOf(chosen ?? 0)]).toBeLessThan(Math.min(...losses) * 1.01 + 0.005)
    }
  })

  it('chooses more where labels are noisy', async () => {
    const clear = await choosePenalty(problem(0), thirds(problem(0)), {})
    const noisy = await choosePenalty(problem(3), thirds(problem(3)), {})
    expect(noisy ?? 0).toBeGreaterThan(clear ?? 1)
  })

  it('finds none where nothing can be held out', async () => {
    const given = problem(0)
    expect(await choosePenalty(given, new Int32Array(90).fill(-1), {})).toBeNull()
    // Without either fold there is one label only.
    expect(
      await choosePenalty(
        { ...given, labels: given.labels.map((_, row) => row % 2) },
        given.labels.map((_, row) => row % 2),
        {},
      ),
    ).toBeNull()
  })

  it('can be cancelled', async () => {
    const stop = (): never => {
      throw new CutpointError('cancelled', 'The work was cancelled.', 'Start again.')
    }
    const large = { ...synthesise(600, 512, 10, 3), length: 512, classes: 10 }
    await expect(choosePenalty(large, thirds(large), { checkCancelled: stop })).rejects.toMatchObject({
      code: 'cancelled',
    })
  })
})

describe('folds', () => {
  it('hold a third of each label, and keep together what belongs together', () => {
    const classes = Int32Array.from({ length: 27 }, (_, row) => Math.floor(row / 9))
    const units = Int32Array.from(classes.keys())
    units[1] = 0
    units[2] = 0
    const folds = foldsOf({ classes, units }, 3)
    expect([folds[1], folds[2]]).toEqual([folds[0], folds[0]])
    for (const label of [1, 2]) {
      for (const fold of [0, 1, 2])
        expect(folds.filter((one, row) => one === fold && classes[row] === label)).toHaveLength(3)
    }
  })

  it('leave a label in that is all of one recording', () => {
    expect([...foldsOf({ classes: Int32Array.of(0, 0, 1, 1), units: Int32Array.of(0, 0, 2, 3) }, 3)]).toEqual([
      -1, -1, 0, 1,
    ])
  })
})
