import { expect, test, type Download, type Page } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { openPage } from './support/page'

const graph = (page: Page) => page.getByRole('region', { name: 'Graph', exact: true })
const search = (page: Page) => page.getByRole('combobox', { name: 'Find in the graph' })
const found = (page: Page) => page.getByRole('listbox', { name: 'Found in the graph' }).getByRole('option')

/** What a box shows, in the page or in a picture of it. */
interface ShownBox {
  readonly id: string
  /** Place in the layout, in its pixels; null for the frame of an unfolded group. */
  readonly at: { readonly x: number; readonly y: number } | null
  /** What is written on it, piece by piece. */
  readonly texts: readonly string[]
}

test.beforeEach(async ({ page }) => {
  await openPage(page, './#model=models/efficientnet-lite0/model.json')
  await expect(graph(page).locator('.react-flow__node').first()).toBeVisible({ timeout: 30_000 })
  await expect(page.getByRole('button', { name: 'Take the suggested cut' })).toBeVisible({ timeout: 30_000 })
})

test('SVG and PNG show the boxes and labels of the half unfolded graph, in the page’s colours', async ({
  page,
}, info) => {
  await unfoldHalf(page)
  const svg = info.outputPath('graph.svg')
  await (await command(page, 'Save the graph as SVG')).saveAs(svg)
  const viewer = await page.context().newPage()
  await viewer.goto(pathToFileURL(svg).href)
  const drawn = await boxesInSvg(viewer)
  expect(drawn.length).toBeGreaterThan(30)
  await expect(graph(page).locator('.react-flow__node')).toHaveCount(drawn.length)
  const shown = await boxesOnPage(page)
  expect(drawn.map(({ id }) => id).sort()).toEqual(shown.map(({ id }) => id).sort())
  for (const box of drawn) expectSame(box, shown)
  const size = await viewer.evaluate(() => {
    const { width, height } = document.documentElement.getBoundingClientRect()
    return { width, height }
  })
  expect(await viewer.locator(':root > rect').first().getAttribute('fill')).toBe(await backgroundOf(page))
  await viewer.close()

  const png = info.outputPath('graph.png')
  await (await command(page, 'Save the graph as PNG')).saveAs(png)
  const picture = await decode(page, readFileSync(png))
  expect(Math.abs(picture.width / picture.height - size.width / size.height)).toBeLessThan(0.002)
  expect(picture.width).toBeGreaterThan(size.width)
  expect(picture.colours).toBeGreaterThan(20)
})

test('a weight’s .npy holds the values that the network runs on', async ({ page }, info) => {
  await search(page).fill('stem conv2d kernel')
  await expect(found(page)).toHaveCount(1)
  await page.keyboard.press('Enter')
  const panel = page.getByRole('complementary', { name: 'Selection' })
  await expect(panel.getByRole('img', { name: /^Histogram/ })).toBeVisible()
  await expect(panel.getByRole('img', { name: /^32 kernels of 3 × 3 pixels/ })).toBeVisible()
  const saving = page.waitForEvent('download')
  await panel.getByRole('button', { name: 'Download .npy' }).click()
  const file = info.outputPath('kernel.npy')
  await (await saving).saveAs(file)

  const { shape, descr, values } = readNpy(readFileSync(file))
  const ran = await page.evaluate(async () => {
    const name = 'efficientnet-lite0/stem/conv2d/kernel:0'
    const { shape, data } = (await window.cutpoint.run({}, [name]))[name]
    return { shape, values: Array.from(data as Float32Array) }
  })
  expect(descr).toBe('<f4')
  expect(shape).toEqual([3, 3, 3, 32])
  expect(ran.shape).toEqual(shape)
  expect(ran.values).toEqual(values)

  await test.step('the table beside it shows them', async () => {
    const table = panel.getByRole('table', { name: 'Values' })
    await expect(table.getByRole('cell').first()).toHaveAttribute('title', String(values[0]))
    await table.focus()
    await page.keyboard.press('End')
    await expect(table.getByRole('cell').last()).toHaveAttribute('title', String(values.at(-1)))
  })
})

test('on paper there is the whole graph alone, with its shapes, in light colours', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.evaluate(() => {
    window.print = () => document.documentElement.setAttribute('data-was-printed', '')
  })
  const boxes = await boxesOf(page)
  await page.keyboard.press('Control+p')
  await expect(page.locator('html[data-was-printed]')).toBeAttached()
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
  const pictures = page.locator('[data-sheets] img')
  await expect(pictures.first()).toBeVisible()
  await expect(search(page)).toBeHidden()
  await expect(page.getByRole('banner')).toBeHidden()
  await expect(page.getByRole('heading', { name: 'Photos' })).toBeHidden()

  await test.step('each strip goes on where the one before ends, and none is wider or higher than its sheet', async () => {
    const strips = await page.locator('[data-sheets] > div > div').evaluateAll((parts) =>
      parts.map((part) => {
        const picture = part.querySelector('img')
        const top = part.getBoundingClientRect().top - (picture?.getBoundingClientRect().top ?? NaN)
        return { top, height: part.clientHeight, whole: picture?.height ?? NaN }
      }),
    )
    let end = 0
    for (const { top, height } of strips) {
      expect(Math.abs(top - end)).toBeLessThan(2)
      expect(height).toBeLessThanOrEqual(964)
      end = top + height
    }
    expect(Math.abs(end - strips[0].whole)).toBeLessThan(2)
  })

  const svg = await pictures.first().evaluate(async (picture: HTMLImageElement) => (await fetch(picture.src)).text())
  expect(svg.match(/data-box=/g)?.length).toBeGreaterThanOrEqual(boxes)
  expect(svg).toContain('112×112×32')
  expect(/<rect [^>]*fill="(#\w+)"/.exec(svg)?.[1]).toBe('#ffffff')

  await test.step('what was prepared goes when the view changes', async () => {
    await page.emulateMedia({ media: 'screen' })
    await page.getByRole('button', { name: 'Take the suggested cut' }).click()
    await expect(pictures).toHaveCount(0)
  })
})

/** How many boxes are in the page. */
const boxesOf = (page: Page): Promise<number> => graph(page).locator('.react-flow__node').count()

/** Unfolds a group here and there, and then looks at the whole graph, so that every box is in the page. */
async function unfoldHalf(page: Page): Promise<void> {
  for (const name of ['stem/conv2d/Conv2D', 'blocks_5/depthwise', 'head/conv2d/Conv2D']) {
    await page.keyboard.press('/')
    await search(page).fill(`efficientnet-lite0/${name}`)
    await expect(found(page).first()).toContainText(name.split('/').at(-1) ?? '')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('complementary', { name: 'Selection' })).toContainText(name.split('/')[0])
  }
  await page.getByRole('complementary', { name: 'Selection' }).getByRole('button', { name: 'Close' }).click()
  await page.getByRole('button', { name: 'Show the whole graph' }).click()
  await expect(graph(page).locator('.react-flow__node[data-id="n:images"]')).toBeInViewport()
}

/** Does what the command palette calls so, and gives the file that comes of it. */
async function command(page: Page, title: string): Promise<Download> {
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Find a command' }).fill(title)
  const saving = page.waitForEvent('download')
  await page.keyboard.press('Enter')
  return saving
}

/** Every box that is in the page. */
function boxesOnPage(page: Page): Promise<ShownBox[]> {
  return graph(page)
    .locator('.react-flow__node')
    .evaluateAll((nodes) =>
      nodes.map((node): ShownBox => {
        const { e, f } = new DOMMatrix(getComputedStyle(node).transform)
        // What only screen readers hear stands on the box too.
        const seen = [...node.querySelectorAll('*')].filter(
          (part) => part.children.length === 0 && !part.closest('.visually-hidden'),
        )
        return {
          id: node.getAttribute('data-id') ?? '',
          at: { x: e, y: f },
          texts: [seen.map((part) => part.textContent).join(' ')],
        }
      }),
    )
}

/** Every box of a picture that is open as a document. */
function boxesInSvg(viewer: Page): Promise<ShownBox[]> {
  return viewer.locator('[data-box]').evaluateAll((groups) =>
    groups.map((group): ShownBox => {
      const place = (group as SVGGElement).transform.baseVal.consolidate()?.matrix
      const rows = [...group.querySelectorAll('text')].flatMap((row) => {
        const parts = [...row.querySelectorAll('tspan')]
        return parts.length > 0 ? parts : [row]
      })
      return {
        id: group.getAttribute('data-box') ?? '',
        at: place ? { x: place.e, y: place.f } : null,
        texts: rows.map((row) => row.textContent).filter(Boolean),
      }
    }),
  )
}

/** The picture's box stands where the page's does, and what is written on it in full is written there. */
function expectSame(drawn: ShownBox, shown: readonly ShownBox[]): void {
  const same = shown.find(({ id }) => id === drawn.id)
  expect(drawn.texts.length, drawn.id).toBeGreaterThan(0)
  const written = tight(same?.texts.join('') ?? '')
  const [title, ...rest] = drawn.texts
  // Shortened at its end where it is too long for its box; on screen, the stylesheet does that.
  expect(written.startsWith(tight(title.replace(/…$/, ''))), `${title} begins ${written}`).toBe(true)
  for (const text of rest.filter((row) => !row.includes('…'))) expect(written).toContain(tight(text))
  if (!drawn.at) return
  expect(Math.abs(drawn.at.x - (same?.at?.x ?? NaN)), drawn.id).toBeLessThan(1)
  expect(Math.abs(drawn.at.y - (same?.at?.y ?? NaN)), drawn.id).toBeLessThan(1)
}

/** Without white space, since lines break elsewhere. */
const tight = (text: string): string => text.replaceAll(/\s+/g, '')

/** The colour behind the graph, as `#rrggbb`. */
async function backgroundOf(page: Page): Promise<string> {
  const colour = await page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const parts = /rgb\((\d+), (\d+), (\d+)\)/.exec(colour)?.slice(1) ?? []
  return `#${parts.map((part) => Number(part).toString(16).padStart(2, '0')).join('')}`
}

/** Size of a PNG as the browser decodes it, and how many colours are in it. */
function decode(page: Page, png: Buffer): Promise<{ width: number; height: number; colours: number }> {
  return page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
    const { width, height } = bitmap
    const context = new OffscreenCanvas(width, height).getContext('2d')
    context?.drawImage(bitmap, 0, 0)
    const pixels = new Uint32Array(context?.getImageData(0, 0, width, height).data.buffer ?? new ArrayBuffer(0))
    return { width, height, colours: new Set(pixels).size }
  }, png.toString('base64'))
}

/** Reads a `.npy` file of floats: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html */
function readNpy(file: Buffer): { shape: number[]; descr: string; values: number[] } {
  expect(file.subarray(0, 6).toString('latin1')).toBe('\u0093NUMPY')
  const start = 10 + file.readUInt16LE(8)
  expect(start % 64).toBe(0)
  const header = file.subarray(10, start).toString('latin1')
  expect(header).toContain("'fortran_order': False")
  const [, descr = ''] = /'descr': '([^']*)'/.exec(header) ?? []
  const [, tuple = ''] = /'shape': \(([^)]*)\)/.exec(header) ?? []
  const values = Array.from({ length: (file.length - start) / 4 }, (_, i) => file.readFloatLE(start + 4 * i))
  return {
    shape: tuple
      .split(',')
      .filter((part) => part.trim() !== '')
      .map(Number),
    descr,
    values,
  }
}
