import { expect, it } from 'vitest'
import type { TensorValue } from '../types'
import { beginStore } from './testing/begin'
import { trainedHead } from './testing/trained-head'

it('a new compute worker is brought to backend, model, output, inputs, cut and head, in this order, and to nothing else', async () => {
  const { fakes, getState, setState } = await beginStore()
  const { cut } = await import('./model/cut')
  const { heads } = await import('./model/heads')
  const { chooseOutput, setInputValue } = await import('./model/model')
  const { keepComputed } = await import('./keeping/compute-disk')
  const { rebuildCompute } = await import('./workers/workers')
  await chooseOutput('other:0')
  const value: TensorValue = { shape: [], dtype: 'float32', data: new Float32Array(1) }
  await setInputValue('x:0', value)
  await cut(['pool:0'])
  await heads.add(trainedHead, getState(), null)
  const asked: unknown[][] = []
  fakes.fate = (life, _, name, args) => {
    if (life > 1) asked.push([name, ...args])
    return 'answers'
  }
  await rebuildCompute()
  const { model } = getState()
  const again = [
    ['setBackends', ['wasm', 'cpu']],
    ['open', 'rebuild', model?.from, { ...model?.choices, seen: true }, model?.id],
    ['chooseOutput', model?.id, 'other:0'],
    ['setInput', model?.id, 'x:0', value],
    ['cut', model?.id, ['pool:0']],
    ['restoreHead', trainedHead],
  ]
  expect(asked).toEqual(again)

  keepComputed()
  asked.length = 0
  await rebuildCompute()
  expect(asked).toEqual([['keepOnDisk'], ...again])

  // Where no model is open, there is nothing of it to be brought back.
  setState({ model: null, cut: null, heads: [], headId: null })
  asked.length = 0
  await rebuildCompute()
  expect(asked.map(([name]) => name)).toEqual(['keepOnDisk', 'setBackends'])
})
