import { expose, transfer } from 'comlink'
import { createImageService } from '../images/service'
import { carryErrors } from './errors'
import { holdLifeline } from './life/lifeline'
import type { ImageApi } from './images'
import { KeptPictures } from './kept-pictures'

holdLifeline()
carryErrors()

const pictures = new KeptPictures()
const service = createImageService(pictures.shelf)

const api: ImageApi = {
  ...service,
  decode: async (picture, target, change) => {
    const pixels = await service.decode(picture, target, change)
    return transfer(pixels, [pixels.buffer])
  },
  connect: (port) => expose(api, port),
  useFiles: (prefer, listener) => pictures.use(prefer, listener),
  takeFiles: (some) => pictures.take(some),
  flushFiles: () => pictures.flush(),
  tidyPictures: (wanted) => pictures.tidy(wanted),
  keptPictures: () => pictures.hashes(),
  forgetPictures: () => pictures.forget(),
}

expose(api)
