import '@tensorflow/tfjs-backend-cpu'
import { beforeAll, expect, it } from 'vitest'
import { errorOf } from '../../formats/testing/errors'
import { startBackend } from '../backends/start'
import { createPace } from '../head/pace'
import { TailTeam } from '../tail/team/team'
import { TensorLearner } from '../tail/tensors/learner'
import { fixtureGraph, tailFixtures } from '../tail/testing/fixtures'
import { networkTail, tailBetween } from '../tail/testing/packed'
import { openLearner } from './open-learner'

const options = {
  batch: 4,
  memories: 1,
  trial: { rows: new Int32Array(), maps: () => new Float32Array(), labels: new Int32Array(), weights: null },
  pace: createPace(),
}

beforeAll(() => startBackend('cpu'))

it.each([
  [undefined, TailTeam],
  ['processor', TailTeam],
  ['backend', TensorLearner],
] as const)('asked for %s, a tail is trained by that, on a processor by our own kernels', async (by, kind) => {
  const tail = await networkTail(await fixtureGraph(tailFixtures().networks[0].name))
  const learner = await openLearner(tail, { ...options, by })
  expect(learner).toBeInstanceOf(kind)
  learner.dispose()
})

it('a tail whose slopes TensorFlow.js gets wrong is refused to the backend, and says where', async () => {
  const name = 'average_pool_3x3_s2_SAME'
  const tail = await tailBetween(await fixtureGraph('gradients'), `${name}/maps:0`, `${name}/y:0`)
  expect(await errorOf(openLearner(tail, { ...options, by: 'backend' }))).toMatchObject({
    code: 'cannot-tune',
    message: expect.stringContaining('AvgPool') as string,
  })
  const learner = await openLearner(tail, { ...options, batch: 2, by: 'processor' })
  expect(learner).toBeInstanceOf(TailTeam)
  learner.dispose()
})
