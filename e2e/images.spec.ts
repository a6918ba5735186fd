import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { build } from 'vite'
import { noChange as same } from '../src/images/augment'
import { fixture } from '../src/images/fixtures'
import type { ImageService } from '../src/images/service'
import type { Fit } from '../src/types'

/**
 * The image service alone, on an empty page: what needs a browser's decoders. The pictures are made by
 * tools/fixtures/images.py; most show red and green above blue and yellow, 48 × 32.
 */
declare global {
  interface Window {
    images: ImageService
    /** Paths of the first drop, and of the first choice in the file picker. */
    dropped: Promise<string[]>
    picked: Promise<string[]>
  }
}

const red = [220, 30, 40]
const green = [30, 160, 60]
const blue = [40, 60, 200]
const yellow = [230, 210, 50]
const quarters = [red, green, blue, yellow]

let server: Server
let folder: string
let address: string

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'images-'))
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      outDir: folder,
      lib: { entry: ['src/images/service.ts', 'src/images/shelf.ts', 'src/images/drop.ts'], formats: ['es'] },
    },
  })
  server = createServer((request, response) => {
    const path = request.url ?? '/'
    if (path === '/') {
      response.setHeader('content-type', 'text/html')
      response.end(`<body style="height: 100vh"><input type="file" multiple><script type="module">
        import { collectDrop, collectInput } from './drop.js'
        import { createImageService } from './service.js'
        import { memoryShelf } from './shelf.js'
        addEventListener('dragover', (event) => event.preventDefault())
        window.dropped = new Promise((resolve) => addEventListener('drop', (event) => {
          event.preventDefault()
          resolve(collectDrop(event.dataTransfer).then(({ files, unreadable, emptyFolders }) =>
            [...files.map(({ path }) => path), ...unreadable.map(({ name }) => 'unreadable: ' + name), ...emptyFolders.map((path) => 'empty: ' + path)]))
        }))
        const input = document.querySelector('input')
        window.picked = new Promise((resolve) => input.addEventListener('change', () =>
          resolve(collectInput(input.files).then((files) => files.map(({ path }) => path)))))
        window.images = createImageService(memoryShelf())
      </script>`)
      return
    }
    readFile(join(folder, path)).then(
      (bytes) => {
        response.setHeader('content-type', 'text/javascript')
        response.end(bytes)
      },
      () => {
        response.statusCode = 404
        response.end()
      },
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const bound = server.address()
  if (bound === null || typeof bound === 'string') throw new Error('the test server has no port')
  address = `http://127.0.0.1:${bound.port}/`
})

test.afterAll(async () => {
  server.close()
  await rm(folder, { recursive: true })
})

test.beforeEach(async ({ page }) => {
  await page.goto(address)
  await page.waitForFunction(() => 'images' in window)
})

interface Target {
  width: number
  height: number
  fit: Fit
}

async function decode(page: Page, bytes: Uint8Array, target: Target): Promise<number[]> {
  return page.evaluate(
    async ([given, to]) => [...(await window.images.decode(new Blob([Uint8Array.from(given)]), to))],
    [[...bytes], target] as const,
  )
}

/** The error of a picture that is refused: its code and message, or null where it is taken. */
async function refusal(page: Page, bytes: Uint8Array, name: string): Promise<{ code: string; message: string } | null> {
  return page.evaluate(
    async ([given, called]) => {
      try {
        await window.images.examine(new Blob([Uint8Array.from(given)]), called)
        return null
      } catch (error) {
        if (!(error instanceof Error && 'code' in error)) throw error
        return { code: String(error.code), message: error.message }
      }
    },
    [[...bytes], name] as const,
  )
}

/** Centres of the four quarters, when decoded at the pictures' own size. */
function centres(pixels: readonly number[]): number[][] {
  return [
    [12, 8],
    [36, 8],
    [12, 24],
    [36, 24],
  ].map(([x, y]) => pixels.slice((y * 48 + x) * 3, (y * 48 + x) * 3 + 3))
}

function farthest(a: readonly (readonly number[])[], b: readonly (readonly number[])[]): number {
  return Math.max(...a.flatMap((colour, at) => colour.map((value, channel) => Math.abs(value - b[at][channel]))))
}

const ownSize: Target = { width: 48, height: 32, fit: 'crop' }

test('decodes every kind to the right colours', async ({ page }) => {
  const tolerances: Record<string, number> = {
    'rgb.png': 0,
    'rgb16.png': 0,
    'palette.png': 0,
    'rgb.bmp': 0,
    'rgb.webp': 0,
    'rgb.gif': 0,
    'animated.gif': 0,
    'animated.webp': 0,
    'lossy.webp': 6,
    'rgb.avif': 4,
    'progressive.jpg': 4,
    'cmyk.jpg': 4,
  }
  for (const [name, tolerance] of Object.entries(tolerances)) {
    const found = centres(await decode(page, fixture(name), ownSize))
    expect(farthest(found, quarters), `${name}: ${JSON.stringify(found)}`).toBeLessThanOrEqual(tolerance)
  }
  // Luma by ITU-R BT.601, which JPEG uses.
  const luma = quarters.map(([r, g, b]) => Math.round(0.299 * r + 0.587 * g + 0.114 * b)).map((y) => [y, y, y])
  expect(farthest(centres(await decode(page, fixture('grey.jpg'), ownSize)), luma)).toBeLessThanOrEqual(2)
})

test('turns pictures as their EXIF orientation says', async ({ page }) => {
  for (let orientation = 1; orientation <= 8; orientation++) {
    const name = `orientation/${orientation}.jpg`
    const found = centres(await decode(page, fixture(name), ownSize))
    expect(farthest(found, quarters), `${name}: ${JSON.stringify(found)}`).toBeLessThanOrEqual(4)
    const size = await page.evaluate(
      async (given) => {
        const { width, height } = await window.images.examine(new Blob([Uint8Array.from(given)]), 'turned')
        return { width, height }
      },
      [...fixture(name)],
    )
    expect(size, name).toEqual({ width: 48, height: 32 })
  }
})

test('shows transparent parts over white', async ({ page }) => {
  const white = [255, 255, 255]
  expect(centres(await decode(page, fixture('transparent.png'), ownSize))).toEqual([red, white, blue, white])
})

test("resizes as Pillow's antialiased bilinear does, but for rounding", async ({ page }) => {
  const targets: Target[] = [
    { fit: 'stretch', width: 20, height: 24 },
    { fit: 'stretch', width: 110, height: 70 },
    { fit: 'crop', width: 16, height: 16 },
    { fit: 'crop', width: 32, height: 24 },
    { fit: 'contain', width: 32, height: 32 },
  ]
  for (const target of targets) {
    const wanted = fixture(`resizing/${target.fit}-${target.width}x${target.height}.rgb`)
    const found = await decode(page, fixture('resizing/pattern.png'), target)
    expect(found.length).toBe(wanted.length)
    const differences = found.map((byte, at) => Math.abs(byte - wanted[at]))
    expect(Math.max(...differences), JSON.stringify(target)).toBeLessThanOrEqual(1)
  }
})

test('reduces a large picture strip by strip, without seams', async ({ page }) => {
  // A plain ramp from black to white, downwards: any row lost or doubled would show.
  const { pixels, again } = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(1501, 1999)
    const context = canvas.getContext('2d')
    if (!context) throw new Error('no canvas')
    for (let y = 0; y < 1999; y++) {
      const grey = Math.round((255 * (y + 0.5)) / 1999)
      context.fillStyle = `rgb(${grey} ${grey} ${grey})`
      context.fillRect(0, y, 1501, 1)
    }
    const blob = await canvas.convertToBlob({ type: 'image/png' })
    const target = { width: 7, height: 51, fit: 'stretch' as const }
    return {
      pixels: [...(await window.images.decode(blob, target))],
      again: [...(await window.images.decode(blob, target))],
    }
  })
  for (let y = 1; y < 50; y++) {
    for (let x = 0; x < 21; x++) expect(Math.abs(pixels[y * 21 + x] - 5 * (y + 0.5))).toBeLessThanOrEqual(1)
  }
  expect(again).toEqual(pixels)
})

test('examines a picture: hash, size, thumbnail', async ({ page }) => {
  const found = await page.evaluate(
    async (given) => {
      const { hash, width, height } = await window.images.examine(new Blob([Uint8Array.from(given)]), 'p.png')
      const thumbnail = await window.images.fetch('thumbnail', hash)
      if (!thumbnail) throw new Error('no thumbnail')
      const small = await createImageBitmap(thumbnail)
      return { hash, width, height, type: thumbnail.type, thumbnail: [small.width, small.height] }
    },
    [...fixture('resizing/pattern.png')],
  )
  const { createHash } = await import('node:crypto')
  expect(found).toEqual({
    hash: createHash('sha256').update(fixture('resizing/pattern.png')).digest('hex'),
    width: 97,
    height: 61,
    type: 'image/webp',
    thumbnail: [97, 61],
  })
})

test('previews the channels in the order the network gets', async ({ page }) => {
  for (const order of ['rgb', 'bgr'] as const) {
    const pixels = await page.evaluate(
      async ([given, channels]) => {
        const preprocessing = {
          input: 'images:0',
          width: 48,
          height: 32,
          fit: 'crop',
          range: 'caffe',
          order: channels,
          how: 'asked',
        } as const
        const [seen] = await window.images.preview(new Blob([Uint8Array.from(given)]), preprocessing, [null], 3)
        return [...(await window.images.decode(seen.picture, { width: 48, height: 32, fit: 'stretch' }))]
      },
      [[...fixture('rgb.png')], order] as const,
    )
    expect(centres(pixels)).toEqual(quarters.map(([r, g, b]) => (order === 'rgb' ? [r, g, b] : [b, g, r])))
  }
})

test('changes a copy as it is said, in the one resize', async ({ page }) => {
  const changes = [
    { ...same, flip: true },
    { ...same, brightness: 50 },
    { ...same, crop: 0.5, cropX: 0, cropY: 1 },
    { ...same, scale: 0.5 },
  ]
  const [mirrored, lighter, lowerLeft, smaller] = await page.evaluate(
    async ([given, target, wanted]) => {
      const blob = new Blob([Uint8Array.from(given)])
      return Promise.all(wanted.map(async (change) => [...(await window.images.decode(blob, target, change))]))
    },
    [[...fixture('rgb.png')], ownSize, changes] as const,
  )
  expect(centres(mirrored)).toEqual([green, red, yellow, blue])
  expect(centres(lighter)).toEqual(quarters.map((colour) => colour.map((byte) => Math.min(255, byte + 50))))
  expect(centres(lowerLeft)).toEqual([blue, blue, blue, blue])
  const grey = [128, 128, 128]
  const at = (x: number, y: number): number[] => smaller.slice((y * 48 + x) * 3, (y * 48 + x) * 3 + 3)
  expect([at(18, 12), at(30, 12), at(18, 20), at(30, 20)]).toEqual(quarters)
  expect([at(11, 16), at(36, 16), at(24, 7), at(24, 24)]).toEqual([grey, grey, grey, grey])
})

test('refuses what is no usable picture, and says why', async ({ page }) => {
  const heic = Uint8Array.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', (character) => character.charCodeAt(0))
  const svg = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9v9z"/></svg>')
  const cases: [string, Uint8Array, RegExp][] = [
    ['empty.png', fixture('empty.png'), /empty/],
    ['text.jpg', fixture('text.jpg'), /“text.jpg”.*text, not a picture/],
    ['truncated.jpg', fixture('truncated.jpg'), /damaged or incomplete.*JPEG/],
    ['cut.png', fixture('rgb.png').subarray(0, 60), /damaged or incomplete.*PNG/],
    ['huge.png', fixture('huge.png'), /30000 × 30000.*at most 100 megapixels/],
    ['rgb.tiff', fixture('rgb.tiff'), /TIFF.*this browser/],
    ['photo.heic', heic, /HEIC.*this browser/],
    ['drawing.svg', svg, /SVG/],
  ]
  for (const [name, bytes, message] of cases) {
    expect(await refusal(page, bytes, name), name).toEqual({
      code: 'bad-image',
      message: expect.stringMatching(message),
    })
  }
})

test('opens a zip in the browser', async ({ page }) => {
  const { ZipWriter, BlobWriter } = await import('@zip.js/zip.js')
  const writer = new ZipWriter(new BlobWriter(), { useWebWorkers: false })
  await writer.add('photos/cats/1.png', new Blob([fixture('rgb.png')]).stream())
  await writer.add('photos/cats/notes.txt', new Blob(['none']).stream())
  const zip = new Uint8Array(await (await writer.close()).arrayBuffer())
  const found = await page.evaluate(
    async (given) => {
      const { listing, sources, plan } = await window.images.lookInto([
        { path: 'p.zip', blob: new Blob([Uint8Array.from(given)]) },
      ])
      const sizes = await Promise.all(
        sources.map(async (source) =>
          source instanceof Blob ? (await window.images.examine(source, 'p')).width : null,
        ),
      )
      const entries = plan.photos.map((photo, place) => [listing.pictures[place].path, photo?.label])
      return { entries, sizes, rejected: plan.rejected }
    },
    [...zip],
  )
  expect(found).toEqual({
    entries: [['p.zip/photos/cats/1.png', 'cats']],
    sizes: [48],
    rejected: [{ name: 'p.zip/photos/cats/notes.txt', reason: 'This is text, not a picture.' }],
  })
})

/** Names of folders that are unsafe or hidden on one system or another, and fine on others. */
const strangeNames = [
  ...['Quercus sp.', 'aux', 'con', 'nul', 'COM1', 'why?', 'a:b', 'a*b', 'a"b', 'a<b>c', 'a|b', 'a\\b', ' cat', 'dog '],
  ...['.hidden', '~tmp', 'x.lnk', 'y.url', 'é', '犬', '🐈', 'plain'],
]

/** A real drop, which Playwright itself cannot do with folders. */
async function drop(
  page: Page,
  data: { files?: string[]; items?: { mimeType: string; data: string }[] },
): Promise<void> {
  const session = await page.context().newCDPSession(page)
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', {
      type,
      x: 50,
      y: 50,
      data: { items: data.items ?? [], files: data.files ?? [], dragOperationsMask: 1 },
    })
  }
}

test('collects folders of more than a hundred files to the bottom, and single files', async ({ page }) => {
  const cats = join(folder, 'photos', 'cats')
  await mkdir(join(cats, 'old'), { recursive: true })
  for (let number = 1; number <= 230; number++) await writeFile(join(cats, `${number}.png`), fixture('rgb.png'))
  await writeFile(join(cats, 'old', 'a.png'), fixture('rgb.png'))
  await writeFile(join(folder, 'loose.png'), fixture('rgb.png'))

  await drop(page, { files: [join(folder, 'photos'), join(folder, 'loose.png')] })
  const numbered = Array.from({ length: 230 }, (_, index) => `photos/cats/${index + 1}.png`)
  expect(await page.evaluate(() => window.dropped)).toEqual(['loose.png', ...numbered, 'photos/cats/old/a.png'])

  await page.locator('input').setInputFiles([join(folder, 'loose.png')])
  expect(await page.evaluate(() => window.picked)).toEqual(['loose.png'])
})

test('folders come whatever they are called; what could not be read, and what is empty, is named', async ({ page }) => {
  const set = join(folder, 'strange')
  for (const name of strangeNames) {
    await mkdir(join(set, name), { recursive: true })
    await writeFile(join(set, name, '1.png'), fixture('rgb.png'))
  }
  await mkdir(join(set, 'empty'))
  // Bytes that are no UTF-8: such a name cannot be passed on by the browser.
  const broken = Buffer.concat([Buffer.from(`${set}/`), Buffer.from([0xe9, 0x74, 0xe9])])
  await mkdir(broken)
  await writeFile(Buffer.concat([broken, Buffer.from('/1.png')]), fixture('rgb.png'))

  await drop(page, { files: [set] })
  const dropped = await page.evaluate(() => window.dropped)
  const files = dropped.filter((path) => path.endsWith('/1.png'))
  expect(new Set(files)).toEqual(new Set(strangeNames.map((name) => `strange/${name}/1.png`)))
  const others = dropped.filter((path) => !files.includes(path))
  expect(others).toEqual(['unreadable: strange/?', 'empty: strange/empty'])
})

test('a drop of text or a link gives no files', async ({ page }) => {
  await drop(page, {
    items: [
      { mimeType: 'text/plain', data: 'hello' },
      { mimeType: 'text/uri-list', data: 'https://a.example/' },
    ],
  })
  expect(await page.evaluate(() => window.dropped)).toEqual([])
})
