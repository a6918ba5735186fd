import { expect, test, type Page } from '@playwright/test'
import { BlobReader, BlobWriter, TextReader, TextWriter, ZipReader, ZipWriter } from '@zip.js/zip.js'
import { readFileSync, writeFileSync } from 'node:fs'
import type { Prediction } from '../src/types'
import { seriousProblems } from './support/accessibility'
import { dropPaths } from './support/drop'
import { openSmallNetwork } from './support/network'
import { openPage } from './support/page'
import { bytesFrom, unzip } from './support/zip'

interface Made {
  readonly names: readonly string[]
  readonly report: unknown
  readonly said: readonly Prediction[][]
  readonly labels: unknown
}

/** Opens a small network, cuts it, adds drawn pictures in three labels and an empty one, and trains twice. */
async function makeProject(page: Page, photos: number): Promise<Made> {
  await openPage(page)
  await openSmallNetwork(page)
  return page.evaluate(async (count) => {
    const { cutpoint } = window
    await cutpoint.setPreprocessing({ fit: 'contain' })
    const draw = async (at: number): Promise<File> => {
      const canvas = new OffscreenCanvas(40, 30)
      const context = canvas.getContext('2d')
      if (!context) throw new Error('no canvas')
      context.fillStyle = `hsl(${(at % 3) * 120 + (at % 17)} 70% ${30 + (at % 40)}%)`
      context.fillRect(0, 0, 40, 30)
      context.fillStyle = 'white'
      context.fillRect(at % 30, (at * 7) % 20, 3 + (at % 5), 6)
      return new File([await canvas.convertToBlob({ type: 'image/png' })], `folder/picture ${at}.png`)
    }
    const names: string[] = []
    const groups = new Map<string, { train: File[]; any: File[] }>()
    for (let at = 0; at < count; at++) {
      // The last three are the same as the first.
      const file = await draw(at < count - 3 ? at : at - count + 3)
      const label = ['reds', 'greens / "all"', 'Blaues'][at % 3]
      const group = groups.get(label) ?? { train: [], any: [] }
      groups.set(label, group)
      group[at % 5 === 0 ? 'train' : 'any'].push(file)
    }
    for (const [label, { train, any }] of groups) {
      await cutpoint.addImages(label, train, { part: 'train' })
      await cutpoint.addImages(label, any)
      names.push(...[...train, ...any].map(({ name }) => name))
    }
    await cutpoint.train({ head: { kind: 'linear', l2: 0.1 } })
    const report = await cutpoint.train({ head: { kind: 'linear', l2: 0.01 }, classWeights: 'balanced' })
    const said = []
    for (const at of [1001, 1002, 1003]) said.push(await cutpoint.predict(await draw(at)))
    return { names, report, said, labels: await cutpoint.labels() }
  }, photos)
}

/** What the head says of the same three pictures that `makeProject` asked it about. */
function ask(page: Page): Promise<Prediction[][]> {
  return page.evaluate(async () => {
    const said = []
    for (const at of [1001, 1002, 1003]) {
      const canvas = new OffscreenCanvas(40, 30)
      const context = canvas.getContext('2d')
      if (!context) throw new Error('no canvas')
      context.fillStyle = `hsl(${(at % 3) * 120 + (at % 17)} 70% ${30 + (at % 40)}%)`
      context.fillRect(0, 0, 40, 30)
      context.fillStyle = 'white'
      context.fillRect(at % 30, (at * 7) % 20, 3 + (at % 5), 6)
      said.push(await window.cutpoint.predict(await canvas.convertToBlob({ type: 'image/png' })))
    }
    return said
  })
}

const save = (page: Page): Promise<Uint8Array<ArrayBuffer>> => bytesFrom(page, () => window.cutpoint.saveProject())

/** Opens a project by script; the code of the error that comes of it, or null. */
function open(page: Page, file: Uint8Array): Promise<string | null> {
  return page.evaluate(async (text) => {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
    try {
      await window.cutpoint.openProject(new Blob([bytes]))
      return null
    } catch (error) {
      return error instanceof Error && 'code' in error ? String(error.code) : String(error)
    }
  }, Buffer.from(file).toString('base64'))
}

/** Its record without the day it was saved, and its other files. */
async function contentsOf(file: Uint8Array<ArrayBuffer>): Promise<{ record: ProjectText; files: [string, string][] }> {
  const all = await unzip(file)
  const record = JSON.parse(new TextDecoder().decode(all.get('project.json'))) as ProjectText
  delete record.savedAt
  all.delete('project.json')
  return { record, files: [...all].map(([path, bytes]) => [path, Buffer.from(bytes).toString('base64')]) }
}

interface ProjectText {
  savedAt?: string
  readonly version: number
  readonly cut: string[]
  readonly photos: { name: string; hash: string; file: string; part: string; pinned: boolean }[]
  readonly heads: { report: Record<string, unknown> }[]
}

async function withRecord(
  file: Uint8Array<ArrayBuffer>,
  change: (record: ProjectText) => object,
): Promise<Uint8Array<ArrayBuffer>> {
  const writer = new ZipWriter(new BlobWriter())
  for (const entry of await new ZipReader(new BlobReader(new Blob([file]))).getEntries()) {
    if (entry.directory) continue
    if (entry.filename === 'project.json') {
      const record = JSON.parse(await entry.getData(new TextWriter())) as ProjectText
      await writer.add(entry.filename, new TextReader(JSON.stringify({ ...record, ...change(record) })))
    } else await writer.add(entry.filename, new BlobReader(await entry.getData(new BlobWriter())))
  }
  return new Uint8Array(await (await writer.close()).arrayBuffer())
}

test('300 photos, model, cut and heads come back from a project file as they were', async ({ page }) => {
  const made = await makeProject(page, 300)
  const file = await save(page)
  const before = await contentsOf(file)
  expect(before.record.photos.map(({ name }) => name)).toEqual(made.names)
  // Scripts get matrices with it, which are not kept.
  expect(made.report).toMatchObject(before.record.heads.at(-1)?.report ?? { labels: 'no head' })
  expect(before.record.heads).toHaveLength(2)
  // Each different picture is there once.
  expect(new Set(before.record.photos.map(({ file: path }) => path)).size).toBe(297)

  await page.evaluate(() => window.cutpoint.reset())
  await expect(page.getByRole('button', { name: 'Try the built-in sample' })).toBeVisible()
  expect(await page.evaluate(() => window.cutpoint.labels())).toEqual([])

  await page.evaluate(() => window.cutpoint.setBackend('wasm'))
  expect(await open(page, file)).toBeNull()
  expect(await page.evaluate(() => window.cutpoint.labels())).toEqual(made.labels)
  const said = await ask(page)
  expect(said).toEqual(made.said)
  const after = await contentsOf(await save(page))
  expect(after.record).toEqual(before.record)
  expect(after.files).toEqual(before.files)
  await expect(page.getByTestId('cut-card')).toContainText(before.record.cut[0])
  await expect(page.getByTestId('report')).toBeVisible()
  console.log(
    `project file: ${made.names.length} photos, ${(file.length / 1e6).toFixed(2)} MB, predictions equal to the bit`,
  )
})

test('a project that is broken or newer leaves all as it is', async ({ page }) => {
  const made = await makeProject(page, 30)
  const file = await save(page)
  const before = await contentsOf(file)
  const refused: [string, Uint8Array][] = [
    ['newer-project', await withRecord(file, ({ version }) => ({ version: version + 1 }))],
    ['bad-project', file.slice(0, file.length - 100)],
    // Read and well formed, and only in the worker seen not to fit.
    ['bad-project', await withRecord(file, () => ({ cut: ['no/such:0'] }))],
    [
      'bad-project',
      await withRecord(file, ({ photos: [first, ...rest] }) => ({
        photos: [{ ...first, hash: 'f'.repeat(64) }, ...rest],
      })),
    ],
  ]
  for (const [code, broken] of refused) {
    expect(await open(page, broken)).toBe(code)
    expect(await ask(page)).toEqual(made.said)
    const after = await contentsOf(await save(page))
    expect(after.record).toEqual(before.record)
  }
})

test('photos without a model are a project too', async ({ page }) => {
  await openPage(page)
  const urls = await page.evaluate(async () => {
    const { images } = (await (await fetch('samples/index.json')).json()) as { images: { file: string }[] }
    return images.slice(0, 5).map(({ file }) => `samples/${file}`)
  })
  await page.evaluate((all) => window.cutpoint.addImages('some', all, { part: 'validation' }), urls)
  const file = await save(page)
  const before = await contentsOf(file)
  await makeProject(page, 12)
  expect(await open(page, file)).toBeNull()
  expect((await contentsOf(await save(page))).record).toEqual(before.record)
  await expect(page.getByRole('button', { name: 'Try the built-in sample' })).toBeVisible()
})

test('saving can be cancelled, and done again', async ({ page }) => {
  await makeProject(page, 12)
  const code = await page.evaluate(async () => {
    const saving = window.cutpoint.saveProject().catch((error: unknown) => error)
    await window.cutpoint.cancel()
    const error = await saving
    return error instanceof Error && 'code' in error ? error.code : null
  })
  expect(code).toBe('cancelled')
  expect((await contentsOf(await save(page))).record.photos).toHaveLength(12)
})

test('Ctrl+S saves; a dropped project is asked about and opens', async ({ page }, info) => {
  const made = await makeProject(page, 30)
  const saving = page.waitForEvent('download')
  await page.keyboard.press('Control+s')
  const download = await saving
  expect(download.suggestedFilename()).toMatch(/ \d{4}-\d\d-\d\d\.cutpoint$/)
  const path = info.outputPath('mine.cutpoint')
  await download.saveAs(path)

  await page.evaluate(() => window.cutpoint.addImages('one more', ['samples/index.json']))
  const dialog = page.getByRole('dialog', { name: 'Open “mine.cutpoint”?' })
  await dropPaths(page, page.locator('main'), [path])
  expect(await seriousProblems(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Leave it' }).click()
  await expect(dialog).toBeHidden()
  await dropPaths(page, page.locator('main'), [path])
  await dialog.getByRole('button', { name: 'Open it' }).click()
  await expect(page.getByText('The project is open.')).toBeVisible()
  expect(await page.evaluate(() => window.cutpoint.labels())).toEqual(made.labels)
  expect(await ask(page)).toEqual(made.said)

  await test.step('what was opened is there on the next visit', async () => {
    await page.reload()
    await page.getByRole('button', { name: 'Continue', exact: true }).click()
    await expect(page.getByTestId('report')).toBeVisible()
    expect(await page.evaluate(() => window.cutpoint.labels())).toEqual(made.labels)
    await page.evaluate(() => window.cutpoint.setBackend('wasm'))
    expect(await ask(page)).toEqual(made.said)
  })

  await test.step('from the menu, and told where it is broken', async () => {
    writeFileSync(path, readFileSync(path).subarray(0, 5000))
    const choosing = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Project', exact: true }).click()
    await page.getByRole('button', { name: 'Open project' }).click()
    await (await choosing).setFiles(path)
    await dialog.getByRole('button', { name: 'Open it' }).click()
    await expect(page.getByText('This is no Cutpoint project, or it is damaged or cut off.')).toBeVisible()
    expect(await page.evaluate(() => window.cutpoint.labels())).toEqual(made.labels)
  })
})
