import { fileName, folderOf } from './source'

/** Names that say what a file is and not which model it holds. */
const generic =
  /^(\d+|model|models|model\.ckpt(-\d+)?|web_?model|tfjs|tfjs_?model|js|web|json|graph|graph-?model|default|saved_?model|classification|output|export)$/i

/** What TensorFlow's scripts call what they write: better than nothing, but a folder mostly says more. */
const usual = /^(frozen_(inference_)?graph|(retrained|output|optimi[sz]ed|rounded)_graph)$/i

/** A model's name from where its main file lies: the file's own, else that of the nearest folder that says more. */
export function modelName(path: string): string {
  const stem = fileName(path).replace(/\.[^.]*$/, '')
  const folders = folderOf(path)
    .split('/')
    .filter((folder) => folder !== '' && folder !== '.')
  const candidates = [stem, ...folders.reverse()]
  const telling = candidates.filter((name) => !generic.test(name))
  return telling.find((name) => !usual.test(name)) ?? telling.at(0) ?? candidates.at(1) ?? 'model'
}
