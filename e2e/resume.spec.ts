import { expect, test, type BrowserContext, type Page } from '@playwright/test'
import { setTimeout as moment } from 'node:timers/promises'
import { uniform } from '../src/random'
import type { TrainReport } from '../src/types'
import { openSmallNetwork } from './support/network'
import { openPage } from './support/page'
import { addMadePhotos, comeBack, killTab, withProfile } from './support/visits'
import { killOn, recordWorkers } from './support/workers'

/** Rounds, in each of which a worker is killed and then the tab: some in every run, more on demand. */
const rounds = Math.ceil(Number(process.env.CUTPOINT_KILLS ?? 8) / 2)

/** Of each training: many, so that it is seldom at its end when it is killed. */
const epochs = 4000

declare global {
  interface Window {
    /** How many epochs of the training that runs are shown. */
    epochs: number
    epochsShown(count: number): void
    result: Promise<TrainReport>
  }
}

/** Epochs that were shown, in this tab and before. */
interface Shown {
  most: number
  /** Whether there were ever fewer than had been shown. */
  less: boolean
}

/** A new tab that tells how many epochs are shown. */
async function newTab(context: BrowserContext): Promise<Page> {
  const page = await context.newPage()
  await recordWorkers(page)
  return page
}

async function tellEpochs(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.epochs = 0
    window.cutpoint.on('progress', (detail) => {
      const { history, first = 0 } = detail as { history?: unknown[]; first?: number }
      if (history) window.epochsShown((window.epochs = first + history.length))
    })
  })
}

const begin = (page: Page): Promise<void> =>
  page.evaluate((count) => {
    window.result = window.cutpoint.train({
      split: { train: 0.7, validation: 0.3, test: 0 },
      tail: { layers: 2, epochs: count, batchSize: 4, patience: 0, learningRate: 0.0005 },
    })
    window.result.catch(() => undefined)
  }, epochs)

/** What of a report does not depend on how long things took. */
async function outcome(page: Page): Promise<unknown> {
  const { history, evaluated, accuracy, tail, fit } = await page.evaluate(() => window.result)
  return { history, evaluated, accuracy, tail: { ...tail, ms: 0 }, fit: { ...fit, ms: 0 } }
}

/** The code of what the training ended with. */
const failure = (page: Page): Promise<unknown> =>
  page.evaluate(async () => {
    try {
      return await window.result
    } catch (error) {
      return error instanceof Error && 'code' in error ? error.code : error
    }
  })

test('killed in the middle again and again, a training of last layers comes to the same, and nothing shown is lost', async () => {
  test.setTimeout(180_000)
  await withProfile(async (context) => {
    const shown: Shown = { most: 0, less: false }
    await context.exposeFunction('epochsShown', (count: number) => {
      shown.less ||= count < shown.most
      shown.most = Math.max(shown.most, count)
    })
    let page = await newTab(context)
    await openPage(page)
    await openSmallNetwork(page)
    await addMadePhotos(page, 1, 40)
    await begin(page)
    const expected = await outcome(page)
    await tellEpochs(page)
    await begin(page)
    const random = uniform(13)
    let whole = 1
    /** Waits until another epoch is shown; where that was the last one, until it does so of another such training. */
    const goesOn = async (): Promise<void> => {
      const before = shown.most
      await expect.poll(() => shown.most, { intervals: [20] }).toBeGreaterThan(before)
      if (shown.most < epochs) return
      expect(await outcome(page)).toEqual(expected)
      whole += 1
      shown.most = 0
      await begin(page)
      await goesOn()
    }
    for (let round = 0; round < rounds; round++) {
      await goesOn()
      await moment(200 * random())
      await killOn(page, 'compute', round % 2 === 0 ? 'is terminated' : 'throws')()
      // It goes on by itself.
      await goesOn()
      await moment(200 * random())
      await killTab(context, page)
      await page.close()
      page = await newTab(context)
      await comeBack(page)
      await tellEpochs(page)
      const paused = page.getByTestId('paused')
      await expect(paused).toContainText('Training was interrupted after round', { timeout: 20_000 })
      const [, passed] = /after round (\d+) of/.exec((await paused.textContent()) ?? '') ?? []
      expect(Number(passed)).toBeGreaterThanOrEqual(shown.most)
      await page.evaluate(() => {
        window.result = new Promise((resolve) =>
          window.cutpoint.on('trained', (report) => resolve(report as TrainReport)),
        )
      })
      await paused.getByRole('button', { name: 'Resume training' }).click()
    }
    expect(await outcome(page)).toEqual(expected)
    expect(shown).toEqual({ most: epochs, less: false })
    await expect(page.getByTestId('paused')).toHaveCount(0)
    console.log(`${2 * rounds} kills: ${whole} trainings the same in the end, and nothing shown was lost`)
    // What was kept on its way is gone.
    await page.close()
    page = await newTab(context)
    await comeBack(page)
    await expect.poll(() => page.evaluate(async () => (await window.cutpoint.heads()).length)).toBe(whole + 1)
    await expect(page.getByTestId('paused')).toHaveCount(0)
  })
})

test('a training is paused, gives way to a cut, and goes on; discarded it is gone', async ({ page }) => {
  await openPage(page)
  await openSmallNetwork(page)
  await addMadePhotos(page, 1, 40)
  await page.evaluate(() => {
    window.result = window.cutpoint.train({ tail: { layers: 2, epochs: 3000, patience: 0 } })
    window.result.catch(() => undefined)
  })
  const job = page.getByTestId('job')
  await job.getByRole('button', { name: 'Pause' }).click()
  const paused = page.getByTestId('paused')
  await expect(paused).toContainText('Training is paused after round')
  expect(await failure(page)).toBe('paused')
  await page.evaluate(() => window.cutpoint.tensors())
  await paused.getByRole('button', { name: 'Resume training' }).click()
  await expect(job).toContainText('Training the last layers')
  await job.getByRole('button', { name: 'Pause' }).click()
  await expect(paused).toBeVisible()
  await paused.getByRole('button', { name: 'Discard' }).click()
  await expect(paused).toHaveCount(0)
  await page.evaluate(() => {
    window.result = window.cutpoint.resume()
  })
  expect(await failure(page)).toBe('cannot-resume')
})
