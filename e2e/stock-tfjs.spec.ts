import { expect, test } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { sampleIndex } from './support/data'
import { openPage } from './support/page'
import { unzip } from './support/zip'

/** TensorFlow.js as anyone gets it, with none of this project's code. */
const stockTfjs = resolve('node_modules/@tensorflow/tfjs/dist/tf.min.js')

interface StockTf {
  loadGraphModel(url: string): Promise<{ predict(input: unknown): { data(): Promise<Float32Array> } }>
  tensor(values: Float32Array, shape: number[]): unknown
}

test('the export gives the same probabilities in stock TensorFlow.js', async ({ page }) => {
  await openPage(page)
  const { labels, images, tryOut } = sampleIndex()
  const sets = labels.map((label) => {
    const own = images.filter((image) => image.label === label && image.part === 'train')
    return { label, urls: own.slice(0, 8).map(({ file }) => `samples/${file}`) }
  })
  const exported = await page.evaluate(
    async ({ sets: groups, unseen }) => {
      const { cutpoint } = window
      const toBase64 = async (blob: Blob): Promise<string> => {
        const bytes = new Uint8Array(await blob.arrayBuffer())
        let text = ''
        for (let start = 0; start < bytes.length; start += 8192) {
          text += String.fromCharCode(...bytes.subarray(start, start + 8192))
        }
        return btoa(text)
      }
      const { suggestedCut } = await cutpoint.open('models/efficientnet-lite0/model.json')
      await cutpoint.cut(suggestedCut ?? '')
      for (const { label, urls } of groups) await cutpoint.addImages(label, urls, { part: 'train' })
      await cutpoint.train()
      // Pictures of just the input's size, stored without loss: what goes in is known to the bit.
      const photos = []
      for (const url of unseen) {
        const canvas = new OffscreenCanvas(224, 224)
        const context = canvas.getContext('2d', { willReadFrequently: true })
        if (!context) throw new Error('no canvas')
        context.drawImage(await createImageBitmap(await (await fetch(url)).blob()), 0, 0, 224, 224)
        const rgba = context.getImageData(0, 0, 224, 224).data
        const said = await cutpoint.predict(await canvas.convertToBlob({ type: 'image/png' }))
        photos.push({ rgba: await toBase64(new Blob([rgba])), said })
      }
      const zip = await cutpoint.exportModel('tfjs-graph')
      return { photos, zip: await toBase64(zip) }
    },
    { sets, unseen: tryOut.slice(0, 3).map(({ file }) => `samples/${file}`) },
  )

  const files = await unzip(new Uint8Array(Buffer.from(exported.zip, 'base64')))
  const text = (name: string): string => new TextDecoder().decode(files.get(name))
  expect(text('labels.txt').trim().split('\n')).toEqual(labels)
  expect(JSON.parse(text('metadata.json'))).toMatchObject({
    labels,
    cut: ['efficientnet-lite0/head/global_average_pooling2d/Mean:0'],
    preprocessing: { input: 'images:0', width: 224, height: 224, range: 'minus1to1', order: 'rgb' },
    accuracy: { validation: null, test: null },
    versions: { tfjs: '4.22.0' },
  })

  const stockPage = await page.context().newPage()
  await stockPage.route('**/stock/**', (route) => {
    const name = new URL(route.request().url()).pathname.split('/').pop() ?? ''
    if (name === 'page.html') return route.fulfill({ contentType: 'text/html', body: '<script src="tf.js"></script>' })
    if (name === 'tf.js') return route.fulfill({ contentType: 'text/javascript', body: readFileSync(stockTfjs) })
    return route.fulfill({ body: Buffer.from(files.get(name) ?? []) })
  })
  await stockPage.goto('./stock/page.html')
  const stock = await stockPage.evaluate(
    async (pictures) => {
      const { tf } = window as unknown as { tf: StockTf }
      const model = await tf.loadGraphModel('./model.json')
      const all = []
      for (const rgba of pictures) {
        const bytes = Uint8Array.from(atob(rgba), (letter) => letter.charCodeAt(0))
        const rgb = Float32Array.from(bytes.filter((_, i) => i % 4 < 3)).map((byte) => byte / 127.5 - 1)
        all.push(Array.from(await model.predict(tf.tensor(rgb, [1, 224, 224, 3])).data()))
      }
      return all
    },
    exported.photos.map(({ rgba }) => rgba),
  )
  const differences = exported.photos.flatMap(({ said }, photo) =>
    said.map(({ label, probability }) => Math.abs(probability - stock[photo][labels.indexOf(label)])),
  )
  console.log(`stock TensorFlow.js: largest difference of a probability ${Math.max(...differences).toExponential(1)}`)
  expect(differences).toHaveLength(3 * labels.length)
  expect(Math.max(...differences)).toBeLessThanOrEqual(1e-5)
})
