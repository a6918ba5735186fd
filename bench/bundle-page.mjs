// A page with modules of the product for a bench.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const root = fileURLToPath(new URL('../', import.meta.url))

/**
 * The product's own modules that `input` exports, with tfjs and its wasm files, in a page that does nothing else: there they
 * are `window.bench`.
 */
export async function bundlePage(folder, input) {
  // The guard that the site's own build replaces, too: see vite.config.ts.
  const threadedWasm = {
    name: 'threaded-wasm',
    transform: (code, id) =>
      id.includes('tfjs-backend-wasm') && code.includes('typeof _scriptDir')
        ? { code: code.replaceAll(/typeof _scriptDir\s*!==\s*["']undefined["']/g, 'false'), map: null }
        : null,
  }
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    define: { __CUTPOINT_VERSION__: '""', __TFJS_VERSION__: '""' },
    plugins: [threadedWasm],
    worker: { format: 'es' },
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'es2022',
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 5000,
      rolldownOptions: {
        input,
        preserveEntrySignatures: 'strict',
        output: { entryFileNames: 'entry.js' },
      },
    },
  })
  // The site's policy allows no inline script.
  await writeFile(join(folder, 'start.js'), 'window.bench = await import("./entry.js")')
  await writeFile(
    join(folder, 'index.html'),
    '<input type="file" multiple><script type="module" src="start.js"></script>',
  )
}
