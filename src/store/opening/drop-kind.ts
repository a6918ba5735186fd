import { isPicturePath } from '../../images/intake/paths'

const modelFile = /(\.json|\.pb|\.pbtxt|\.h5|\.hdf5|\.keras|\.bin|\.index|\.meta|\.tflite|\.onnx)$/i
const archive = /\.(zip|tar|tgz|gz)$/i

/**
 * What a drop on the page is taken for, by the names of its files: photos, a model, or a model and, if it holds none, photos.
 * An archive tells only once it is opened, and data sets bring `.json` along; without an open model there is nothing that
 * photos could be for.
 */
export function dropKind(paths: readonly string[], modelOpen: boolean): 'photos' | 'model' | 'model-else-photos' {
  if (!modelOpen) return 'model'
  const mayBeModel = paths.some((path) => modelFile.test(path))
  if (!mayBeModel) return paths.some((path) => archive.test(path)) ? 'model-else-photos' : 'photos'
  return paths.some(isPicturePath) ? 'model-else-photos' : 'model'
}
