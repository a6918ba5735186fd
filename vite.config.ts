import react from '@vitejs/plugin-react'
import { readFileSync } from 'node:fs'
import { defineConfig, type Plugin } from 'vite'
import { bundles } from './tools/bundles.mjs'
import { hostHeaders, isolationHeaders, policyInPage } from './tools/headers.mjs'
import { notices } from './tools/notices.mjs'
import { offline } from './tools/offline.mjs'

const { version, dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  version: string
  dependencies: Record<string, string>
}

/**
 * The threaded wasm backend turns its factory into source text for its own workers. Once minified, the factory's
 * `typeof _scriptDir !== 'undefined'` guard names a variable those workers do not have, and they never start.
 * The guard is false in a worker made from text, so it is replaced by what it comes to.
 */
export function threadedWasm(): Plugin {
  return {
    name: 'threaded-wasm',
    transform(code, id) {
      if (!id.includes('tfjs-backend-wasm') || !code.includes('typeof _scriptDir')) return null
      return { code: code.replaceAll(/typeof _scriptDir\s*!==\s*["']undefined["']/g, 'false'), map: null }
    },
  }
}

const licences = notices()
const scripts = bundles()

export default defineConfig({
  base: './',
  // One page: what is not there is a 404, not the page again.
  appType: 'mpa',
  define: {
    __CUTPOINT_VERSION__: JSON.stringify(version),
    __TFJS_VERSION__: JSON.stringify(dependencies['@tensorflow/tfjs-core']),
  },
  plugins: [react(), threadedWasm(), policyInPage(), licences.write(), scripts.write(), offline()],
  worker: { format: 'es', plugins: () => [threadedWasm(), licences.collect(), scripts.collect()] },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 3000,
    // One stylesheet: a part whose own could not be fetched would come without it when it is tried again.
    cssCodeSplit: false,
  },
  server: { headers: isolationHeaders },
  preview: { headers: hostHeaders },
})
