import { expect, it, vi } from 'vitest'
import { deferred } from '../../deferred'
import type { ModelSource } from '../../workers/compute'
import type { KeptNetwork } from '../state/types'
import { beginStore } from '../testing/begin'

const network = (key: string): KeptNetwork => ({
  ...{ model: { key, name: key, from: { files: [] }, choices: {} }, output: null, inputs: [], cut: null },
  ...{ pastCuts: [], pastTold: [], preprocessing: null, preprocessingKnown: false, headOrder: [], headId: null, at: 0 },
  advice: { cuts: [], photos: 4, labels: 2, on: { photos: '1', settings: '2' }, at: 3 },
})

/** The store with kept networks, whose files are read only when they are given. */
async function begun() {
  const asked = new Map<string, ReturnType<typeof deferred<ModelSource | null>>>()
  vi.doMock('./model-files', async (original) => ({
    ...(await original<typeof import('./model-files')>()),
    keptFiles: () => {
      const read = deferred<ModelSource | null>()
      asked.set([...asked.keys()].length === 0 ? 'first' : 'second', read)
      return read.promise
    },
  }))
  vi.doMock('./keeping', async (original) => ({
    ...(await original<typeof import('./keeping')>()),
    bringBack: (key: string, restore: (kept: KeptNetwork, heads: readonly never[]) => Promise<boolean>) =>
      restore(network(key), []),
  }))
  const store = await beginStore()
  const { goBackTo } = await import('./restore')
  const openKey = () => store.getState().model?.choices.key
  const give = (which: string) =>
    asked.get(which)?.resolve({ files: [{ path: `${which}.pb`, blob: new Blob([which]) }] })
  return { ...store, goBackTo, openKey, give }
}

it('goes back to the network that was asked for last, however long its files take to be read', async () => {
  const { goBackTo, openKey, give, getState } = await begun()
  const [one, two] = [goBackTo('one'), goBackTo('two')]
  give('second')
  expect(await two).toBe(true)
  expect(getState().advice).toEqual(network('two').advice)
  give('first')
  expect(await one).toBe(false)
  expect(openKey()).toBe('two')
})

it('does not go back over a model that was opened since, and does over one that could not be', async () => {
  const { fakes, goBackTo, openKey, open, give } = await begun()
  const back = goBackTo('one')
  fakes.fate = (_, __, name) => (name === 'open' ? new Promise((resolve) => setTimeout(resolve, 20)) : 'answers')
  const other = open('dropped')
  give('first')
  expect(await back).toBe(false)
  await other
  expect(openKey()).not.toBe('one')

  const { CutpointError } = await import('../../errors')
  fakes.fate = (_, __, name, args) =>
    name === 'open' && (args[2] as { key: string }).key !== 'two'
      ? new CutpointError('not-a-model', 'It is none.', '')
      : 'answers'
  const again = goBackTo('two')
  const failing = open('broken').catch((error: unknown) => error)
  give('second')
  expect(await failing).toMatchObject({ code: 'not-a-model' })
  expect(await again).toBe(true)
  expect(openKey()).toBe('two')
})
