import { expect, test } from 'vitest'
import { beginStore } from '../store/testing/begin'
import { trainedHead } from '../store/testing/trained-head'
import type { PaletteGroup, PaletteItem } from './types'

/** The store with a model open and cut, and heads trained at these cuts with these options. */
async function begun(...trained: readonly { readonly cut: string; readonly l2: number }[]) {
  const store = await beginStore()
  const { getState } = store
  const { heads } = await import('../store/model/heads')
  const { cut } = await import('../store/model/cut')
  const { headActions: actions } = await import('./heads')
  for (const { cut: tensor, l2 } of trained) {
    await cut([tensor])
    const { options } = getState()
    await heads.add(
      { ...trainedHead, cut: [tensor] },
      { ...getState(), options: { ...options, head: { kind: 'linear', l2, scale: 'global' } } },
      null,
    )
  }
  const lines = (): readonly PaletteItem[] => Object.values(actions).flatMap(({ items }) => items?.(getState()) ?? [])
  return { ...store, actions, lines, of: (group: PaletteGroup) => lines().filter((line) => line.group === group) }
}

const at = { cut: 'a:0', l2: 0.01 }

test('heads stand in the list of everything by names that tell them apart, once there are two', async () => {
  expect((await begun(at)).of('heads')).toEqual([])
  const { of } = await begun(at, { cut: 'net/b:0', l2: 0.1 }, at)
  expect(of('heads').map(({ title, checked }) => [title, checked ?? null])).toEqual([
    ['Use Linear, λ 0.01 at a (3)', true],
    ['Use Linear, λ 0.1 at net/b', false],
    ['Use Linear, λ 0.01 at a (1)', false],
    ['Delete Linear, λ 0.01 at a (3)', null],
    ['Delete Linear, λ 0.1 at net/b', null],
    ['Delete Linear, λ 0.01 at a (1)', null],
  ])
})

test('a line makes its head the current one, or takes it away', async () => {
  const { of, getState } = await begun(at, { ...at, l2: 0.1 })
  const line = (called: string) => of('heads').find(({ title }) => title === called)
  const [first, second] = getState().heads
  expect(getState().headId).toBe(second.id)
  await line('Use Linear, λ 0.01')?.run()
  expect(getState().headId).toBe(first.id)
  await line('Delete Linear, λ 0.1')?.run()
  expect(getState().heads).toEqual([first])
})

test('nothing is done to heads while something runs', async () => {
  const { actions, of, getState, setState } = await begun(at, { ...at, l2: 0.1 })
  const [{ id }] = getState().heads
  const job = { id: 'job', what: 'Training', done: 0, total: 0, unit: null, left: null }
  setState({ jobs: [{ ...job, cancelling: false, pausable: false, pausing: false }] })
  const before = getState()
  expect([actions.chooseHead.enabled(before, id), actions.removeHead.enabled(before, id)]).toEqual([false, false])
  expect(of('heads')).toEqual([])
  await actions.chooseHead.run(id)
  await actions.removeHead.run(id)
  expect(getState()).toBe(before)
})

test('the export has a line for each format as soon as there is a head', async () => {
  expect((await begun()).of('save')).toEqual([])
  const { of } = await begun(at)
  expect(of('save').map(({ title }) => title)).toEqual(['Export trunk and head: TensorFlow.js graph model (zip)'])
})
