import { beforeEach, expect, it, vi } from 'vitest'
import { FakeFolderHandle, type FakeFolder } from '../testing/fake-opfs'
import { openBlobStore } from './open'
import { scratch } from './scratch'

let root: FakeFolder

beforeEach(() => {
  root = new Map()
  vi.stubGlobal('FileSystemDirectoryHandle', FakeFolderHandle)
  vi.stubGlobal('navigator', { storage: { getDirectory: () => Promise.resolve(new FakeFolderHandle(root)) } })
  return () => vi.unstubAllGlobals()
})

const open = async (what: keyof typeof scratch) => {
  const { store } = await openBlobStore(['opfs'], scratch[what])
  expect(store.kind).toBe('opfs')
  return store
}

/** What one worker alone kept before, as it lay there when its tab was killed. */
const before = (): FakeFolder =>
  new Map([
    ['picture', new Map([['abc', new Blob(['picture'])]])],
    ['thumbnail', new Map([['abc', new Blob(['small'])]])],
    ['model', new Map([['0123%2F0', new Blob(['weights'])]])],
    ['trial', new Map()],
    ['unfinished', new Map([['1-1', new Blob(['hal'])]])],
  ])

it('finds what one worker alone kept before, and deletes what that had only begun to write', async () => {
  root.set('cutpoint', before())
  const [pictures, models] = await Promise.all([open('pictures'), open('models')])
  expect(await (await models.get('model/0123/0'))?.text()).toBe('weights')
  expect(await models.keys('model/')).toEqual(['model/0123/0'])
  expect(await (await pictures.get('picture/abc'))?.text()).toBe('picture')
  expect(await (await pictures.get('thumbnail/abc'))?.text()).toBe('small')
  const home = root.get('cutpoint') as FakeFolder
  expect([...(home.get('unfinished') as FakeFolder).keys()]).toEqual([])
})

it('a store that is opened leaves what the other one is writing', async () => {
  const pictures = await open('pictures')
  // Held up in the middle of its first piece.
  const blob = new Blob(['cat'])
  let go = (): void => undefined
  const held = new Promise<void>((resolve) => (go = resolve))
  const slow = Object.assign(new Blob(['cat']), {
    slice: () => ({ arrayBuffer: () => held.then(() => blob.arrayBuffer()) }),
  })
  const putting = pictures.put('picture/cat', slow)
  const models = await open('models')
  await models.put('model/0123/0', new Blob(['weights']))
  go()
  await putting
  expect(await (await pictures.get('picture/cat'))?.text()).toBe('cat')
  expect(await (await models.get('model/0123/0'))?.text()).toBe('weights')
})
