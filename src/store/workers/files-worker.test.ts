import { expect, it, vi } from 'vitest'
import type { BlobStore } from '../../keeping/files/blobs'
import { memoryStore } from '../../keeping/files/memory'
import { workerDied } from '../../workers/life/lifeline'
import { beginStore } from '../testing/begin'

const blob = (text: string): Blob => new Blob([text])
const keptNetwork = (key: string) => ({ model: { key, name: key, from: { files: [] }, choices: {} } }) as never

/** The store as it is where a disk is there for the files of models, with these on it from before. */
async function begun(before: readonly string[] = []) {
  const store = await beginStore()
  const workers = await import('./workers')
  const place = await import('./files-worker')
  const disk: BlobStore = { ...memoryStore(), kind: 'opfs' }
  for (const key of before) await disk.put(key, blob(key))
  store.fakes.openModels = () => Promise.resolve({ store: disk, why: null })
  store.setState(({ keeping }) => ({ keeping: { ...keeping, kind: 'opfs' }, notices: [] }))
  const keys = async (): Promise<string[]> => (await disk.keys('')).sort()
  return { ...store, ...workers, ...place, disk, keys }
}

it('is not started before it is asked for something, and then has its place open', async () => {
  const { fakes, filesWorker } = await begun()
  expect(fakes.files).toHaveLength(0)
  await filesWorker().keep('model/a/0', blob('a'))
  expect(await (await filesWorker().read('model/a/0'))?.text()).toBe('a')
  expect(fakes.files.map(({ calls }) => calls)).toEqual([['use', 'keep', 'read']])
})

it.each(['use', 'keep', 'read'])(
  'dies over “%s”: the next has the place open, and does what was asked',
  async (over) => {
    const { fakes, filesWorker, getState } = await begun()
    fakes.filesFate = (life, _, name) => (life === 1 && name === over ? 'dies' : 'answers')
    await filesWorker().keep('model/a/0', blob('a'))
    expect(await (await filesWorker().read('model/a/0'))?.text()).toBe('a')
    expect(fakes.files).toHaveLength(2)
    expect(fakes.images).toHaveLength(1)
    expect(fakes.lives).toHaveLength(1)
    expect(getState().notices.map(({ kind }) => kind)).toEqual(['remark'])
  },
)

it('goes on with what it does where the image worker dies, and the image worker where it does', async () => {
  const { fakes, filesWorker, imageWorker } = await begun()
  let go = (): void => undefined
  const held = new Promise<void>((resolve) => (go = resolve))
  fakes.filesFate = (life, _, name) => (life === 1 && name === 'keep' ? held : 'answers')
  const keeping = filesWorker().keep('model/a/0', blob('a'))
  await vi.waitFor(() => expect(fakes.files.at(0)?.calls).toEqual(['use', 'keep']))
  fakes.images.at(-1)?.die()
  await imageWorker().examine(blob('cat'), 'cat')
  expect(fakes.images).toHaveLength(2)
  go()
  await keeping
  expect(fakes.files.map(({ calls }) => calls)).toEqual([['use', 'keep']])

  fakes.imageFate = (life, _, name) => (life === 2 && name === 'fetch' ? held : 'answers')
  fakes.files.at(0)?.die(workerDied())
  expect(await (await imageWorker().fetch('picture', 'cat'))?.text()).toBe('cat')
  expect(fakes.images).toHaveLength(2)
  expect(await (await filesWorker().read('model/a/0'))?.text()).toBe('a')
})

it('deletes once what no kept network refers to, and nothing that is kept in this visit, though it dies', async () => {
  const { fakes, filesWorker, tidyModels, setState, keys } = await begun(['model/old/0', 'model/kept/0'])
  setState(({ keeping }) => ({ keeping: { ...keeping, networks: [keptNetwork('kept')] } }))
  tidyModels()
  expect(fakes.files).toHaveLength(0)
  await filesWorker().keep('model/new/0', blob('new'))
  await vi.waitFor(async () => expect(await keys()).toEqual(['model/kept/0', 'model/new/0']))
  fakes.files.at(0)?.die()
  await filesWorker().keep('model/new/1', blob('new'))
  expect(fakes.files.map(({ calls }) => calls.filter((name) => name === 'tidy').length)).toEqual([1, 0])
  expect(await keys()).toEqual(['model/kept/0', 'model/new/0', 'model/new/1'])
})

it('leaves what no network refers to where it was not said that all of them are known', async () => {
  const { filesWorker, keys } = await begun(['model/old/0'])
  await filesWorker().keep('model/new/0', blob('new'))
  expect(await keys()).toEqual(['model/new/0', 'model/old/0'])
})

it('keeps nothing where nothing is kept, and opens no place', async () => {
  const { fakes, filesWorker, setState, keys } = await begun()
  fakes.openModels = () => Promise.resolve({ store: memoryStore(), why: null })
  setState(({ keeping }) => ({ keeping: { ...keeping, kind: 'memory' } }))
  await expect(filesWorker().keep('model/a/0', blob('a'))).rejects.toMatchObject({ code: 'not-available' })
  expect(await keys()).toEqual([])
})

it('is asked anew for its place where it could not open it', async () => {
  const { fakes, filesWorker, disk } = await begun()
  fakes.openModels = (life) => Promise.resolve({ store: life === 1 ? memoryStore() : disk, why: null })
  await expect(filesWorker().keep('model/a/0', blob('a'))).rejects.toMatchObject({ code: 'not-available' })
  await filesWorker().keep('model/a/0', blob('a'))
  expect(await disk.keys('')).toEqual(['model/a/0'])
})
