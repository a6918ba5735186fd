import { expect, it } from 'vitest'
import { errorOf } from '../../formats/testing/errors'
import { floats, tinyModel } from '../../formats/testing/tiny-model'
import { createSession } from './session'

const float = { type: 'DT_FLOAT' }

/** A function of one number or more, of one operation. */
const oneOp = (name: string, node: object, [output, type]: readonly [string, string], gives: string): object => ({
  signature: {
    name,
    inputArg: [{ name: 'v', type: 'DT_FLOAT' }],
    outputArg: [{ name: output, type }],
  },
  nodeDef: [node],
  ret: { [output]: gives },
})

/** `y = x · w`, and beside it `loop`, which begins with x and goes on for as long as v ≤ v. */
function endless(): Blob {
  const model = tinyModel()
  model.modelTopology.node.push({
    name: 'loop',
    op: 'StatelessWhile',
    input: ['x'],
    attr: {
      cond: { func: { name: 'always' } },
      body: { func: { name: 'same' } },
      T: { list: { type: ['DT_FLOAT'] } },
    },
  })
  model.modelTopology.library = {
    function: [
      oneOp(
        'always',
        { name: 'go', op: 'LessEqual', input: ['v', 'v'], attr: { T: float } },
        ['more', 'DT_BOOL'],
        'go:z:0',
      ),
      oneOp('same', { name: 'as', op: 'Neg', input: ['v'], attr: { T: float } }, ['next', 'DT_FLOAT'], 'as:y:0'),
    ],
  }
  model.signature = { outputs: { y: { name: 'y:0' }, loop: { name: 'loop:0' } } }
  return new Blob([JSON.stringify(model)])
}

it('a loop that never ends can be cancelled, and what comes after it runs', async () => {
  const session = createSession(() => undefined)
  const files = [
    { path: 'net/model.json', blob: endless() },
    { path: 'net/w.bin', blob: new Blob([floats(1.5, -2).slice()]) },
  ]
  await session.open('open', { files }, {}, 1)
  const x = { shape: [1, 2], dtype: 'float32' as const, data: Float32Array.of(1, 2) }
  const before = session.memory().tensors
  const running = errorOf(session.run('loop', { 'x:0': x }, ['loop:0'], { optimise: false }))
  const cancelled = setInterval(() => session.cancel('loop'), 50)
  expect((await running).code).toBe('cancelled')
  clearInterval(cancelled)
  expect(session.memory().tensors).toBe(before)
  expect((await session.run('after', { 'x:0': x }, ['y:0']))['y:0'].data).toEqual(Float32Array.of(1.5, -4))
})
