import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { extname, join, normalize } from 'node:path'
import { hostHeaders } from './headers.mjs'

const types = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webp': 'image/webp',
}

/**
 * The plainest web server there is, for tests and benchmarks: files of a folder on a free port, under `path`, with no headers
 * but their type, and if asked those that a host should send. What breaks the policy then is put into `reports`. What
 * `answer` has answered, for a name under `path`, is not looked for in the folder. Resolves to its address and a function
 * that ends it.
 */
export async function serve(folder, { path = '/', isolated = false, reports, answer = () => false } = {}) {
  const server = createServer((request, response) => {
    if (reports && request.method === 'POST') {
      text(request).then((report) => reports.push(report))
      response.writeHead(204).end()
      return
    }
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const name = pathname.startsWith(path) ? pathname.slice(path.length) : '\0'
    if (answer(name, request, response)) return
    const file = join(folder, normalize(name === '' ? 'index.html' : decodeURIComponent(name)))
    if (!file.startsWith(folder) || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end()
      return
    }
    response.writeHead(200, {
      'content-type': types[extname(file)] ?? 'application/octet-stream',
      ...(isolated ? hostHeaders : {}),
      ...(reports
        ? { 'Content-Security-Policy': `${hostHeaders['Content-Security-Policy']}; report-uri /report` }
        : {}),
    })
    createReadStream(file).pipe(response)
  })
  await new Promise((resolve) => server.listen(0, resolve))
  return { url: `http://localhost:${server.address().port}${path}`, close: () => server.close() }
}
