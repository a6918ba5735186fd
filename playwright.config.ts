import { defineConfig } from '@playwright/test'
import { findChromium } from './tools/chromium.mjs'

/** WebGPU in software, for machines without a GPU: right, but slow. */
export const softwareWebGpu = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader', '--enable-features=Vulkan']

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  globalSetup: './e2e/support/server.ts',
  timeout: 120_000,
  expect: { timeout: 20_000 },
  // While one test computes, another waits for its page: more than two only slow each other on few cores.
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  reporter: 'list',
  use: {
    actionTimeout: 20_000,
    baseURL: process.env.CUTPOINT_SITE,
    // The backends are measured once for all tests (e2e/support/server.ts).
    storageState: '.cache/browser/visited.json',
    viewport: { width: 1440, height: 900 },
    // Each test is a first visit; e2e/offline.spec.ts is about later ones.
    serviceWorkers: 'block',
    launchOptions: {
      executablePath: findChromium() ?? undefined,
      args: [
        '--no-sandbox',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
    // Recording one for each test takes as long as the test; `npx playwright test --trace on` shows what happened.
    trace: 'off',
  },
})
