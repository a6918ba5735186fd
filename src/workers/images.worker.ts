import { expose, transfer } from 'comlink'
import { createImageService } from '../images/service'
import { carryErrors } from './errors'
import { holdLifeline } from './life/lifeline'
import type { ImageApi } from './images'
import { KeptFiles } from './kept-files'

holdLifeline()
carryErrors()

const files = new KeptFiles()
const service = createImageService(files.shelf)

const api: ImageApi = {
  ...service,
  decode: async (picture, target, change) => {
    const pixels = await service.decode(picture, target, change)
    return transfer(pixels, [pixels.buffer])
  },
  connect: (port) => expose(api, port),
  useFiles: (prefer, listener) => files.use(prefer, listener),
  takeFiles: (some) => files.take(some),
  flushFiles: () => files.flush(),
  tidyFiles: (wanted) => files.tidy(wanted),
  keepFile: (key, blob) => files.keep(key, blob),
  keptFile: (key) => files.kept(key),
  keptKeys: (prefix) => files.keys(prefix),
  forgetFiles: (prefix) => files.forget(prefix),
}

expose(api)
