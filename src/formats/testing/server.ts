import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

export interface TestServer {
  /** `http://127.0.0.1:port` */
  readonly origin: string
  /** What was asked for, with queries, in order. */
  readonly requests: string[]
  close(): Promise<void>
}

/** A real server on a free port. */
export async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<TestServer> {
  const requests: string[] = []
  const server = createServer((request, response) => {
    requests.push(request.url ?? '')
    answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return {
    origin: `http://127.0.0.1:${address.port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
