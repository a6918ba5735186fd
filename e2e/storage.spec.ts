import { expect, test } from '@playwright/test'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openSmallNetwork } from './support/network'
import { openPage } from './support/page'
import { addMadePhotos, comeBack, look, withProfile } from './support/visits'
import { killOn, recordWorkers, waysToDie } from './support/workers'

test('a disk that is full is told as that after a reload, Continue is there, and all is kept once there is room', async () => {
  await withProfile(async (context) => {
    const page = await context.newPage()
    await openPage(page)
    await openSmallNetwork(page)
    await addMadePhotos(page, 1, 8)
    await page.evaluate(() => window.cutpoint.train())
    const before = await look(page)
    const client = await context.newCDPSession(page)
    const origin = new URL(page.url()).origin
    await client.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 })

    await comeBack(page)
    await expect.poll(() => look(page), { timeout: 20_000 }).toEqual(before)
    await expect(page.getByText('A private window')).toBeHidden()
    await addMadePhotos(page, 2, 8)
    const told = page.getByRole('alert').filter({ hasText: 'The disk is full.' })
    await expect(told).toBeVisible()
    await page.screenshot({ path: test.info().outputPath('full.png') })

    await client.send('Storage.overrideQuotaForOrigin', { origin })
    await told.getByRole('button', { name: 'Try again' }).click()
    await expect(page.getByText('Everything is kept again.')).toBeVisible()
    const all = await look(page)
    expect(all.photos).toHaveLength(16)
    await comeBack(page)
    await expect.poll(() => look(page), { timeout: 20_000 }).toEqual(all)
  })
})

test('site data that is deleted while the page is open is told, and what is left is kept again', async () => {
  await withProfile(async (context) => {
    const page = await context.newPage()
    await openPage(page)
    await openSmallNetwork(page)
    await addMadePhotos(page, 1, 8)
    await page.evaluate(() => window.cutpoint.train())
    const before = await look(page)
    const client = await context.newCDPSession(page)
    const origin = new URL(page.url()).origin
    await client.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' })
    await expect(page.getByText('This site’s data was deleted while the page was open.')).toBeVisible()
    await addMadePhotos(page, 2, 8)
    await expect(page.getByText('Something went wrong inside Cutpoint')).toBeHidden()
    const { photos } = await look(page)
    expect(photos).toHaveLength(8)
    // The compute worker keeps on disk again, too.
    await page.evaluate(() => {
      const tail = { layers: 2, epochs: 9000, batchSize: 1, patience: 0 }
      window.cutpoint.train({ tail }).catch(() => undefined)
    })
    await page.getByTestId('job').getByRole('button', { name: 'Pause' }).click()
    const paused = page.getByTestId('paused')
    await expect(paused).toContainText('Training is paused after round')

    await comeBack(page)
    await expect
      .poll(() => look(page), { timeout: 20_000 })
      .toEqual({ photos, labels: before.labels, heads: before.heads, cut: before.cut })
    await expect(paused).toContainText('Training was interrupted after round')
  })
})

test('blocked cookies are told as that, and no photo is lost with the worker that holds them', async () => {
  const blocked = (profile: string): void => {
    mkdirSync(join(profile, 'Default'), { recursive: true })
    const settings = { profile: { default_content_setting_values: { cookies: 2 } } }
    writeFileSync(join(profile, 'Default', 'Preferences'), JSON.stringify(settings))
  }
  await withProfile(async (context) => {
    const page = await context.newPage()
    await recordWorkers(page)
    await openPage(page)
    await expect(page.getByText('This browser’s settings keep this page from storing anything.')).toBeVisible()
    await expect(page.getByText('Cutpoint is open in another tab.')).toBeHidden()
    await openSmallNetwork(page)
    // Photos are out of sight, so that their thumbnails are asked for only afterwards.
    await page.setViewportSize({ width: 390, height: 300 })
    await addMadePhotos(page, 1, 8)
    const thumbnails = page.getByRole('option').locator('img')
    await expect(thumbnails).toHaveCount(0)
    for (const way of waysToDie) await killOn(page, 'images', way)()
    const trained = await page.evaluate(async () => {
      const { accuracy, features, images } = await window.cutpoint.train()
      return { accuracy: accuracy.train, features: features.count, images: images.train }
    })
    expect(trained).toEqual({ accuracy: 1, features: 8, images: 8 })
    await page.setViewportSize({ width: 1440, height: 900 })
    const seen = (): Promise<number> =>
      thumbnails.evaluateAll(
        (all) => all.filter((img) => img instanceof HTMLImageElement && img.naturalWidth > 0).length,
      )
    await expect.poll(seen).toBe(8)
    await expect(page.getByText('Something went wrong inside Cutpoint')).toBeHidden()
  }, blocked)
})

test('a database of a newer Cutpoint is told as that, and left as it is', async () => {
  await withProfile(async (context) => {
    const page = await context.newPage()
    await page.goto('./models/efficientnet-lite0/model.json')
    const version = (): Promise<number | undefined> =>
      page.evaluate(async () => (await indexedDB.databases()).find(({ name }) => name === 'cutpoint')?.version)
    await page.evaluate(
      () =>
        new Promise((resolve) => {
          const request = indexedDB.open('cutpoint', 1_000)
          request.onsuccess = () => resolve(request.result.close())
        }),
    )
    await openPage(page)
    await expect(page.getByText('A newer Cutpoint was opened in this browser.')).toBeVisible()
    await openSmallNetwork(page)
    expect(await version()).toBe(1_000)
  })
})
