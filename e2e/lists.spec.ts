import { expect, test, type Page } from '@playwright/test'
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { sampleIndex, samplesFolder } from './support/data'
import { dropPaths } from './support/drop'
import { openSmallNetwork } from './support/network'
import { openPage } from './support/page'

const { images } = sampleIndex()
const lines = (...rows: readonly string[]): string => `${rows.join('\n')}\n`

/** Drops a folder of photos and texts as a person would, and waits until so many photos are in. */
async function drop(
  page: Page,
  root: string,
  photos: readonly string[],
  texts: Record<string, string | Buffer>,
  expected = photos.length,
) {
  photos.forEach((path, at) => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    cpSync(join(samplesFolder, images[at % images.length].file), join(root, path))
  })
  for (const [path, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  await dropPaths(page, page.getByTestId('photo-drop'), [root])
  await expect.poll(() => page.evaluate(async () => (await window.cutpoint.photos()).length)).toBe(expected)
  await expect(page.getByRole('progressbar')).toHaveCount(0)
}

const labels = (page: Page): Promise<Record<string, number>> =>
  page.evaluate(async () =>
    Object.fromEntries((await window.cutpoint.labels()).map(({ label, images: count }) => [label, count])),
  )

const said = (page: Page) => page.getByRole('region', { name: 'Lists that came with the photos' })

test.beforeEach(async ({ page }) => {
  await openPage(page)
  await openSmallNetwork(page)
})

test('Kaggle: train.csv says labels, the sample submission nothing', async ({ page }, info) => {
  const train = Array.from({ length: 6 }, (_, at) => `train/${at}.jpg`)
  const rows = train.map((_, at) => `${at}.jpg,${['hat', 'dress'][at % 2]}`)
  const form = Array.from({ length: 3 }, (_, at) => `${at + 50}.jpg,hat`)
  const photos = [...train, ...Array.from({ length: 3 }, (_, at) => `test/${at + 50}.jpg`)]
  await drop(
    page,
    info.outputPath('kaggle'),
    photos,
    {
      'train.csv': lines('id,label', ...rows),
      'sample_submission.csv': lines('id,label', ...form),
    },
    6,
  )
  expect(await labels(page)).toEqual({ hat: 3, dress: 3 })
  await expect(said(page)).toContainText('Labels come from “label” in train.csv: 2 labels for 6 photos.')
  await expect(said(page)).toContainText('sample_submission.csv is a form to be filled in')
})

test('HAM10000: dx is taken, and another column can be chosen by keyboard and undone', async ({ page }, info) => {
  const photos = Array.from({ length: 9 }, (_, at) => `HAM10000_images_part_${1 + (at % 2)}/ISIC_00${at + 10}.jpg`)
  const rows = photos.map(
    (_, at) => `HAM_${at},ISIC_00${at + 10},${['nv', 'mel', 'bkl'][at % 3]},${40 + at}.0,${['male', 'female'][at % 2]}`,
  )
  await drop(page, info.outputPath('ham'), photos, {
    'HAM10000_metadata.csv': lines('lesion_id,image_id,dx,age,sex', ...rows),
  })
  expect(await labels(page)).toEqual({ nv: 3, mel: 3, bkl: 3 })
  await expect(said(page)).toContainText('“dx” in HAM10000_metadata.csv: 3 labels for 9 photos')
  await said(page).getByRole('button', { name: 'Columns…' }).focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('radio', { name: '“dx”' })).toBeFocused()
  await expect(dialog).toContainText('2 different values: male, female')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await dialog.getByRole('button', { name: 'Use it so' }).press('Enter')
  await expect.poll(() => labels(page)).toEqual({ male: 5, female: 4 })
  await expect(said(page)).toContainText('Labels come from “sex” in HAM10000_metadata.csv, as you chose.')
  await page
    .getByRole('button', { name: /^Undo: read HAM10000/ })
    .first()
    .click()
  await expect.poll(() => labels(page)).toEqual({ nv: 3, mel: 3, bkl: 3 })
  await expect(said(page)).toContainText('Labels come from “dx”')
})

test('one-hot columns give their headings', async ({ page }, info) => {
  const photos = Array.from({ length: 6 }, (_, at) => `input/ISIC_${at}00.jpg`)
  const rows = photos.map((_, at) => `ISIC_${at}00,${['1.0,0.0,0.0', '0.0,1.0,0.0'][at % 2]}`)
  await drop(page, info.outputPath('hot'), photos, { 'truth.csv': lines('image,MEL,NV,BCC', ...rows) })
  expect(await labels(page)).toEqual({ MEL: 3, NV: 3 })
  await expect(said(page)).toContainText('the headings of 3 columns in truth.csv')
})

test('GTSRB: its lists say what the folders say; regions are no labels', async ({ page }, info) => {
  const folders = ['00000', '00014', '00033']
  const photos = folders.flatMap((folder) => [0, 1, 2].map((at) => `Images/${folder}/0000${at}.jpg`))
  const list = (folder: string): string =>
    lines(
      'Filename;Width;Height;Roi.X1;Roi.Y1;ClassId',
      ...[0, 1, 2].map((at) => `0000${at}.ppm;${29 + at};30;5;6;${Number(folder)}`),
    )
  const texts = Object.fromEntries(folders.map((folder) => [`Images/${folder}/GT-${folder}.csv`, list(folder)]))
  await drop(page, info.outputPath('gtsrb'), photos, texts)
  expect(await labels(page)).toEqual({ '00000': 3, '00014': 3, '00033': 3 })
  await expect(said(page)).toContainText('GT-00000.csv and 2 more says the same as your folders')
  await said(page).getByRole('button', { name: 'Columns…' }).click()
  await page.getByRole('dialog').getByRole('radio', { name: '“ClassId”' }).check()
  await page.getByRole('dialog').getByRole('button', { name: 'Use it so' }).click()
  await expect.poll(() => labels(page)).toEqual({ '0': 3, '14': 3, '33': 3 })
})

test('AutoML: parts and labels from a list without headings', async ({ page }, info) => {
  const photos = Array.from({ length: 8 }, (_, at) => `flowers/img${at}.jpg`)
  const rows = photos.map(
    (path, at) =>
      `${['TRAIN', 'VALIDATION', 'TEST', 'TRAIN'][at % 4]},gs://my-bucket/x/${path},${['daisy', 'rose'][at >> 2]}`,
  )
  await drop(page, info.outputPath('automl'), photos, { 'all_data.csv': lines(...rows) })
  const parts = await page.evaluate(async () =>
    (await window.cutpoint.labels()).map(({ label, parts: each }) => [label, each]),
  )
  const each = { train: 2, validation: 1, test: 1 }
  expect(parts).toEqual([
    ['daisy', each],
    ['rose', each],
  ])
})

test('a camera’s log and a list beside labelled folders change nothing unless chosen', async ({ page }, info) => {
  const photos = ['hat', 'shoe'].flatMap((label) => [0, 1, 2, 3].map((at) => `${label}/${label}${at}.jpg`))
  const log = photos.map(
    (path, at) => `${path},${[100, 200, 400][at % 3]},1/${60 * (1 + (at % 3))},2024-01-0${1 + (at % 3)}`,
  )
  const seasons = photos.map((path, at) => `${path},${['spring', 'autumn'][at % 2]}`)
  await drop(page, info.outputPath('beside'), photos, {
    'log.csv': lines('file,ISO,exposure,date', ...log),
    'seasons.csv': lines('file,class', ...seasons),
  })
  expect(await labels(page)).toEqual({ hat: 4, shoe: 4 })
  await expect(said(page)).toContainText('log.csv names photos, but none of its columns looks like labels')
  await expect(said(page)).toContainText(
    'seasons.csv names labels, too: 2 labels for 8 photos in “class”. Your folders stand',
  )
})

for (const [encoding, bytes] of [
  ['UTF-16', Buffer.from(`\ufeff${lines('Datei;Klasse', 'a.jpg;Löwe', 'b.jpg;Käfer', 'c.jpg;Löwe')}`, 'utf16le')],
  // The euro sign is where cp1252 differs from Latin-1.
  [
    'cp1252',
    Buffer.from(
      lines('Datei;Klasse', 'a.jpg;Löwe', 'b.jpg;Käfer', 'c.jpg;Löwe').replaceAll('Käfer', 'K\x80fer'),
      'latin1',
    ),
  ],
] as const) {
  test(`a list in ${encoding} names its labels right`, async ({ page }, info) => {
    await drop(page, info.outputPath('coded'), ['a.jpg', 'b.jpg', 'c.jpg'], { 'liste.csv': bytes })
    expect(await labels(page)).toEqual({ Löwe: 2, [encoding === 'cp1252' ? 'K€fer' : 'Käfer']: 1 })
  })
}
