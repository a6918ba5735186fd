// A process of bench/fuzz: tries the seeds of one kind, and tells of each how it went.
import { createServer } from 'vite'

const [kind, from, until] = process.argv.slice(2)
const server = await createServer({
  appType: 'custom',
  logLevel: 'error',
  server: { middlewareMode: true, watch: null, ws: false },
  optimizeDeps: { noDiscovery: true },
})
const { fuzz } = await server.ssrLoadModule('/src/testing/fuzz/index.ts')
let stray = []
process.on('unhandledRejection', (error) => stray.push(`nobody waits for: ${error?.stack ?? error}`))
for (let seed = Number(from); seed < Number(until); seed++) {
  stray = []
  const { steps, faults } = await fuzz(kind, seed)
  process.send({ seed, steps, faults: [...faults, ...stray] })
}
await server.close()
process.exit(0)
