import { expose, transfer } from 'comlink'
import { createImageService } from '../images/service'
import { memoryShelf } from '../images/shelf'
import { carryErrors } from './errors'
import type { ImageApi } from './images'

carryErrors()

const service = createImageService(memoryShelf())

const api: ImageApi = {
  ...service,
  decode: async (picture, target) => {
    const pixels = await service.decode(picture, target)
    return transfer(pixels, [pixels.buffer])
  },
  connect: (port) => expose(api, port),
}

expose(api)
