import { expose, transfer } from 'comlink'
import { imageService } from '../images/service'
import { carryErrors } from './errors'
import type { ImageApi } from './images'

carryErrors()

const api: ImageApi = {
  examine: (blob, name) => imageService.examine(blob, name),
  preview: (blob, preprocessing) => imageService.preview(blob, preprocessing),
  expand: (files) => imageService.expand(files),
  decode: async (blob, target) => {
    const pixels = await imageService.decode(blob, target)
    return transfer(pixels, [pixels.buffer])
  },
  connect: (port) => expose(api, port),
}

expose(api)
