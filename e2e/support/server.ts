import { chromium, type FullConfig } from '@playwright/test'
import { preview } from 'vite'
import { openPage } from './page'

type Use = FullConfig['projects'][number]['use']

/**
 * Serves the built site for the browser tests, on a port that is free, inside the runner itself: it ends when the
 * runner ends, however that is. Its address goes to the workers of the tests, which load the configuration again.
 */
export default async function serveSite({ projects }: FullConfig): Promise<() => Promise<void>> {
  const server = await preview({ logLevel: 'warn', preview: { port: 0, open: false } })
  const address = server.httpServer.address()
  if (address === null || typeof address === 'string') throw new Error('the site is served on no port')
  process.env.CUTPOINT_SITE = `http://localhost:${address.port}/`
  await visitOnce(process.env.CUTPOINT_SITE, projects[0].use)
  return () => server.close()
}

/** Measures the backends of this machine once for all tests: in each it would take some seconds. */
async function visitOnce(site: string, { launchOptions, storageState }: Use): Promise<void> {
  const browser = await chromium.launch(launchOptions)
  const context = await browser.newContext({ serviceWorkers: 'block' })
  const page = await context.newPage()
  await openPage(page, site)
  await page.evaluate(() => window.cutpoint.backend())
  if (typeof storageState === 'string') await context.storageState({ path: storageState })
  await browser.close()
}
