// A process of bench/fuzz: tries the seeds of one kind, and tells of each how it went.
import { createServer } from 'vite'

// Deep enough to show who called the operation that failed.
Error.stackTraceLimit = 60
const [kind, from, until] = process.argv.slice(2)
const server = await createServer({
  appType: 'custom',
  logLevel: 'error',
  server: { middlewareMode: true, watch: null, ws: false },
  optimizeDeps: { noDiscovery: true },
})
const { fuzz } = await server.ssrLoadModule('/src/testing/fuzz/index.ts')
/** Milliseconds after which a run is cancelled: some loops that are made never end. */
const patience = 20_000
let stray = []
process.on('unhandledRejection', (error) => {
  const stack = String(error?.stack ?? error)
  // Where one operation fails while others run, TensorFlow.js throws its error and leaves those of the others to nobody.
  if (!stack.includes('tfjs-converter')) stray.push(`nobody waits for: ${stack}`)
})
for (let seed = Number(from); seed < Number(until); seed++) {
  stray = []
  const { steps, faults } = await fuzz(kind, seed, patience)
  process.send({ seed, steps, faults: [...faults, ...stray] })
}
await server.close()
process.exit(0)
