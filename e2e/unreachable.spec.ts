import { BlobWriter, TextReader, ZipWriter } from '@zip.js/zip.js'
import { expect, test, type Locator, type Page } from '@playwright/test'
import { cpSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { dense } from '../src/heads/dense/spec'
import { sampleIndex, samplesFolder } from './support/data'
import { openSmallNetwork } from './support/network'
import { openPage } from './support/page'
import { addMadePhotos } from './support/visits'
import { serve } from '../tools/serve.mjs'
import type { HeadOptions } from '../src/types'

/** A copy of the built site from which files can go, as they do when the network does, or when a site is updated. */
class Site {
  readonly folder = mkdtempSync(join(tmpdir(), 'cutpoint-'))

  constructor() {
    cpSync(resolve('dist'), this.folder, { recursive: true })
  }

  /** While `work` runs, files that are named so, and hold those words where there are any, are not there. */
  async without(name: RegExp, work: () => Promise<void>, holding = ''): Promise<void> {
    const assets = join(this.folder, 'assets')
    const gone = readdirSync(assets).filter(
      (file) => name.test(file) && readFileSync(join(assets, file), 'latin1').includes(holding),
    )
    expect(gone).not.toEqual([])
    const move = (from: string, to: string): void =>
      gone.forEach((file) => renameSync(join(assets, file + from), join(assets, file + to)))
    move('', '.gone')
    try {
      await work()
    } finally {
      move('.gone', '')
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true })
  }
}

const head: HeadOptions = {
  ...dense.defaults,
  hidden: [8],
  dropout: 0,
  optimizer: 'adam',
  learningRate: 0.01,
  epochs: 5,
  batchSize: 8,
  patience: 5,
}

const photo = `data:image/webp;base64,${readFileSync(join(samplesFolder, sampleIndex().images[0].file)).toString('base64')}`
const addPhoto = (url: string): Promise<number | string> =>
  window.cutpoint.addImages('one', [url]).then(
    ({ added }) => added,
    (error: unknown) => (error as { code: string }).code,
  )
const save = (): Promise<string> =>
  window.cutpoint.saveProject().then(
    () => 'saved',
    (error: unknown) => (error as { code: string }).code,
  )

const alerts = (page: Page): Locator => page.getByRole('alert').filter({ hasText: 'could not be fetched' })

/** Something is told that could not be fetched, and can be tried again; the rest of the page is there. */
async function expectTold(page: Page, what: string): Promise<void> {
  await expect(alerts(page)).toContainText(`${what} could not be fetched.`)
  await expect(page.getByRole('banner')).toBeVisible()
}

const tryAgain = (page: Page): Promise<void> => alerts(page).getByRole('button', { name: 'Try again' }).click()

test('a part of the page that cannot be fetched is told, and fetched again once it is there', async ({ page }) => {
  test.setTimeout(300_000)
  const site = new Site()
  const server = await serve(site.folder, { isolated: true })
  try {
    await site.without(/^Workbench-.*\.js$/, async () => {
      await openPage(page, server.url)
      await page.evaluate(() => window.cutpoint.open('models/efficientnet-lite0/model.json'))
      await expectTold(page, 'The graph and its stations')
    })
    await tryAgain(page)
    await expect(page.getByLabel('Stations')).toBeVisible()

    await openPage(page, server.url)
    await openSmallNetwork(page)
    await addMadePhotos(page, 1, 24)
    const openReport = page.getByRole('button', { name: 'Open the report' })
    // Curves show while it trains, too.
    await site.without(/^Curves-.*\.js$/, async () => {
      await page.evaluate((settings) => window.cutpoint.train({ head: settings }), head)
      await site.without(/^ReportDialog-.*\.js$/, async () => {
        await openReport.click()
        await expectTold(page, 'The report')
        await page.getByRole('alert').getByRole('button', { name: 'Close' }).click()
      })
      // Not a word of the failure before: it is fetched again.
      await openReport.click()
      await expect(page.getByRole('dialog', { name: 'Report' })).toBeVisible()
      await expectTold(page, 'The curves')
      await expect(page.getByRole('heading', { name: 'Label by label' })).toBeVisible()
    })
    await tryAgain(page)
    await expect(page.getByRole('dialog').locator('canvas').first()).toBeVisible()
    await page.keyboard.press('Escape')

    await site.without(/^Palette-.*\.js$/, async () => {
      await page.keyboard.press('Control+k')
      await expectTold(page, 'The list of commands')
      await page.getByRole('alert').getByRole('button', { name: 'Close' }).click()
      await expect(alerts(page)).toHaveCount(0)
      await page.keyboard.press('Control+k')
      await expectTold(page, 'The list of commands')
    })
    await tryAgain(page)
    await expect(page.getByRole('combobox', { name: 'Find a command' })).toBeFocused()
    await page.keyboard.press('Escape')
  } finally {
    server.close()
    site.remove()
  }
})

test('what a worker cannot fetch is told, and fetched again once it is there', async ({ page }) => {
  test.setTimeout(300_000)
  const site = new Site()
  const server = await serve(site.folder, { isolated: true })
  const setWasm = (): Promise<string> =>
    page.evaluate(() =>
      window.cutpoint.setBackend('wasm').then(
        () => 'set',
        (error: unknown) => (error as { code: string }).code,
      ),
    )
  try {
    await openPage(page, server.url)
    // Measures what there is, and remembers it.
    await page.evaluate(() => window.cutpoint.setBackend('auto'))
    await openPage(page, server.url)
    const backend = 'tfjs-backend-wasm-simd'
    await site.without(/^dist-.*\.js$/, async () => expect(await setWasm()).toBe('part-unreachable'), backend)
    await site.without(/\.wasm$/, async () => expect(await setWasm()).toBe('part-unreachable'))
    expect(await setWasm()).toBe('set')

    const classifier = resolve('src/formats/fixtures/keras/classifier3.h5')
    const pick = page.locator('input[type=file][multiple]').first()
    await site.without(/^hdf5\.worker-/, async () => {
      await pick.setInputFiles(classifier)
      await expectTold(page, 'What reads HDF5 files')
    })
    await site.without(/^hdf5_hl-/, async () => {
      await tryAgain(page)
      await expectTold(page, 'What reads HDF5 files')
    })
    await tryAgain(page)
    await expect(page.getByLabel('Stations')).toBeVisible()

    const photos = page.locator('[data-station=photos] input[type=file]').last()
    const zip = new ZipWriter(new BlobWriter())
    await zip.add('cats/readme.txt', new TextReader('no picture'))
    const archive = await (await zip.close()).bytes()
    for (const [chunk, what, file] of [
      // Before the zip, in which there is a list, too.
      [
        /^lists-/,
        'What reads lists of photos',
        { name: 'l.csv', mimeType: '', buffer: Buffer.from('file,label\na.png,a\n') },
      ],
      [/^zip\.js-/, 'What opens zip files', { name: 'photos.zip', mimeType: '', buffer: Buffer.from(archive) }],
    ] as const) {
      await site.without(chunk, async () => {
        await photos.setInputFiles(file)
        await expectTold(page, what)
      })
      await tryAgain(page)
      await expect(alerts(page)).toHaveCount(0)
      await expect(page.getByRole('region', { name: 'Messages' })).toContainText(file.name)
    }
  } finally {
    server.close()
    site.remove()
  }
})

test('a worker whose script cannot be fetched is told, and is there once it can be', async ({ page }) => {
  test.setTimeout(300_000)
  const site = new Site()
  const server = await serve(site.folder, { isolated: true })
  const model = 'src/formats/fixtures/keras/classifier3.h5'
  const pick = page.locator('input[type=file][multiple]').first()
  try {
    for (const [script, what] of [
      [/^compute\.worker-.*\.js$/, 'What runs networks'],
      [/^view\.worker-.*\.js$/, 'What draws graphs'],
    ] as const) {
      await site.without(script, async () => {
        await openPage(page, server.url)
        await pick.setInputFiles(resolve(model))
        await expectTold(page, what)
      })
      await tryAgain(page)
      await expect(page.getByLabel('Stations')).toBeVisible()
      await expect(page.locator('.react-flow__node').first()).toBeVisible()
      await expect(alerts(page)).toHaveCount(0)
    }
    // What keeps it is missing, and the network is open all the same.
    await site.without(/^files\.worker-.*\.js$/, async () => {
      await openPage(page, server.url)
      await openSmallNetwork(page)
      await expectTold(page, 'What keeps networks')
    })
    await site.without(/^images\.worker-.*\.js$/, async () => {
      await openPage(page, server.url)
      await openSmallNetwork(page)
      await expect(page.getByRole('region', { name: 'Messages' })).toContainText('Your work is not kept')
      expect(await page.evaluate(addPhoto, photo)).toBe('part-unreachable')
    })
    expect(await page.evaluate(addPhoto, photo)).toBe(1)
    await site.without(/^project\.worker-.*\.js$/, async () =>
      expect(await page.evaluate(save)).toBe('part-unreachable'),
    )
    expect(await page.evaluate(save)).toBe('saved')
  } finally {
    server.close()
    site.remove()
  }
})

test('a dialog that fails leaves the page as it is, and can be opened again', async ({ page }) => {
  await openPage(page)
  await openSmallNetwork(page)
  await page.evaluate(() => {
    const { prototype } = HTMLDialogElement
    const show = Object.getOwnPropertyDescriptor(prototype, 'showModal')
    prototype.showModal = () => {
      if (show) Object.defineProperty(prototype, 'showModal', show)
      throw new Error('no more dialogs')
    }
  })
  await page.keyboard.press('Control+k')
  const failure = page.getByRole('alert')
  await expect(failure).toContainText('The list of commands cannot be shown.')
  await failure.getByText('What went wrong').click()
  await expect(failure).toContainText('no more dialogs')
  await failure.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByRole('combobox', { name: 'Find a command' })).toBeFocused()
  await expect(page.getByLabel('Stations')).toBeVisible()
})
