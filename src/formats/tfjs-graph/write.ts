import { needed } from '../../graph/optimise'
import { rangeNumbers } from '../../input-ranges'
import { textFile } from '../text-file'
import type { Writer } from '../types'
import { writeTfjsGraph } from './model-files'
import pageHtml from './page/index.html?raw'
import pageScript from './page/run.js?raw'
import pageStyle from './page/style.css?raw'

/** A graph model as TensorFlow.js loads it, and a page that runs it on photos or the camera with TensorFlow.js alone. */
export const writer: Writer = {
  // It is run without Cutpoint, and must not hold what TensorFlow.js cannot run.
  passes: needed,

  async write({ graph, weights, metadata: { preprocessing, labels, versions } }) {
    const model = await writeTfjsGraph(graph, weights, {
      generatedBy: `Cutpoint ${versions.cutpoint}`,
      userDefinedMetadata: { preprocessing, labels },
    })
    return [
      ...model,
      textFile('index.html', pageHtml),
      textFile('style.css', pageStyle),
      textFile('run.js', pageScript.replace('RANGE_NUMBERS', JSON.stringify(rangeNumbers))),
    ]
  },
}
