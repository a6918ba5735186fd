import { expect, test, type Page } from '@playwright/test'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { serve } from '../tools/serve.mjs'
import { seriousProblems } from './support/accessibility'
import { sampleIndex, samplesFolder } from './support/data'
import { openPage } from './support/page'
import { bytesFrom, unzip } from './support/zip'

const photosEach = 8

/** Trains on some of the sample's pictures and unpacks the export into a folder. */
async function exportTo(page: Page, folder: string): Promise<Map<string, Uint8Array>> {
  await openPage(page)
  const { labels, images } = sampleIndex()
  const sets = labels.map((label) => ({
    label,
    urls: images
      .filter((image) => image.label === label && image.part === 'train')
      .slice(0, photosEach)
      .map(({ file }) => `samples/${file}`),
  }))
  await page.evaluate(async (groups) => {
    const { cutpoint } = window
    const { suggestedCut } = await cutpoint.open('models/efficientnet-lite0/model.json')
    await cutpoint.cut(suggestedCut ?? '')
    for (const { label, urls } of groups) await cutpoint.addImages(label, urls)
    await cutpoint.train()
  }, sets)
  const files = await unzip(await bytesFrom(page, () => window.cutpoint.exportModel('tfjs-graph')))
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), bytes)
  }
  return files
}

test('the export’s own page says of a photo what Cutpoint says, with nothing but TensorFlow.js', async ({
  page,
  context,
}, info) => {
  const folder = info.outputPath('export')
  const files = await exportTo(page, folder)
  const photos = sampleIndex()
    .tryOut.slice(0, 2)
    .map(({ file }) => file)
  // Much wider than high, so that it matters which part of it is used, and many times too large.
  const wide = await bytesFrom(page, async () => {
    const { tryOut } = (await (await fetch('samples/index.json')).json()) as { tryOut: { file: string }[] }
    const canvas = new OffscreenCanvas(1600, 700)
    const drawn = canvas.getContext('2d')
    if (!drawn) throw new Error('no canvas')
    for (const [at, { file }] of tryOut.slice(0, 3).entries()) {
      drawn.drawImage(await createImageBitmap(await (await fetch(`samples/${file}`)).blob()), at * 500, 0, 600, 700)
    }
    return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 })
  })
  const pictures = [
    ...photos.map((file) => ({
      name: file.split('/').at(-1) ?? '',
      bytes: readFileSync(join(samplesFolder, file)),
      type: 'image/webp',
    })),
    { name: 'wide.jpg', bytes: Buffer.from(wide), type: 'image/jpeg' },
  ]
  const expected = []
  for (const { bytes, type } of pictures) {
    const url = `data:${type};base64,${bytes.toString('base64')}`
    expected.push(await page.evaluate((address) => window.cutpoint.predict(address), url))
  }

  const server = await serve(folder)
  const away: string[] = []
  const alone = await context.newPage()
  await alone.route(/^https?:\/\/(?!localhost)/, (route) => {
    const url = new URL(route.request().url())
    const path = /^\/npm\/@tensorflow\/tfjs@4\.22\.0\/(.+)$/.exec(url.pathname)?.[1]
    if (url.host !== 'cdn.jsdelivr.net' || path === undefined) {
      away.push(url.href)
      return route.abort()
    }
    // With the header without which the browser would not compare the file with its stated hash.
    return route.fulfill({
      path: resolve('node_modules/@tensorflow/tfjs', path),
      headers: { 'access-control-allow-origin': '*', 'content-type': 'text/javascript' },
    })
  })
  await alone.addInitScript(() => {
    Object.assign(window, { violations: [] })
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      (window as unknown as { violations: string[] }).violations.push(`${violatedDirective} ${blockedURI}`),
    )
  })
  await alone.goto(server.url)
  await expect(alone.getByRole('status')).toHaveText('Ready. Choose a photo.', { timeout: 60_000 })
  const differences: number[] = []
  for (const [at, { name, bytes, type }] of pictures.entries()) {
    await alone.getByLabel('Photo', { exact: true }).setInputFiles({ name, mimeType: type, buffer: bytes })
    const [best] = expected[at]
    await expect(alone.getByRole('img', { name })).toBeVisible()
    await expect(alone.getByRole('status')).toHaveText(`${name} looks like ${best.label}.`)
    const rows = alone.getByRole('list', { name: 'What it says' }).getByRole('listitem')
    for (const { label, probability } of expected[at]) {
      const text = await rows.filter({ hasText: label }).locator('span').nth(1).textContent()
      differences.push(Math.abs(parseFloat(text ?? '') / 100 - probability))
    }
  }
  console.log(`the export’s page: largest difference of a probability ${Math.max(...differences).toFixed(4)}`)
  expect(Math.max(...differences)).toBeLessThan(0.02)
  expect(away).toEqual([])
  expect(await alone.evaluate(() => (window as unknown as { violations: string[] }).violations)).toEqual([])
  for (const colorScheme of ['light', 'dark'] as const) {
    await alone.emulateMedia({ colorScheme })
    expect(await seriousProblems(alone)).toEqual([])
  }
  server.close()

  await test.step('the report lies beside it', () => {
    const text = (path: string): string => new TextDecoder().decode(files.get(path))
    const rows = text('report.csv').trim().split('\r\n')
    const { labels } = sampleIndex()
    expect(rows).toHaveLength(1 + photosEach * labels.length)
    expect(rows[0]).toBe('photo,label,part,predicted,confidence')
    expect(
      text('report-labels.csv')
        .split('\r\n')
        .map((row) => row.split(',')[0]),
    ).toEqual(['label', ...labels, ''])
    const report = JSON.parse(text('report.json')) as { accuracy: { train: number }; evaluated: { photo: string }[] }
    expect(report.accuracy).toEqual((JSON.parse(text('metadata.json')) as { accuracy: unknown }).accuracy)
    expect(report.evaluated.map(({ photo }) => photo)).toEqual(rows.slice(1).map((row) => row.split(',')[0]))
  })
})

test('the page names the TensorFlow.js that is used here, and its very file', async () => {
  const html = readFileSync('src/formats/tfjs-graph/page/index.html', 'utf8')
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: Record<string, string> }
  const versions = [...html.matchAll(/tfjs@([\d.]+)\//g)].map(([, version]) => version)
  expect(new Set(versions)).toEqual(new Set([dependencies['@tensorflow/tfjs-core']]))
  const digest = await crypto.subtle.digest('SHA-384', readFileSync('node_modules/@tensorflow/tfjs/dist/tf.min.js'))
  expect(/integrity="sha384-([^"]+)"/.exec(html)?.[1]).toBe(Buffer.from(digest).toString('base64'))
})
