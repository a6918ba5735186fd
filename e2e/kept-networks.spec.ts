import { expect, test, type Page } from '@playwright/test'
import { seriousProblems } from './support/accessibility'
import { openSmallNetwork } from './support/network'
import { openPage } from './support/page'
import { addMadePhotos, comeBack, look, withProfile } from './support/visits'

const linked = '#model=models/efficientnet-lite0/model.json'

/** A network with a cut, photos and a trained head. */
async function makeHead(page: Page): Promise<void> {
  await openPage(page)
  await openSmallNetwork(page)
  await addMadePhotos(page, 1, 12)
  await page.evaluate(() => window.cutpoint.train())
}

test('a link opens its network and deletes nothing; the one before can be gone back to, with its heads', async () => {
  await withProfile(async (context) => {
    const page = await context.newPage()
    await makeHead(page)
    const before = await look(page)
    await page.close()

    const link = await context.newPage()
    await link.goto(`./${linked}`)
    const told = link.getByRole('status').filter({ hasText: 'is kept, with its cut and 1 trained head' })
    await expect(told).toBeVisible({ timeout: 60_000 })
    expect(await look(link)).toMatchObject({ photos: before.photos, heads: [], cut: [] })
    expect(await seriousProblems(link)).toEqual([])
    await link.screenshot({ path: test.info().outputPath('link.png') })

    await link.getByRole('button', { name: 'Go back to it' }).click()
    await expect.poll(() => look(link), { timeout: 30_000 }).toEqual(before)
    await expect(link.getByTitle(/^Open “/)).toBeVisible()
  })
})

test('a second network in the same visit deletes no head, and Continue still knows both', async () => {
  await withProfile(async (context) => {
    const page = await context.newPage()
    await makeHead(page)
    const before = await look(page)
    await page.evaluate(() => window.cutpoint.open('models/efficientnet-lite0/model.json'))
    expect((await look(page)).heads).toEqual([])

    await openPage(page)
    await expect(page.getByRole('heading', { name: 'Continue where you left off' })).toBeVisible()
    await expect(page.getByRole('heading', { name: 'Also kept on this device' })).toBeVisible()
    expect(await seriousProblems(page)).toEqual([])
    await page.screenshot({ path: test.info().outputPath('continue.png') })
    await comeBack(page)
    await expect.poll(async () => (await look(page)).photos, { timeout: 30_000 }).toEqual(before.photos)
    const back = page.getByTitle(/^Open “/)
    await expect(back).toBeEnabled({ timeout: 30_000 })
    await page.screenshot({ path: test.info().outputPath('model-station.png') })
    await back.click()
    await expect.poll(() => look(page), { timeout: 30_000 }).toEqual(before)

    await page.getByRole('button', { name: /^Delete “/ }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete it' }).click()
    await expect(page.getByRole('heading', { name: 'Also kept on this device' })).toBeHidden()
  })
})

test('what an older Cutpoint kept is there after its database is brought to the present version', async () => {
  await withProfile(async (context) => {
    const page = await context.newPage()
    await makeHead(page)
    const before = await look(page)
    await toVersionOne(page)
    await comeBack(page)
    await expect.poll(() => look(page), { timeout: 30_000 }).toEqual(before)
  })
})

test('files lie where an older Cutpoint kept them; what is left of models that are not kept goes', async () => {
  await withProfile(async (context) => {
    const page = await context.newPage()
    await makeHead(page)
    const before = await look(page)
    const files = await filesOnDisk(page)
    const older = [/^cutpoint\/model\/[0-9a-f]{24}%2F\d$/, /^cutpoint\/(picture|thumbnail)\/[0-9a-f]{64}$/]
    expect(files.filter((path) => !older.some((form) => form.test(path)))).toEqual([])
    expect(files.filter((path) => older[0].test(path)).length).toBeGreaterThan(1)

    // As an older one leaves them whose tab is killed while it keeps another model.
    await page.goto('./models/efficientnet-lite0/model.json')
    await page.evaluate(async () => {
      const home = await (await navigator.storage.getDirectory()).getDirectoryHandle('cutpoint')
      for (const [folder, name] of [
        ['model', '000000000000000000000000%2F0'],
        ['unfinished', '1-1'],
      ]) {
        const made = await home.getDirectoryHandle(folder, { create: true })
        const writing = await (await made.getFileHandle(name, { create: true })).createWritable()
        await writing.write('left')
        await writing.close()
      }
    })
    expect(await filesOnDisk(page)).toHaveLength(files.length + 2)
    await comeBack(page)
    await expect.poll(() => look(page), { timeout: 30_000 }).toEqual(before)
    await expect.poll(() => filesOnDisk(page)).toEqual(files)
  })
})

/** Paths of all files in the site's private file system. */
async function filesOnDisk(page: Page): Promise<string[]> {
  const files = await page.evaluate(async () => {
    const found: string[] = []
    const walk = async (folder: FileSystemDirectoryHandle, start: string): Promise<void> => {
      for await (const [name, handle] of folder.entries()) {
        if (handle instanceof FileSystemDirectoryHandle) await walk(handle, `${start}${name}/`)
        else found.push(`${start}${name}`)
      }
    }
    await walk(await navigator.storage.getDirectory(), '')
    return found
  })
  return files.sort()
}

/** Writes what is kept as version 1 had it: one network, among the values. */
async function toVersionOne(page: Page): Promise<void> {
  await page.goto('./models/efficientnet-lite0/model.json')
  await page.evaluate(async () => {
    const done = <Result>(request: IDBRequest<Result>): Promise<Result> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(new Error('cannot be read'))
      })
    const opened = await done(indexedDB.open('cutpoint'))
    const names = ['values', 'photos', 'heads', 'networks'] as const
    const read = opened.transaction(names)
    const all = await Promise.all(
      names.map(async (name) => {
        const store = read.objectStore(name)
        return { name, keys: await done(store.getAllKeys()), rows: (await done(store.getAll())) as unknown[] }
      }),
    )
    opened.close()
    await done(indexedDB.deleteDatabase('cutpoint'))
    const request = indexedDB.open('cutpoint', 1)
    request.onupgradeneeded = () => {
      for (const name of ['values', 'photos', 'heads', 'features', 'files']) request.result.createObjectStore(name)
    }
    const old = await done(request)
    const write = old.transaction(['values', 'photos', 'heads'], 'readwrite')
    const complete = new Promise((resolve) => write.addEventListener('complete', resolve))
    for (const { name, keys, rows } of all) {
      if (name === 'networks') {
        for (const [key, value] of Object.entries(rows[0] as object)) {
          if (key !== 'at') write.objectStore('values').put(value, key)
        }
      } else keys.forEach((key, index) => write.objectStore(name).put(rows[index], key))
    }
    await complete
    old.close()
  })
}
