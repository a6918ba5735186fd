import { preview } from 'vite'

/**
 * Serves the built site for the browser tests, on a port that is free, inside the runner itself: it ends when the
 * runner ends, however that is. Its address goes to the workers of the tests, which load the configuration anew.
 */
export default async function serveSite(): Promise<() => Promise<void>> {
  const server = await preview({ logLevel: 'warn', preview: { port: 0, open: false } })
  const address = server.httpServer.address()
  if (address === null || typeof address === 'string') throw new Error('the site is served on no port')
  process.env.CUTPOINT_SITE = `http://localhost:${address.port}/`
  return () => server.close()
}
