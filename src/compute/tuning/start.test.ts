import { expect, it } from 'vitest'
import { errorOf } from '../../formats/testing/errors'
import { quietJob } from '../head/testing/quiet-job'
import { startOf, type TailTraining } from './start'

it.each([
  [true, false],
  [false, true],
])('refuses a network that mixes pictures: features one by one %s, maps %s', async (atCut, atFreeze) => {
  const rows = { data: new Float32Array(), length: 1, fromCache: 0, ms: 0, decodeMs: 0 }
  const features = { ...rows, oneByOne: atCut }
  const training = { given: { features }, maps: { ...rows, oneByOne: atFreeze } } as TailTraining
  expect(await errorOf(startOf(training, quietJob))).toMatchObject({
    code: 'cannot-tune',
    message: expect.stringMatching(/one picture at a time/) as string,
  })
})
