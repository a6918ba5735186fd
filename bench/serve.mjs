// A web server for the benchmarks: the files of a folder, with the headers that cross-origin isolation needs if asked.
import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'

const types = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
}
const isolation = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'credentialless' }

/** Serves a folder on a free port; resolves to its address and a function that ends it. */
export async function serve(folder, { isolated = false } = {}) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const file = join(folder, normalize(pathname === '/' ? 'index.html' : decodeURIComponent(pathname)))
    if (!file.startsWith(folder) || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end()
      return
    }
    response.writeHead(200, {
      'content-type': types[extname(file)] ?? 'application/octet-stream',
      ...(isolated ? isolation : {}),
    })
    createReadStream(file).pipe(response)
  })
  await new Promise((resolve) => server.listen(0, resolve))
  return { url: `http://localhost:${server.address().port}/`, close: () => server.close() }
}
