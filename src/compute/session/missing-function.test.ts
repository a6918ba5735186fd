import { expect, it } from 'vitest'
import { errorOf } from '../../formats/testing/errors'
import { floats, tinyModel } from '../../formats/testing/tiny-model'
import { createSession } from './session'

const x = { shape: [1, 2], dtype: 'float32' as const, data: Float32Array.of(1, 2) }
const named = (name: string): object => ({ func: { name } })

/** `y = x · w`, and beside it a loop and a condition that run functions of these names; only `outer` is there, and runs `inner`. */
async function opened(functions: readonly [cond: string | null, body: string]) {
  const [cond, body] = functions
  const model = tinyModel()
  const types = { list: { type: ['DT_FLOAT'] } }
  model.modelTopology.node.push({
    name: 'loop',
    op: 'StatelessWhile',
    input: ['x'],
    attr: { ...(cond !== null && { cond: named(cond) }), body: named(body), T: types },
  })
  model.modelTopology.library = {
    function: [
      {
        signature: {
          name: 'outer',
          inputArg: [{ name: 'v', type: 'DT_FLOAT' }],
          outputArg: [{ name: 'next', type: 'DT_FLOAT' }],
        },
        nodeDef: [
          {
            name: 'go',
            op: 'StatelessWhile',
            input: ['v'],
            attr: { cond: named('inner'), body: named('outer'), T: types },
          },
        ],
        ret: { next: 'go:output:0' },
      },
    ],
  }
  model.signature = { outputs: { y: { name: 'y:0' }, loop: { name: 'loop:0' } } }
  const session = createSession(() => undefined)
  const files = [
    { path: 'net/model.json', blob: new Blob([JSON.stringify(model)]) },
    { path: 'net/w.bin', blob: new Blob([floats(1.5, -2).slice()]) },
  ]
  await session.open('open', { files }, {}, 1)
  return session
}

it.each([
  [['nowhere', 'gone'], 'it calls the function “nowhere”, which the file does not hold'],
  [['outer', 'outer'], 'it calls the function “inner”, which the file does not hold'],
  [[null, 'outer'], 'it names no function as its cond'],
] as const)('a loop that runs %j is refused by name, and all else runs', async (functions, reason) => {
  const session = await opened(functions)
  const before = session.memory().tensors
  for (const optimise of [false, true]) {
    const refused = await errorOf(session.run('loop', { 'x:0': x }, ['loop:0'], { optimise }))
    expect(refused).toMatchObject({ code: 'unsupported-op', message: `“loop” cannot be run here: ${reason}.` })
    expect(refused.next).toBe('Choose a tensor that does not depend on it; no backend has it.')
  }
  expect(session.memory().tensors).toBe(before)
  expect((await session.run('y', { 'x:0': x }, ['y:0']))['y:0'].data).toEqual(Float32Array.of(1.5, -4))
})
