import { expect, test, type Page } from '@playwright/test'
import { setTimeout as moment } from 'node:timers/promises'
import { uniform } from '../src/random'
import { seriousProblems } from './support/accessibility'
import { openSmallNetwork } from './support/network'
import { openPage } from './support/page'
import { addMadePhotos, comeBack, killTab, look, lookInPage, preparePhotos, withProfile } from './support/visits'
import type { Shown } from './support/visits'

/** Kills in each phase: some in every run, all of them on demand. */
const kills = Number(process.env.CUTPOINT_KILLS ?? 4)

/** Milliseconds after the work began in which the tab is killed. */
const latest = 450

/** Heads the page keeps; of more, the oldest go. */
const mostHeads = 20

declare global {
  interface Window {
    seen(shown: string): void
    busy: boolean
    lookInPage(): Promise<unknown>
  }
}

/** What was shown, and whether work was under way. */
type Seen = Shown & { readonly busy: boolean }

/** What a phase does in the page, in which it is killed; `round` makes it different every time. */
const phases: Readonly<Record<string, (page: Page, round: number) => Promise<void>>> = {
  import: async (page, round) => {
    await preparePhotos(page, 100 + round, 40)
    await begin(page, async () => {
      for (const [label, blobs] of Object.entries(window.made)) await window.cutpoint.addImages(label, blobs)
    })
  },
  features: async (page, round) => {
    await page.evaluate((number) => {
      const ranges = ['minus1to1', '0to1', '0to255', 'imagenet', 'caffe'] as const
      const fits = ['crop', 'contain', 'stretch'] as const
      const orders = ['rgb', 'bgr'] as const
      const range = ranges[number % 5]
      return window.cutpoint.setPreprocessing({ range, fit: fits[number % 3], order: orders[number % 2] })
    }, round)
    await begin(page, async () => {
      await window.cutpoint.train()
    })
  },
  training: (page) =>
    begin(page, async () => {
      for (let step = 1; step < 40; step++) await window.cutpoint.train({ head: { kind: 'linear', l2: 0.01 * step } })
    }),
  saving: async (page, round) => {
    await preparePhotos(page, 500 + round, 40)
    await begin(page, async () => {
      const { cutpoint } = window
      const cuts = (await cutpoint.tensors()).filter(({ canCut, shape }) => canCut && shape?.length === 4)
      for (let step = 0; step < 20; step++) {
        await cutpoint.cut(cuts[step % cuts.length].name)
        await cutpoint.addImages(step % 3 === 0 ? `label ${step}` : 'dark', [window.made.dark[step]])
        await cutpoint.setPreprocessing({ fit: step % 2 === 0 ? 'crop' : 'contain' })
        if (step % 5 === 4) await cutpoint.saveProject().catch(() => undefined)
      }
    })
  },
}

/** Starts work in the page without waiting for it. */
async function begin(page: Page, work: () => Promise<void>): Promise<void> {
  await page.evaluate(`window.busy = true; void (${work.toString()})().finally(() => { window.busy = false })`)
}

test.describe('a tab that is killed', () => {
  for (const [name, phase] of Object.entries(phases)) {
    test(`during ${name} loses nothing that was shown`, async () => {
      test.setTimeout(60_000 + kills * 20_000)
      await withProfile(async (context) => {
        const seen: Seen[] = []
        await context.exposeFunction('seen', (shown: string) => seen.push(JSON.parse(shown) as Seen))
        let page = await context.newPage()
        await openPage(page)
        await openSmallNetwork(page)
        await addMadePhotos(page, 1, 40)
        await page.evaluate(() => window.cutpoint.train())

        const random = uniform(name.length * 7919)
        let lost = 0
        let underWay = 0
        for (let round = 0; round < kills; round++) {
          seen.length = 0
          await tellWhatIsShown(page)
          await phase(page, round)
          await moment(random() * latest)
          await killTab(context, page)
          const shown = seen.at(-1)
          if (!shown) throw new Error('nothing was seen')
          if (shown.busy) underWay++
          await page.close()
          page = await context.newPage()
          await comeBack(page)
          const missing = await missingAfter(page, shown)
          if (missing.length > 0) console.log(`killed during ${name}, round ${round}: lost ${missing.join(', ')}`)
          lost += missing.length
        }
        // Every picture that is there can be read, and the head predicts.
        const all = await page.evaluate(async () => {
          await window.cutpoint.setPreprocessing({ width: 8, height: 8, fit: 'stretch', range: '0to1', order: 'rgb' })
          const { shape } = await window.cutpoint.features()
          return { rows: shape[0], photos: (await window.cutpoint.photos()).length }
        })
        expect(all.rows).toBe(all.photos)
        console.log(`${kills} kills during ${name}, ${underWay} of them while it was under way: ${lost} things lost`)
        expect(lost).toBe(0)
      })
    })
  }
})

/** Has the page tell whenever it shows something else. */
async function tellWhatIsShown(page: Page): Promise<void> {
  await page.evaluate(`window.lookInPage = ${lookInPage.toString()}; window.busy = false`)
  await page.evaluate(() => {
    let told = ''
    const tell = async (): Promise<void> => {
      const shown = JSON.stringify({ ...((await window.lookInPage()) as object), busy: window.busy })
      if (shown !== told) window.seen(shown)
      told = shown
    }
    setInterval(() => void tell(), 5)
    return tell()
  })
}

/** What was shown and does not come back. */
async function missingAfter(page: Page, shown: Shown): Promise<string[]> {
  let missing: string[] = []
  const nothing = async (): Promise<number> => {
    const now = await look(page)
    // Heads that came after the last look may have taken the places of the oldest.
    const newer = now.heads.filter((head) => !shown.heads.includes(head)).length
    const wanted = { ...shown, heads: shown.heads.slice(Math.max(0, shown.heads.length + newer - mostHeads)) }
    const gone = (key: 'photos' | 'labels' | 'heads'): string[] =>
      wanted[key].filter((one) => !now[key].includes(one)).map((one) => `${key}: ${one}`)
    missing = [...gone('photos'), ...gone('labels'), ...gone('heads')]
    // A cut that was asked for after this one may be kept already.
    if (shown.cut.length > 0 && now.cut.length === 0) missing.push(`cut: ${shown.cut.join()}`)
    return missing.length
  }
  await expect
    .poll(nothing, { timeout: 8_000 })
    .toBe(0)
    .catch(() => undefined)
  return missing
}

test('what was there is there after a reload, and predicts the same without training', async () => {
  await withProfile(async (context) => {
    const page = await context.newPage()
    await openPage(page)
    await openSmallNetwork(page)
    await addMadePhotos(page, 1, 24)
    const predict = () => page.evaluate(() => window.cutpoint.predict(window.made.dark[0]))
    await page.evaluate(() => window.cutpoint.train())
    const before = { shown: await look(page), prediction: await predict() }

    await comeBack(page)
    await expect.poll(() => look(page)).toEqual(before.shown)
    await preparePhotos(page, 1, 24)
    expect(await predict()).toEqual(before.prediction)
    expect(await page.evaluate(async () => (await window.cutpoint.preprocessing()).range)).toBe('minus1to1')
    const { features } = await page.evaluate(() => window.cutpoint.train())
    expect(features).toMatchObject({ count: 24, fromCache: 24 })
  })
})

test('Start fresh asks once and leaves nothing', async () => {
  await withProfile(async (context) => {
    const page = await context.newPage()
    await openPage(page)
    await openSmallNetwork(page)
    await addMadePhotos(page, 1, 8)
    await page.evaluate(() => window.cutpoint.train())
    await openPage(page)
    expect(await seriousProblems(page)).toEqual([])
    await page.getByRole('button', { name: 'Start fresh' }).click()
    await expect(page.getByRole('dialog')).toBeVisible()
    expect(await seriousProblems(page)).toEqual([])
    await page.getByRole('dialog').getByRole('button', { name: 'Keep it' }).click()
    await expect(page.getByRole('heading', { name: 'Continue where you left off' })).toBeVisible()
    await page.getByRole('button', { name: 'Start fresh' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete everything' }).click()
    await expect(page.getByText('Everything was deleted.')).toBeVisible()
    await expect(page.getByRole('heading', { name: 'Continue where you left off' })).toBeHidden()
    expect(await kept(page)).toEqual({ files: [], records: 0 })

    await openPage(page)
    await expect(page.getByRole('button', { name: 'Try the built-in sample' })).toBeEnabled()
    await openSmallNetwork(page)
    expect(await look(page)).toMatchObject({ photos: [], labels: [], heads: [] })
  })
})

/** Files and records on disk: pictures, models, and whatever else was kept. */
function kept(page: Page): Promise<{ files: string[]; records: number }> {
  return page.evaluate(async () => {
    const files: string[] = []
    const walk = async (folder: FileSystemDirectoryHandle): Promise<void> => {
      for await (const [name, handle] of folder.entries()) {
        if (handle instanceof FileSystemDirectoryHandle) await walk(handle)
        else files.push(name)
      }
    }
    await walk(await navigator.storage.getDirectory())
    const done = <Result>(request: IDBRequest<Result>): Promise<Result> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(new Error('cannot be read'))
      })
    const database = await done(indexedDB.open('cutpoint'))
    const tx = database.transaction(['photos', 'heads', 'features'])
    const counts = await Promise.all(['photos', 'heads', 'features'].map((name) => done(tx.objectStore(name).count())))
    database.close()
    return { files, records: counts.reduce((sum, count) => sum + count, 0) }
  })
}

test('a network opened at once takes the photos of last time in, and says so', async () => {
  await withProfile(async (context) => {
    const page = await context.newPage()
    await openPage(page)
    await openSmallNetwork(page)
    await addMadePhotos(page, 1, 12)
    const { photos, labels } = await look(page)
    await openPage(page)
    await expect(page.getByRole('heading', { name: 'Continue where you left off' })).toBeVisible()
    await openSmallNetwork(page)
    expect(await look(page)).toMatchObject({ photos, labels, heads: [] })
    const notice = page.getByRole('status').filter({ hasText: 'of last time are here again' })
    await notice.getByRole('button', { name: 'Start fresh' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete everything' }).click()
    await expect(page.getByRole('button', { name: 'Try the built-in sample' })).toBeVisible()
    expect(await look(page)).toMatchObject({ photos: [], labels: [] })
  })
})

test('a second tab says that it keeps nothing, and does no harm', async () => {
  await withProfile(async (context) => {
    const first = await context.newPage()
    await openPage(first)
    await openSmallNetwork(first)
    await addMadePhotos(first, 1, 8)
    const before = await look(first)

    const second = await context.newPage()
    await openPage(second)
    await expect(second.getByText('Cutpoint is open in another tab.')).toBeVisible()
    await openSmallNetwork(second)
    await addMadePhotos(second, 2, 8)
    await second.evaluate(() => window.cutpoint.train())
    await second.evaluate(() => window.cutpoint.reset())
    await second.close()

    await comeBack(first)
    await expect.poll(() => look(first)).toEqual(before)
  })
})

test('a full disk is told; what was kept stays, and the visit goes on', async () => {
  await withProfile(async (context) => {
    const page = await context.newPage()
    await openPage(page)
    await openSmallNetwork(page)
    await addMadePhotos(page, 1, 8)
    const before = await look(page)

    const client = await context.newCDPSession(page)
    await client.send('Storage.overrideQuotaForOrigin', { origin: new URL(page.url()).origin, quotaSize: 1 })
    await addMadePhotos(page, 2, 40)
    const told = page.getByRole('alert').filter({ hasText: 'The disk is full.' })
    await expect(told).toBeVisible()
    const { photos } = await look(page)
    expect(photos).toHaveLength(48)
    expect(await page.evaluate(async () => (await window.cutpoint.train()).features.count)).toBe(48)

    await client.send('Storage.overrideQuotaForOrigin', { origin: new URL(page.url()).origin })
    await comeBack(page)
    // Photos are there before the network is open again.
    await expect
      .poll(() => look(page), { timeout: 20_000 })
      .toMatchObject({
        labels: before.labels,
        cut: before.cut,
        photos: expect.arrayContaining([...before.photos]),
      })
  })
})
