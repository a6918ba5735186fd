import { expect, test, type Locator, type Page } from '@playwright/test'
import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findChromium } from '../tools/chromium.mjs'
import { seriousProblems } from './support/accessibility'
import { openSmallNetwork } from './support/network'
import { openPage } from './support/page'

/** What Chromium's fake camera looks at; it is read again each time the camera is opened. */
const scene = join(tmpdir(), `cutpoint-camera-${process.pid}.y4m`)

test.use({
  launchOptions: {
    executablePath: findChromium() ?? undefined,
    args: [
      '--no-sandbox',
      '--disable-background-networking',
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-video-capture=${scene}`,
    ],
  },
})

test.afterAll(() => rmSync(scene, { force: true }))

test('two labels are recorded and trained, and the live prediction follows the camera', async ({ page }) => {
  test.setTimeout(240_000)
  await openNetwork(page)
  for (const [label, colour] of [
    ['red', 'red'],
    ['blue', 'blue'],
  ] as const) {
    aim(colour)
    await page.getByLabel('Name of a new label').fill(label)
    await page.getByRole('button', { name: 'Add label', exact: true }).click()
    await page.getByRole('button', { name: `Record photos of ${label} with the camera` }).click()
    const panel = page.getByRole('group', { name: `Camera for ${label}` })
    await recordByMouse(page, panel)
    await recordByKey(page, panel)
    await recordByClicks(panel)
    for (let times = 0; times < 3; times++) await recordByMouse(page, panel)
    await expect(panel).toContainText('6 recordings so far')
    expect(await seriousProblems(page)).toEqual([])
    await page.keyboard.press('Escape')
    await expect(panel).toHaveCount(0)
  }

  const recordings = await recordingsOf(page)
  for (const label of ['red', 'blue']) expect(recordings.filter((own) => own.label === label)).toHaveLength(6)
  for (const { parts, photos } of recordings) {
    expect(photos).toBeGreaterThanOrEqual(2)
    expect(parts).toHaveLength(1)
  }
  // Whole recordings are held out of both labels, or nothing could be said of what the head has not seen.
  const heldOut = recordings.filter(({ parts }) => parts[0] === 'test').map(({ label }) => label)
  expect(new Set(heldOut)).toEqual(new Set(['red', 'blue']))

  await page.getByRole('button', { name: 'Train the head' }).click()
  await expect(page.getByTestId('report')).toBeVisible({ timeout: 60_000 })

  const live = page.getByRole('group', { name: 'Live camera' })
  for (const colour of ['red', 'blue', 'red'] as const) {
    aim(colour)
    await page.getByTestId('try-drop').getByRole('button', { name: 'Camera' }).click()
    await expect(live.locator('li[data-best="true"]')).toContainText(colour)
    await expect(live.getByTestId('live-rate')).toContainText('a second')
    expect(await seriousProblems(page)).toEqual([])
    await live.getByRole('button', { name: 'Close the camera' }).click()
    await expect(live).toHaveCount(0)
  }
})

test('a frozen picture is added to the label it really is of, and taken into training', async ({ page }) => {
  await openNetwork(page)
  await trainOnColours(page)
  aim('red')
  await page.getByTestId('try-drop').getByRole('button', { name: 'Camera' }).click()
  const live = page.getByRole('group', { name: 'Live camera' })
  await live.getByRole('button', { name: 'Freeze' }).click()
  const said = await live.locator('li[data-best="true"] span').nth(1).textContent()
  const other = said === 'warm' ? 'cold' : 'warm'
  const buttons = live.getByRole('group', { name: 'It is really' }).getByRole('button')
  await expect(buttons).toHaveText([other, `${said ?? ''}, as it says`])
  await buttons.first().click()
  await expect(live).toContainText(`Added to ${other}.`)
  const labels = await page.evaluate(() => window.cutpoint.labels())
  expect(labels.find(({ label }) => label === other)).toMatchObject({ images: 5, parts: { train: 5 } })
  // It goes on by itself.
  await expect(live.getByRole('button', { name: 'Freeze' })).toBeVisible()
  await expect(live.getByTestId('live-rate')).toContainText('a second')
})

test('a pasted photo is tried, put right by one click, and asked about again by the next head', async ({ page }) => {
  await openNetwork(page)
  await trainOnColours(page)
  await page.getByTestId('try-drop').hover()
  await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(64, 48)
    const context = canvas.getContext('2d')
    if (!context) throw new Error('no canvas')
    context.fillStyle = 'rgb(60, 160, 60)'
    context.fillRect(0, 0, 64, 48)
    const files = new DataTransfer()
    files.items.add(new File([await canvas.convertToBlob()], 'leaf.png', { type: 'image/png' }))
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: files, bubbles: true, cancelable: true }))
  })
  const photo = page
    .getByLabel('Photos tried')
    .getByRole('listitem')
    .filter({ has: page.getByAltText('leaf.png') })
  const best = photo.locator('li[data-best="true"] span').nth(1)
  const said = await best.textContent()
  const other = said === 'warm' ? 'cold' : 'warm'
  // Pasted here, it is for trying alone.
  const before = await page.evaluate(() => window.cutpoint.photos())
  expect(before.map(({ name }) => name)).not.toContain('leaf.png')

  await photo.getByRole('group', { name: 'It is really' }).getByRole('button', { name: other }).click()
  await expect(photo).toContainText(`Added to ${other}.`)
  const after = await page.evaluate(() => window.cutpoint.photos())
  expect(after.find(({ name }) => name === 'leaf.png')).toMatchObject({ label: other, part: 'train' })
  await page.evaluate(() => window.cutpoint.train({ head: { kind: 'linear', l2: 0.0001 } }))
  await expect(best).toHaveText(other)
})

test('only one place has the camera, and it is off once that is closed', async ({ page }) => {
  await page.addInitScript(() => {
    const tracks: MediaStreamTrack[] = []
    Object.assign(window, { tracks })
    const { mediaDevices } = navigator
    const open = mediaDevices.getUserMedia.bind(mediaDevices)
    mediaDevices.getUserMedia = async (wishes) => {
      const stream = await open(wishes)
      tracks.push(...stream.getTracks())
      return stream
    }
  })
  const running = (): Promise<number> =>
    page.evaluate(
      () =>
        (window as unknown as { tracks: MediaStreamTrack[] }).tracks.filter(({ readyState }) => readyState === 'live')
          .length,
    )
  aim('red')
  await openNetwork(page)
  for (const label of ['one', 'two']) {
    await page.getByLabel('Name of a new label').fill(label)
    await page.getByRole('button', { name: 'Add label', exact: true }).click()
  }
  await page.getByRole('button', { name: 'Record photos of one' }).click()
  await expect(page.getByRole('group', { name: 'Camera for one' }).getByRole('button', { name: 'Hold' })).toBeEnabled()
  expect(await running()).toBe(1)
  await page.getByRole('button', { name: 'Record photos of two' }).click()
  await expect(page.getByRole('group', { name: 'Camera for two' }).getByRole('button', { name: 'Hold' })).toBeEnabled()
  await expect(page.getByRole('group', { name: 'Camera for one' })).toHaveCount(0)
  expect(await running()).toBe(1)
  await page.getByRole('button', { name: 'Close the camera' }).click()
  await expect.poll(running).toBe(0)
})

test('a camera that is unplugged is told each time, and its panel stays', async ({ page }) => {
  aim('red')
  await openNetwork(page)
  await page.getByLabel('Name of a new label').fill('one')
  await page.getByRole('button', { name: 'Add label', exact: true }).click()
  await page.getByRole('button', { name: 'Record photos of one' }).click()
  const panel = page.getByRole('group', { name: 'Camera for one' })
  for (let times = 0; times < 10; times++) {
    await expect(panel.getByRole('button', { name: 'Hold' })).toBeEnabled()
    await panel.locator('video').evaluate((video: HTMLVideoElement) => {
      const [track] = (video.srcObject as MediaStream).getVideoTracks()
      track.stop()
      track.dispatchEvent(new Event('ended'))
    })
    await expect(panel.getByRole('alert')).toHaveAttribute('data-code', 'no-camera')
    await panel.getByRole('button', { name: 'Try again' }).click()
  }
})

for (const { refusal, code } of [
  { refusal: 'NotAllowedError', code: 'camera-denied' },
  { refusal: 'NotFoundError', code: 'no-camera' },
  { refusal: 'NotReadableError', code: 'camera-busy' },
]) {
  test(`a camera that cannot be had is told in words: ${code}`, async ({ page }) => {
    await page.addInitScript((name) => {
      const { mediaDevices } = navigator
      const open = mediaDevices.getUserMedia.bind(mediaDevices)
      let refused = false
      mediaDevices.getUserMedia = (wishes) => {
        if (refused) return open(wishes)
        refused = true
        return Promise.reject(new DOMException('refused', name))
      }
    }, refusal)
    aim('blue')
    await openNetwork(page)
    await page.getByLabel('Name of a new label').fill('one')
    await page.getByRole('button', { name: 'Add label', exact: true }).click()
    await page.getByRole('button', { name: 'Record photos of one' }).click()
    const panel = page.getByRole('group', { name: 'Camera for one' })
    await expect(panel.getByRole('alert')).toHaveAttribute('data-code', code)
    await panel.getByRole('button', { name: 'Try again' }).click()
    await expect(panel.getByRole('button', { name: 'Hold' })).toBeEnabled()
    await expect(panel.getByRole('alert')).toHaveCount(0)
  })
}

async function openNetwork(page: Page): Promise<void> {
  await openPage(page)
  await openSmallNetwork(page)
}

/** Two labels of plain colours, and a head that tells them apart. */
async function trainOnColours(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const paint = async (colour: string, shade: number): Promise<Blob> => {
      const canvas = new OffscreenCanvas(64, 48)
      const context = canvas.getContext('2d')
      if (!context) throw new Error('no canvas')
      context.fillStyle = colour
      context.fillRect(0, 0, 64, 48)
      context.fillStyle = `rgb(${shade}, ${shade}, ${shade})`
      context.fillRect(shade / 8, 10, 12, 12)
      return canvas.convertToBlob()
    }
    for (const [label, colour] of [
      ['warm', 'rgb(200, 40, 40)'],
      ['cold', 'rgb(40, 40, 200)'],
    ]) {
      const photos = await Promise.all([...Array(4).keys()].map((number) => paint(colour, 60 * number)))
      await window.cutpoint.addImages(label, photos)
    }
    await window.cutpoint.train()
  })
}

/** Holds the button until some pictures are taken, and waits until they are in. */
async function recordByMouse(page: Page, panel: Locator): Promise<void> {
  const button = panel.getByRole('button', { name: 'Hold to record' })
  await expect(button).toBeEnabled()
  await button.hover()
  await page.mouse.down()
  await untilSome(panel)
  await page.mouse.up()
  await expect(panel).toContainText('photos added.')
}

async function recordByKey(page: Page, panel: Locator): Promise<void> {
  await panel.getByRole('button', { name: 'Hold to record' }).focus()
  await page.keyboard.down('Space')
  await untilSome(panel)
  await page.keyboard.up('Space')
  await expect(panel).toContainText('photos added.')
}

async function recordByClicks(panel: Locator): Promise<void> {
  await panel.getByLabel('Start and stop by a click').check()
  await panel.getByRole('button', { name: 'Start recording' }).click()
  await untilSome(panel)
  await panel.getByRole('button', { name: 'Stop recording' }).click()
  await expect(panel).toContainText('photos added.')
  await panel.getByLabel('Start and stop by a click').uncheck()
}

async function untilSome(panel: Locator): Promise<void> {
  await expect(panel.getByTestId('recorded')).toHaveText(/^\s*([4-9]|\d\d+)$/)
}

/** Each recording with the parts its photos are in, as the page has them. */
async function recordingsOf(page: Page): Promise<{ label: string; photos: number; parts: string[] }[]> {
  const photos = await page.evaluate(() => window.cutpoint.photos())
  const groups = [...new Set(photos.map(({ group }) => group))]
  return groups.map((group) => {
    const own = photos.filter((photo) => photo.group === group)
    return { label: own[0].label, photos: own.length, parts: [...new Set(own.map(({ part }) => part))] }
  })
}

/**
 * Points the fake camera at something red or blue with noise on it, half a minute at 20 pictures a second (Chromium
 * begins again after that), no two the same. A file that is being read stays whole, since another one takes its name.
 */
function aim(colour: 'red' | 'blue'): void {
  const [width, height, frames] = [128, 96, 600]
  // Luma, then blue and red difference, of a colour that is not quite pure.
  const [luma, blue, red] = colour === 'red' ? [90, 100, 210] : [60, 210, 110]
  const noise = Uint8Array.from({ length: 100_003 }, (_, index) => luma + ((index * 2654435761) >>> 26))
  const chroma = Buffer.concat([Buffer.alloc((width * height) / 4, blue), Buffer.alloc((width * height) / 4, red)])
  const pictures = [...Array(frames).keys()].flatMap((number) => {
    const from = (number * 7919) % (noise.length - width * height)
    return [Buffer.from('FRAME\n'), noise.subarray(from, from + width * height), chroma]
  })
  const header = Buffer.from(`YUV4MPEG2 W${width} H${height} F20:1 Ip A1:1 C420jpeg\n`)
  writeFileSync(`${scene}.next`, Buffer.concat([header, ...pictures]))
  renameSync(`${scene}.next`, scene)
}
