/** `npm start`: installs what is missing, builds the site and serves it with the headers it needs. */
import { ensureDependencies } from './dependencies.mjs'

ensureDependencies()
const { build, preview } = await import('vite')
console.log('Building …')
await build({ logLevel: 'warn' })
const server = await preview({ preview: { port: Number(process.env.PORT ?? 4173), strictPort: false, open: false } })
console.log('\nCutpoint is ready:')
server.printUrls()
