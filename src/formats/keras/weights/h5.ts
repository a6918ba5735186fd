import { openHdf5 } from '../../hdf5/open'
import type { Hdf5File } from '../../hdf5/types'
import type { ReadContext, SourceFile } from '../../types'
import { namedWeights, type NamedWeight } from './named'
import { pathWeights } from './by-path'
import { joined, storedWeight } from './stored-dataset'
import type { FindWeights } from '../lowering'
import type { ModelConfig } from '../config/model'
import { withFolders } from './windows-paths'

/** The attributes that say what such a file holds. */
const attributes = ['model_config', 'keras_version', 'backend', 'layer_names', 'weight_names', 'name']

/** Opens an HDF5 file of Keras. Throws CutpointError `bad-hdf5`, or `cancelled`. */
export async function openKerasH5(file: SourceFile, context: ReadContext): Promise<Hdf5File> {
  return withFolders(await openHdf5(file, attributes, context))
}

/** How an HDF5 file holds the weights of a Keras model; null where it holds none. */
export type H5Layout = { readonly kind: 'named'; readonly group: string } | { readonly kind: 'paths' } | null

/**
 * Whole models have them in `model_weights`, files of `save_weights` at their root, both by names; Keras 3's own files by
 * the path of each layer. Sources: keras/src/legacy/saving/legacy_h5_format.py, keras/src/saving/saving_lib.py.
 */
export function h5Layout(h5: Hdf5File): H5Layout {
  const names = h5.names('/')
  if (names.includes('model_weights')) return { kind: 'named', group: '/model_weights' }
  if (h5.texts('/', 'layer_names')) return { kind: 'named', group: '/' }
  return names.includes('layers') || names.includes('_layer_checkpoint_dependencies') ? { kind: 'paths' } : null
}

/** Where the layers of `model` find their weights in an open file of that layout. */
export function h5Weights(h5: Hdf5File, layout: NonNullable<H5Layout>, model: ModelConfig): FindWeights {
  return layout.kind === 'paths' ? pathWeights(h5, model) : namedWeights(namedIn(h5, layout.group))
}

/** Each layer's group lists the names of its weights, which are paths within the group. */
function namedIn(h5: Hdf5File, root: string): NamedWeight[] {
  return (h5.texts(root, 'layer_names') ?? h5.names(root)).flatMap((group) => {
    const folder = joined(root, group)
    return (h5.texts(folder, 'weight_names') ?? []).flatMap((path) => {
      const dataset = h5.dataset(joined(folder, path))
      return dataset ? [{ path, group, stored: storedWeight(path, dataset) }] : []
    })
  })
}
