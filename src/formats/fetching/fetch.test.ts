import { afterEach, describe, expect, it, vi } from 'vitest'
import { openModel } from '..'
import { CutpointError } from '../../errors'
import { modelAddress } from './address'
import { fetchSources } from './fetch'
import { readAll } from '../source'
import { errorOf } from '../testing/errors'
import { fixtureFiles, quiet } from '../testing/files'
import { serve, type TestServer } from '../testing/server'
import { floats, modelFiles, tinyModel } from '../testing/tiny-model'
import type { SourceFile } from '../types'
import { writeZip } from '../zip'

let server: TestServer | undefined
afterEach(async () => {
  vi.unstubAllGlobals()
  await server?.close()
  server = undefined
})

/** A server that has these files, whatever the query. */
async function serveFiles(files: readonly SourceFile[]): Promise<string> {
  const bodies = new Map<string, Uint8Array>(
    await Promise.all(files.map(async (file) => [`/${file.path}`, await readAll(file)] as const)),
  )
  server = await serve((request, response) => {
    const body = bodies.get(decodeURIComponent((request.url ?? '').replace(/\?.*/, '')))
    response.statusCode = body ? 200 : 404
    response.end(body ?? 'not here')
  })
  return server.origin
}

describe('fetchSources', () => {
  it('fetches a model.json and the weight files beside it', async () => {
    const origin = await serveFiles(fixtureFiles('cnn-groups', 'models/little net'))
    const files = await fetchSources(`${origin}/models/little%20net/model.json`, quiet)
    const model = await openModel(files, quiet)
    expect(model.name).toBe('little net')
    expect(model.graph).toEqual((await openModel(fixtureFiles('cnn-groups'), quiet)).graph)
    expect(server?.requests).toHaveLength(6)
  })

  it('keeps the query of a signed address on the weight files, in whatever folder they lie', async () => {
    const model = tinyModel()
    model.weightsManifest[0].paths = ['../w/w 1.bin']
    const [json, shard] = modelFiles(model, { 'w/w 1.bin': floats(1.5, -2) })
    const origin = await serveFiles([{ ...json, path: 'm/model.json' }, shard])
    const files = await fetchSources(`${origin}/m/model.json?X-Sig=a%2Fb&e=1#top`, quiet)
    expect(server?.requests).toEqual(['/m/model.json?X-Sig=a%2Fb&e=1', '/w/w%201.bin?X-Sig=a%2Fb&e=1'])
    expect(await (await openModel(files, quiet)).weights.values('w')).toEqual(Float32Array.of(1.5, -2))
  })

  it('looks for a model.json in a folder', async () => {
    const origin = await serveFiles(fixtureFiles('cnn-float32'))
    expect((await fetchSources(`${origin}/cnn-float32/`, quiet)).map(({ path }) => path)).toEqual([
      'cnn-float32/model.json',
      'cnn-float32/group1-shard1of1.bin',
    ])
  })

  it('takes a zip for a zip, whatever its name', async () => {
    const files = fixtureFiles('cnn-float32', '')
    const zip = await writeZip(
      await Promise.all(files.map(async (file) => ({ path: file.path, bytes: await readAll(file) }))),
    )
    const bytes = new Uint8Array(await zip.arrayBuffer())
    server = await serve((_, response) => response.end(bytes))
    expect(
      (await openModel(await fetchSources(`${server.origin}/download?id=3`, quiet), quiet)).graph.nodes,
    ).toHaveLength(13)
  })

  it('fetches the labels that the metadata names, and does without where there are none', async () => {
    const files = modelFiles({ ...tinyModel(), userDefinedMetadata: { labels: 'names.txt' } })
    const origin = await serveFiles([...files, { ...files[0], path: 'names.txt', size: 1 }])
    expect((await fetchSources(`${origin}/model.json`, quiet)).map(({ path }) => path)).toContain('names.txt')
    await server?.close()
    const without = await serveFiles(files)
    expect((await openModel(await fetchSources(`${without}/model.json`, quiet), quiet)).labels).toBeNull()
  })

  it('reads data: addresses, where a model must be whole', async () => {
    const json = encodeURIComponent(JSON.stringify(tinyModel()))
    const error = await errorOf(fetchSources(`data:application/json,${json}`, quiet))
    expect([error.code, error.details.missing]).toEqual(['missing-shards', ['w.bin']])
    const blob = URL.createObjectURL(new Blob([JSON.stringify({ ...tinyModel(), weightsManifest: [] })]))
    expect(await fetchSources(blob, quiet)).toHaveLength(1)
  })

  it('hands on what is no model, for its kind to be told', async () => {
    server = await serve((_, response) => response.end('<!doctype html><p>Sign in'))
    const error = await errorOf(openModel(await fetchSources(`${server.origin}/model.json`, quiet), quiet))
    expect(error.code).toBe('not-a-model')
    expect(error.message).toContain('web page')
  })

  it('reports bytes as they come, up to all of them', async () => {
    const origin = await serveFiles(fixtureFiles('cnn-groups', ''))
    const seen: [number, number][] = []
    const files = await fetchSources(`${origin}/model.json`, {
      ...quiet,
      progress: (_, done, total) => seen.push([done, total]),
    })
    const bytes = files.reduce((sum, file) => sum + file.size, 0)
    expect(seen.at(-1)).toEqual([bytes, bytes])
    expect(seen.every(([done], index) => index === 0 || done >= seen[index - 1][0])).toBe(true)
  })
})

describe('a download that fails', () => {
  it.each([404, 403, 500])('with status %d says so', async (status) => {
    server = await serve((_, response) => {
      response.statusCode = status
      response.end()
    })
    const error = await errorOf(fetchSources(`${server.origin}/model.json`, quiet))
    expect([error.code, error.details.status]).toEqual(['url-status', status])
    expect(error.message).toContain(String(status))
  })

  it('for a weight file names that file', async () => {
    const origin = await serveFiles(
      fixtureFiles('cnn-groups', '').filter(({ path }) => path !== 'group2-shard2of3.bin'),
    )
    const error = await errorOf(fetchSources(`${origin}/model.json`, quiet))
    expect([error.code, error.details.url]).toEqual(['url-status', `${origin}/group2-shard2of3.bin`])
  })

  it('because nothing answers is unreachable', async () => {
    server = await serve((_, response) => response.end())
    const { origin } = server
    await server.close()
    expect((await errorOf(fetchSources(`${origin}/model.json`, quiet))).code).toBe('url-unreachable')
  })

  it('because the connection breaks is unreachable', async () => {
    server = await serve((request, response) => {
      response.writeHead(200, { 'content-length': '1000' })
      response.write('{', () => request.socket.destroy())
    })
    expect((await errorOf(fetchSources(`${server.origin}/model.json`, quiet))).code).toBe('url-unreachable')
  })

  it('because the server forbids other sites to read is blocked', async () => {
    // Node's fetch knows no such rule: stand in for the browser's, which lets only opaque requests through.
    vi.stubGlobal('fetch', (_: URL, init?: RequestInit) =>
      init?.mode === 'no-cors' ? Promise.resolve(new Response(null)) : Promise.reject(new TypeError('Failed to fetch')),
    )
    const error = await errorOf(fetchSources('https://models.example/a/model.json', quiet))
    expect(error.code).toBe('url-blocked')
    expect(error.message).toContain('models.example')
  })

  it.each([
    'model.json',
    '/models/model.json',
    'ftp://a.example/model.json',
    'file:///model.json',
    'javascript:alert(1)',
    '',
  ])('because %j is no whole web address is refused in words', (typed) => {
    expect(() => modelAddress(typed)).toThrow(expect.objectContaining({ code: 'url-unreachable' }) as Error)
  })

  it('because its weights lie elsewhere is refused', async () => {
    const model = tinyModel()
    model.weightsManifest[0].paths = ['https://elsewhere.example/w.bin']
    const origin = await serveFiles(modelFiles(model, {}))
    const error = await errorOf(fetchSources(`${origin}/model.json`, quiet))
    expect([error.code, error.details.missing]).toEqual(['missing-shards', ['https://elsewhere.example/w.bin']])
  })

  it('because it is too large is refused before its weights are asked for, or once it is', async () => {
    const origin = await serveFiles(modelFiles(tinyModel()))
    const size = modelFiles(tinyModel())[0].size
    const error = await errorOf(fetchSources(`${origin}/model.json`, quiet, { maxBytes: size + 7 }))
    expect([error.code, error.details.bytes]).toEqual(['too-large', size + 8])
    expect(server?.requests).toEqual(['/model.json'])
    expect(await fetchSources(`${origin}/model.json`, quiet, { maxBytes: 1, allowLarge: true })).toHaveLength(2)
    await server?.close()
    server = await serve((_, response) => {
      const more = (): boolean => response.write(new Uint8Array(65536), () => response.destroyed || more())
      more()
    })
    expect((await errorOf(fetchSources(`${server.origin}/endless`, quiet, { maxBytes: 1e6 }))).code).toBe('too-large')
  })
})

describe('cancelling', () => {
  const cancelled = new CutpointError('cancelled', 'Cancelled.', 'Start again.')

  it('ends a download whose server says nothing, and its connection', async () => {
    let stop = false
    let closed: () => void
    const gone = new Promise<void>((resolve) => (closed = resolve))
    server = await serve((request) => {
      request.socket.on('close', () => closed())
      stop = true
    })
    const checkCancelled = (): void => {
      if (stop) throw cancelled
    }
    expect(await errorOf(fetchSources(`${server.origin}/model.json`, { ...quiet, checkCancelled }))).toBe(cancelled)
    await gone
  })

  it('ends a download between two pieces', async () => {
    server = await serve((_, response) => {
      const more = (): boolean => response.write(new Uint8Array(65536), () => response.destroyed || more())
      more()
    })
    let stop = false
    const context = {
      progress: () => {
        stop = true
      },
      checkCancelled: () => {
        if (stop) throw cancelled
      },
    }
    expect(await errorOf(fetchSources(`${server.origin}/endless`, context))).toBe(cancelled)
  })
})

describe('modelAddress', () => {
  it.each([
    ['https://a.example/m/model.json#x', 'https://a.example/m/model.json'],
    [' https://a.example/m/?t=1 ', 'https://a.example/m/model.json?t=1'],
    ['https://a.example/m', 'https://a.example/m'],
    ['https://tfhub.dev/google/net/1', 'https://tfhub.dev/google/net/1/model.json?tfjs-format=file'],
    ['https://tfhub.dev/google/net/1/', 'https://tfhub.dev/google/net/1/model.json?tfjs-format=file'],
    [
      'https://tfhub.dev/google/net/1/model.json?tfjs-format=file',
      'https://tfhub.dev/google/net/1/model.json?tfjs-format=file',
    ],
  ])('of %j is %s', (typed, wanted) => expect(modelAddress(typed).href).toBe(wanted))
})
