import { expose } from 'comlink'
import { carryErrors } from './errors'
import type { FilesApi } from './files'
import { KeptModels } from './kept-models'
import { holdLifeline } from './life/lifeline'

holdLifeline()
carryErrors()

const models = new KeptModels()

const api: FilesApi = {
  use: (kind) => models.use(kind),
  keep: (key, blob) => models.keep(key, blob),
  read: (key) => models.read(key),
  tidy: (wanted) => models.tidy(wanted),
  forget: (model) => models.forget(model),
}

expose(api)
