import { expect, it } from 'vitest'
import type { BlobStore } from '../keeping/files/blobs'
import { memoryStore } from '../keeping/files/memory'
import { KeptModels } from './kept-models'
import { KeptPictures } from './kept-pictures'

const listener = { failed: () => undefined, held: () => undefined, dropped: () => undefined }

/** Pictures and models on one disk, as two workers have them. */
async function onOneDisk() {
  const disk: BlobStore = { ...memoryStore(), kind: 'opfs' }
  const open = () => Promise.resolve({ store: disk, why: null })
  const [pictures, models] = [new KeptPictures(open), new KeptModels(open)]
  await pictures.use(['opfs'], listener)
  await models.use('opfs')
  for (const name of ['cat', 'dog']) await pictures.shelf.put('picture', name, new Blob([name]))
  for (const key of ['model/a/0', 'model/a/1', 'model/b/0']) await models.keep(key, new Blob([key]))
  const keys = async (): Promise<string[]> => (await disk.keys('')).sort()
  /** As another visit finds it. */
  const anew = async () => {
    const [laterPictures, laterModels] = [new KeptPictures(open), new KeptModels(open)]
    await laterPictures.use(['opfs'], listener)
    await laterModels.use('opfs')
    return { pictures: laterPictures, models: laterModels }
  }
  return { pictures, models, keys, anew }
}

it('deletes the files of all models but those wanted and those that came since, and no picture', async () => {
  const { anew, keys } = await onOneDisk()
  const { models } = await anew()
  await models.keep('model/new/0', new Blob(['new']))
  const tidying = models.tidy(['b'])
  await models.keep('model/new/1', new Blob(['new']))
  await tidying
  expect(await keys()).toEqual(['model/b/0', 'model/new/0', 'model/new/1', 'picture/cat', 'picture/dog'])
})

it('pictures that are not wanted go, and no model', async () => {
  const { anew, keys } = await onOneDisk()
  const { pictures } = await anew()
  await pictures.tidy(['dog'])
  expect(await keys()).toEqual(['model/a/0', 'model/a/1', 'model/b/0', 'picture/dog'])
})

it('forgets one model or all of them, and each its own', async () => {
  const { pictures, models, keys } = await onOneDisk()
  await models.forget('a')
  expect(await keys()).toEqual(['model/b/0', 'picture/cat', 'picture/dog'])
  await models.forget(null)
  expect(await keys()).toEqual(['picture/cat', 'picture/dog'])
  await pictures.forget()
  expect(await keys()).toEqual([])
})

it('says so where there is no place for them, and keeps nothing in memory', async () => {
  const models = new KeptModels(() => Promise.resolve({ store: memoryStore(), why: 'refused' }))
  await expect(models.use('opfs')).rejects.toMatchObject({ code: 'not-available', details: { why: 'refused' } })
  await expect(models.keep('model/a/0', new Blob(['a']))).rejects.toMatchObject({ code: 'not-available' })
})

it('opens its place anew where that is gone, once for all who find that out', async () => {
  const places: BlobStore[] = []
  const models = new KeptModels(() => {
    const place: BlobStore = { ...memoryStore(), kind: 'opfs' }
    places.push(place)
    return Promise.resolve({ store: place, why: null })
  })
  await models.use('opfs')
  places[0].put = () => Promise.reject(new DOMException('It is gone.', 'NotFoundError'))
  await Promise.all(['model/a/0', 'model/a/1'].map((key) => models.keep(key, new Blob([key]))))
  expect(places).toHaveLength(2)
  expect(await places[1].keys('')).toEqual(['model/a/0', 'model/a/1'])
  places[1].put = () => Promise.reject(new DOMException('no', 'UnknownError'))
  await expect(models.keep('model/a/2', new Blob(['a']))).rejects.toThrow('no')
  expect(places).toHaveLength(2)
})

it('does not tidy in a place that was opened anew, where what came since could not be told from what is old', async () => {
  const places: BlobStore[] = []
  const models = new KeptModels(() => {
    const place: BlobStore = { ...memoryStore(), kind: 'indexeddb' }
    places.push(place)
    return Promise.resolve({ store: place, why: null })
  })
  await models.use('indexeddb')
  for (let file = 0; file < 20; file++) await places[0].put(`model/old/${file}`, new Blob(['old']))
  const gone = () => Promise.reject(new DOMException('It is closed.', 'InvalidStateError'))
  places[0].put = gone
  let kept: Promise<void> | null = null
  places[0].delete = async () => {
    if (kept) {
      await kept
      return gone()
    }
    kept = models.keep('model/new/0', new Blob(['new']))
  }
  await models.tidy([]).catch(() => undefined)
  expect(await places[1].keys('')).toEqual(['model/new/0'])
})
