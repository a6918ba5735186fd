import { expect, test } from '@playwright/test'
import { openPage } from './support/page'

test('tensors and memory are the same after 65 trainings as after 20, when as many heads are kept as ever are', async ({
  page,
}) => {
  test.setTimeout(300_000)
  await openPage(page)
  await page.getByRole('button', { name: 'Try the built-in sample' }).click()
  await expect(page.getByTestId('report')).toBeVisible({ timeout: 90_000 })
  await expect(page.getByLabel('Photos tried').locator('img')).toHaveCount(3)

  const trainAgain = (times: number): Promise<void> =>
    page.evaluate(async (count) => {
      for (let run = 0; run < count; run++) await window.cutpoint.train()
    }, times)
  const measure = async (): Promise<{ tensors: number; pageBytes: number; allBytes: number }> => {
    const client = await page.context().newCDPSession(page)
    await client.send('HeapProfiler.collectGarbage')
    await client.send('Performance.enable')
    const { metrics } = await client.send('Performance.getMetrics')
    await client.detach()
    const { tensors } = await page.evaluate(() => window.cutpoint.memory())
    // Page and workers together, after a garbage collection of its own; only on an isolated page.
    const allBytes = await page.evaluate(async () => (await performance.measureUserAgentSpecificMemory()).bytes)
    return { tensors, allBytes, pageBytes: metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0 }
  }

  await trainAgain(20)
  const after20 = await measure()
  await trainAgain(45)
  const after65 = await measure()
  console.log('after 20 trainings', after20, 'after 65', after65)
  expect(after65.tensors).toBe(after20.tensors)
  expect(after65.pageBytes - after20.pageBytes).toBeLessThan(1_000_000)
  expect(after65.allBytes - after20.allBytes).toBeLessThan(4_000_000)
})
