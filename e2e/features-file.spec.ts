import { expect, test, type Page } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { openSmallNetwork } from './support/network'
import { openPage } from './support/page'
import { addMadePhotos } from './support/visits'
import { unzip } from './support/zip'

/** Has the features written in a format by the menu where exports are. */
async function download(page: Page, format: string, file: string): Promise<Buffer<ArrayBuffer>> {
  const station = page.locator('section[data-station=try]')
  await station.getByRole('button', { name: 'Features as a file' }).click()
  const saving = page.waitForEvent('download')
  await station.getByRole('menuitem', { name: format }).click()
  await (await saving).saveAs(file)
  return Buffer.from(readFileSync(file))
}

test('features are taken away for Python and for spreadsheets: the numbers of the photos, by a menu', async ({
  page,
}, info) => {
  await openPage(page)
  await openSmallNetwork(page)
  await addMadePhotos(page, 5, 12)
  await page.evaluate(async () => {
    const [photo] = Object.values(window.made).flat()
    const canvas = new OffscreenCanvas(16, 16)
    canvas.getContext('2d')?.drawImage(await createImageBitmap(photo), 1, 1)
    const file = new File([await canvas.convertToBlob()], '=1+1, “x".png', { type: 'image/png' })
    await window.cutpoint.addImages('bright', [file], { part: 'test' })
  })
  const known = await page.evaluate(async () => {
    const { shape, data, labels } = await window.cutpoint.features()
    const photos = (await window.cutpoint.photos()).map(({ name, part }) => ({ name, part }))
    return { shape, data: [...data], labels, photos, order: (await window.cutpoint.labels()).map(({ label }) => label) }
  })
  expect(known.shape).toEqual([13, 8])

  const npz = await unzip(new Uint8Array(await download(page, 'NumPy (npz)', info.outputPath('features.npz'))))
  expect([...npz.keys()]).toEqual(['features.npy', 'labels.npy', 'label_names.npy', 'parts.npy', 'names.npy'])
  const values = (name: string): ArrayBuffer => {
    const bytes = Uint8Array.from(npz.get(name) ?? [])
    return bytes.buffer.slice(10 + new DataView(bytes.buffer).getUint16(8, true))
  }
  expect([...new Float32Array(values('features.npy'))]).toEqual(known.data)
  expect([...new Int32Array(values('labels.npy'))].map((place) => known.order[place])).toEqual(known.labels)

  const csv = (await download(page, 'table (csv)', info.outputPath('features.csv'))).toString('utf8')
  const lines = csv.trimEnd().split('\r\n')
  expect(lines[0]).toBe(`name,label,part,${[...Array(8).keys()].map((at) => `feature_${at}`).join(',')}`)
  expect(lines.at(-1)).toContain(`"'=1+1, “x"".png",bright,test,`)
  const numbers = lines.slice(1).flatMap((line) => line.split(',').slice(-8).map(Number))
  expect([...Float32Array.from(numbers)]).toEqual(known.data)

  // With what a head takes of a map, by a script.
  const flattened = await page.evaluate(async () => {
    await window.cutpoint.train({ head: { kind: 'dense', pool: 'flatten', hidden: [8], epochs: 2 } })
    const file = await window.cutpoint.exportFeatures('csv')
    const [head] = (await file.text()).split('\r\n')
    return { columns: head.split(',').length - 3, shape: (await window.cutpoint.features()).shape }
  })
  expect(flattened).toEqual({ columns: 128, shape: [13, 128] })
})
